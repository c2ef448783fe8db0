// The diagram of the backward sweep: the dosage network with values inside its circles, and the slopes
// beside them and on the edges as soon as the sweep has come there.

import { color, fixed, s, set, stroke, svgMath } from "../../../js/src/core/index.js";
import { forward, PARAMETERS, ssr } from "../../../js/src/math/dosage.js";
import { around, ends, sub } from "../../../js/src/parts/network.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Point, State } from "../../../js/src/core/types.js" */

const WEIGHTS = ["w1", "w2", "w3", "w4"];

/** The step at which the slope in a parameter is known. @type {Record<string, number>} */
const STAGE = { w3: 2, w4: 2, b3: 2, w1: 5, b1: 5, w2: 5, b2: 5 };

/** Three decimals, fewer when the number is large: it has to fit into its place. @param {number} value @param {number} [most] */
export const short = (value, most = 3) => fixed(value, Math.abs(value) < 100 ? most : Math.abs(value) < 1000 ? 1 : 0);

/**
 * What the figure knows.
 * @typedef {{loss: number, slopes: number[][], inA: number[], delta: number[]}} Back
 * @typedef {{state: State, theta: number[], points: Point[], slopes: number[], back: Back}} Moment
 * @typedef {ReturnType<typeof layout>} Room
 */

/**
 * The diagram: values inside the circles, slopes beside them as soon as the sweep has come there.
 * @param {Figure} figure
 */
export function sweepNetwork(figure) {
  const plot = figure.plot({
    x: [0, 1],
    y: [0, 1],
    axes: false,
    ratio: 1.1,
    maxHeight: 306,
    label: figure.t("network"),
  });
  const edges = makeEdges(plot);
  const discs = makeDiscs(plot);
  const signals = makeSignals(plot);
  const chips = makeChips(figure, plot);

  /**
   * @param {State} state @param {number[]} theta @param {Point[]} points @param {number[]} slopes @param {Back} back
   */
  function draw(state, theta, points, slopes, back) {
    if (!plot.inner) return;
    const room = layout(plot, plot.inner);
    const moment = { state, theta, points, slopes, back };
    edges.show(room, moment);
    discs.show(room, moment);
    signals.show(room, moment);
    chips.show(room, moment);
  }
  return { plot, draw };
}

/** Where everything is, in px. @param {Plot} plot @param {{width: number, height: number}} inner */
function layout(plot, { width, height }) {
  const wide = width >= 560;
  const narrow = width < 340;
  const tiny = width < 290;
  const middle = tiny ? 20 : narrow ? 33 : 52; // room of the slopes there
  const [r, R] = tiny ? [19, 30] : narrow ? [22, 34] : [25, 38];
  const mid = plot.margin.top + height / 2;
  const first = plot.margin.left + r + 3;
  const last = plot.margin.left + width - r - 3;
  const columns = wide
    ? [first, first + (last - first) * 0.36, first + (last - first) * 0.74, last]
    : [first, (first + last) / 2, last, last];
  const rows = [mid - height / 4, mid + height / 4];
  /** @type {Record<string, Point>} */
  const spots = {
    x: [columns[0], mid],
    h1: [columns[1], rows[0]],
    h2: [columns[1], rows[1]],
    y: [columns[2], mid],
    loss: wide ? [columns[3], mid] : [last, mid + height / 2 - r - 18],
  };
  /** @type {Record<string, number>} */
  const radius = { x: r, h1: R, h2: R, y: r, loss: r };
  const right = plot.margin.left + width;
  return { at: around(plot), wide, narrow, tiny, middle, r, R, mid, columns, rows, last, right, width, spots, radius };
}

/** The edges: as strong as the slopes that have come there. @param {Plot} plot */
function makeEdges(plot) {
  const names = [...WEIGHTS, "loss"];
  const lines = names.map(() => plot.line({ color: "muted", arrow: true, clip: false }));
  const ways = [
    ["x", "h1"],
    ["x", "h2"],
    ["h1", "y"],
    ["h2", "y"],
    ["y", "loss"],
  ];
  return {
    /** @param {Room} room @param {Moment} moment */
    show({ at, spots, radius }, { state, slopes, back }) {
      const largest = Math.max(...slopes.map(Math.abs)) || 1;
      names.forEach((name, k) => {
        const [from, to] = ways[k];
        const [a, b] = ends(spots[from], spots[to], radius[from], radius[to] + 2);
        lines[k].at(...at(a), ...at(b));
        const slope = name === "loss" ? back.loss : slopes[PARAMETERS.indexOf(name)];
        const known = state.step >= (STAGE[name] ?? 1);
        lines[k].style(
          known && slope !== 0
            ? stroke(slope, largest, "gradient")
            : { color: "muted", width: 1.2, dash: known ? "1 5" : null },
        );
      });
    },
  };
}

/** The circles, with what is in them, above and below. @param {Plot} plot */
function makeDiscs(plot) {
  /** @param {string} name @param {string} shade */
  const make = (name, shade) => {
    const ring = s("circle", { fill: color("background"), stroke: color(shade), "stroke-width": 2 });
    const texts = [0, 1, 2].map(() => s("text", { "text-anchor": "middle" }));
    return { ring, texts, element: plot.add(s("g", { "data-name": name }, ring, texts)) };
  };
  /** @type {Record<string, ReturnType<typeof make>>} */
  const discs = {
    x: make("x", "input"),
    h1: make("h1", "activation"),
    h2: make("h2", "activation"),
    y: make("prediction", "prediction"),
    loss: make("loss", "loss"),
  };
  /** @param {string} name @param {[y: number, source: string, shade?: string][]} lines */
  const write = (name, lines) =>
    lines.forEach(([y, source, shade = "ink"], i) => {
      set(discs[name].texts[i], { y, fill: color(shade) });
      svgMath(discs[name].texts[i], source);
    });
  return {
    /** @param {Room} room @param {Moment} moment */
    show({ at, spots, radius, r, wide }, { state, theta, points, back }) {
      /** The steps at which a circle is the one that matters. @type {Record<string, number>} */
      const now = { y: 1, h1: state.step === 3 ? 3 : 4, h2: state.step === 3 ? 3 : 4 };
      for (const [name, { element, ring }] of Object.entries(discs)) {
        plot.place(element, ...at(spots[name]));
        set(ring, { r: radius[name], "stroke-width": now[name] === state.step ? 4.5 : 2 });
      }
      const several = points.length > 1;
      const [[x, y]] = points;
      const here = forward(theta, x, state.activation);
      const single = (/** @type {string} */ symbol, /** @type {number} */ value) =>
        /** @type {[number, string][]} */ (
          several
            ? [
                [4.5, symbol],
                [0, ""],
              ]
            : [
                [4.5, fixed(value)],
                [-r - 7, symbol],
              ]
        );
      write("x", single("x", x));
      write("y", single("\\hat{y}", here.prediction));
      [0, 1].forEach((j) => {
        // A neuron that is flat on every sample shown lets nothing back.
        const flat = back.slopes.every((pair) => pair[j] === 0);
        set(discs[`h${j + 1}`].ring, { "stroke-dasharray": flat ? "3 5" : null });
        if (several)
          write(`h${j + 1}`, [
            [4.5, `a_${j + 1}`],
            [0, ""],
          ]);
        else
          write(`h${j + 1}`, [
            [-4, `z = ${fixed(here.z[j])}`],
            [13, `a = ${fixed(here.a[j])}`],
          ]);
      });
      write("loss", [
        [4.5, state.step >= 1 ? short(ssr(theta, points, state.activation)) : "", "loss"],
        [wide ? -r - 7 : 4.5, "L", "loss"],
        [r + 16, several ? "\\text{SSR}" : `y = ${y}`],
      ]);
      set(discs.loss.texts[1], { x: wide ? 0 : -r - 11 });
    },
  };
}

/** The slopes on the way back: in the neurons' outputs and sums, and in the prediction. @param {Plot} plot */
function makeSignals(plot) {
  const signals = ["a1", "z1", "a2", "z2", "delta"].map((name) => {
    const text = plot.text({ color: "gradient", anchor: "middle", halo: false });
    set(text.element, { "data-name": `slope-${name}` });
    return text;
  });
  return {
    /** @param {Room} room @param {Moment} moment */
    show({ at, spots, R, r, mid, columns, last, wide, narrow, tiny }, { state, back }) {
      /** @param {number} index @param {number} step @param {Point} place @param {string} source */
      const updateLabel = (index, step, place, source) => {
        if (state.step >= step) signals[index].at(...at(place), source);
        else signals[index].hide();
      };
      const beside = R + 15;
      [0, 1].forEach((j) => {
        const [x, y] = spots[`h${j + 1}`];
        const lines = j ? [-beside - 8, -beside + 8] : [beside, beside + 16];
        const [inA, delta] = [back.inA[j], back.delta[j]].map((value) => short(value, narrow ? 2 : 3));
        const [a, z] = [`\\partial L/\\partial a_${j + 1} = ${inA}`, `\\delta_${j + 1} = ${delta}`];
        updateLabel(2 * j, 3, [x, y + lines[0] + 1], narrow ? inA : a);
        updateLabel(2 * j + 1, 4, [x, y + lines[1] + 1], tiny ? delta : z);
      });
      const place = /** @type {Point} */ (wide ? [(columns[2] + columns[3]) / 2, mid + 22] : [last - 40, mid + r + 44]);
      updateLabel(4, 1, place, `\\delta = ${short(back.loss, narrow ? 2 : 3)}`);
    },
  };
}

/** The parameters, each with its slope below; a click chooses one. @param {Figure} figure @param {Plot} plot */
function makeChips(figure, plot) {
  const chips = PARAMETERS.map((name) => {
    const shade = color(name[0] === "w" ? "weight" : "bias");
    const above = s("text", { "text-anchor": "middle", y: -3, fill: shade });
    const slope = { y: 13, fill: color("gradient"), "data-name": `slope-${name}` };
    const below = s("text", { "text-anchor": "middle", ...slope });
    const box = s("rect", { y: -18, height: 36, rx: 6 });
    const click = () => figure.set({ parameter: name });
    const chip = { class: "nn-chip", "aria-hidden": "true", "data-name": `chip-${name}`, click };
    return { name, element: plot.add(s("g", chip, box, above, below)), box, above, below };
  });
  return {
    /** @param {Room} room @param {Moment} moment */
    show(room, { state, slopes }) {
      const places = chipPlaces(room);
      chips.forEach(({ name, element, box, above, below }, k) => {
        plot.place(element, ...room.at(places[name]));
        const [chosen, now] = [state.parameter === name, state.step === STAGE[name] && state.step < 5];
        set(element, { "data-chosen": String(chosen), "data-now": String(now) });
        svgMath(above, room.tiny ? sub(name) : `${sub(name)} = ${fixed(state[name])}`);
        set(box, room.tiny ? { x: -25, width: 50 } : room.narrow ? { x: -37, width: 74 } : { x: -42, width: 84 });
        svgMath(below, state.step >= STAGE[name] ? short(slopes[k], room.narrow ? 2 : 3) : "");
      });
    },
  };
}

/** Where the parameters are: weights on their edges or between them. @param {Room} room */
function chipPlaces({ spots, columns, rows, r, R, mid, middle, right, width }) {
  /** @type {Record<string, Point>} */
  const places = {
    b1: [columns[1], rows[0] - R - 22],
    b2: [columns[1], rows[1] + R + 22],
    b3: [Math.min(columns[2], right - 38), mid - r - 44],
  };
  WEIGHTS.forEach((name, k) => {
    const [a, b] = k < 2 ? [columns[0] + r, columns[1] - middle] : [columns[1] + middle, columns[2] - r];
    const [p, q] = k < 2 ? [spots.x, spots[`h${k + 1}`]] : [spots[`h${k - 1}`], spots.y];
    places[name] = width < 560 ? [(a + b) / 2, mid + (k % 2 ? 20 : -20)] : [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  });
  return places;
}
