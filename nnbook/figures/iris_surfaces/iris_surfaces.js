// The iris network: three folded surfaces, the map of who is on top, and every number on the way.
// The network never changes, so surfaces and regions are polygons that nnlib cut out exactly.

import { fixed, h, more, SHAPES } from "../../../js/src/core/index.js";
import { forward } from "../../../js/src/math/mlp.js";
import { makeSurfaces, SIGNS } from "./folded_surfaces.js";

/** @import { Diagram } from "../../../js/src/core/diagram.js" */
/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Control, Point } from "../../../js/src/core/types.js" */
/** @import { Layer } from "../../../js/src/math/types.js" */
/** @import { Plane } from "./folded_surfaces.js" */

/** @typedef {{x1: number, x2: number}} Traits */
/**
 * By classes: their regions, polygons each, their flowers and their names; by neurons: their folds.
 * @typedef {{layers: Layer[], regions: Point[][][], folds: Point[][], flowers: Point[][], names: string[]}} Data
 */

const TIE = 1e-9;
const SHOWN = ["flower50", "flower100", "fold", "tie12"]; // of the presets; flower 32 is where it starts

/**
 * w1 v1 + w2 v2 + b in numbers, with the weights as the text writes them.
 * @param {number[]} weights @param {string[]} values @param {number} bias @param {number} digits
 */
function sum(weights, values, bias, digits) {
  /** @type {[number, string][]} */
  const terms = [
    ...weights.map((weight, i) => /** @type {[number, string]} */ ([weight, `\\cdot ${values[i]}`])),
    [bias, ""],
  ];
  return terms
    .map(([number, factor], i) => {
      const sign = number < 0 ? "-" : "+";
      return `${i === 0 && sign === "+" ? "" : sign} ${fixed(Math.abs(number), factor ? digits : 2)} ${factor}`;
    })
    .join(" ");
}

/**
 * The plane from above: regions, folds, flowers, and the flower that is dragged.
 * @param {Figure<Traits, Data>} figure @param {Plane} box
 */
function map(figure, box) {
  const { regions, folds, flowers, names } = figure.data;
  const plot = figure.plot({
    x: box.x,
    y: box.y,
    equal: true,
    xLabel: "x_1",
    yLabel: "x_2",
    xTicks: 5,
    yTicks: 5,
    maxHeight: 220,
    label: figure.t("map"),
  });
  const tints = regions.map((_, k) => plot.path({ color: "none", fill: `class${k}`, opacity: 0.18 }));
  tints.forEach((tint) => tint.element.setAttribute("shape-rendering", "crispEdges"));
  const lines = folds.map(() => plot.path({ color: "ink", width: 1.6, dash: "6 4" }));
  const marks = flowers.map((some, k) =>
    some.map(() => plot.dot({ color: `class${k}`, shape: SHAPES[k], r: 3.2, width: 0.7 })),
  );
  const texts = names.map(() => plot.text({ anchor: "middle" }));
  const sides = [plot.text({ anchor: "end", dx: -5 }), plot.text({ anchor: "start", dx: 5 })];
  const { x1, x2 } = figure.controls;
  /** @param {number} value @param {Control} control */
  const onto = (value, { min, max, step }) =>
    Number((Math.round(Math.max(min, Math.min(max, value)) / step) * step).toFixed(2));
  const flower = plot.handle({
    name: "flower",
    label: figure.t("flower"),
    color: "ink",
    shape: "diamond",
    step: [0.05, 0.05],
    move: (x, y) => figure.set({ x1: onto(x, x1), x2: onto(y, x2) }),
  });
  let width = 0;
  return {
    plot,
    node: plot.node,
    /** @param {Point} x @param {string} text */
    show(x, text) {
      if (plot.width !== width) {
        width = plot.width;
        tints.forEach((tint, k) =>
          tint.d(
            regions[k]
              .map((polygon) => `M${polygon.map(([a, b]) => `${plot.sx(a)},${plot.sy(b)}`).join("L")}Z`)
              .join(""),
          ),
        );
        lines.forEach((line, j) => line.points(folds[j]));
        marks.forEach((some, k) => some.forEach((mark, i) => mark.at(...flowers[k][i])));
        [0.45, 1.4, 2.36].forEach((place, k) =>
          texts[k].at(place, box.y[1], `\\c{class${k}}{\\text{${SIGNS[k]} }}\\text{${names[k]}}`, { dy: -6 }),
        );
        sides.forEach((side, j) =>
          side.at(...folds[j].reduce((a, b) => (a[1] > b[1] ? a : b)), `a_${j + 1} > 0`, { dy: 14 }),
        );
      }
      flower.at(...x, { text });
    },
  };
}

/** Every number on the way, as formulas. @param {Figure<Traits, Data>} figure */
function makeFormulas(figure) {
  const { layers } = figure.data;
  /** @param {string} name @param {number} count */
  const of = (name, count) => Array.from({ length: count }, (_, k) => figure.readout(`${name}${k + 1}`));
  const [hidden, activations, outputs] = [of("hidden", 2), figure.readout("activations"), of("output", 3)];
  /** @param {import("../../../js/src/core/types.js").Child[]} some */
  const column = (...some) => h("div", { class: "nn-iris-formulas" }, some);
  /**
   * @param {(k: number) => string} name @param {Layer} layer @param {string[]} values @param {number} digits
   * @param {number[]} results @param {ReturnType<typeof of>} readouts
   */
  const lines = (name, { W, b }, values, digits, results, readouts) =>
    readouts.forEach((readout, k) => {
      const weights = W.map((row) => row[k]);
      readout.show(`${name(k + 1)} = ${sum(weights, values, b[k], digits)} = ${fixed(results[k])}`);
    });
  return {
    node: figure.row(column(hidden, activations), column(outputs)),
    /** @param {number[]} x @param {number[]} sums @param {number[]} a @param {number[]} z */
    show(x, sums, a, z) {
      const [shownX, shownA] = [x, a].map((values) => values.map((value) => fixed(value)));
      lines((k) => `z_${k}^{(1)}`, layers[0], shownX, 1, sums, hidden);
      activations.show(`a = \\max(0,\\, z^{(1)}) = (\\c{activation}{${shownA[0]}},\\, \\c{activation}{${shownA[1]}})`);
      lines((k) => `z_${k}`, layers[1], shownA, 2, z, outputs);
    },
  };
}

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t } = figure;
  const { layers, names } = figure.data;
  const { x1, x2 } = figure.controls;
  /** @type {Plane} */
  const plane = { x: [x1.min, x1.max], y: [x2.min, x2.max] };
  const surfaces = makeSurfaces(figure, plane);
  yield;
  const regions = map(figure, plane);
  yield;
  const net = figure.diagram({
    sizes: [2, 2, 3],
    ratio: 1.05,
    maxHeight: 272,
    radius: 21,
    side: 0.22,
    label: t("network"),
  });
  const centimeters = (/** @type {number} */ value) => fixed(value, 2);
  /** @param {string} name @param {number} index */
  const slider = (name, index) =>
    figure.slider(`x${index}`, { symbol: `x_${index}`, label: t(name), color: "input", format: centimeters });

  regions.node.classList.add("nn-iris-map");
  net.node.classList.add("nn-iris-network");
  figure.body.classList.add("nn-iris");
  yield;
  figure.show(surfaces.node, regions.node, figure.foot, net.node, figure.presetButtons(SHOWN));
  const formulas = makeFormulas(figure);
  yield;
  const fold = more(figure, figure.panel(slider("petal", 1), slider("sepal", 2)), formulas.node);
  let [width, isNarrow] = [0, false];

  return function* (state) {
    /** @type {Point} */
    const x = [state.x1, state.x2];
    const {
      zs: [sums, z],
      as: [, a],
    } = forward(layers, x);
    const order = [0, 1, 2].sort((k, l) => z[l] - z[k]);
    const ahead = z[order[0]] - z[order[1]];
    const best = ahead < TIE ? [order[0], order[1]] : [order[0]];
    if (regions.plot.width !== width) {
      width = regions.plot.width;
      isNarrow = surfaces.isAlone();
    }
    surfaces.show(x, z, best, isNarrow);
    regions.show(x, `x_1 = ${fixed(x[0])}, x_2 = ${fixed(x[1])}: ${best.map((k) => names[k]).join(", ")}`);
    yield;
    showNetwork(net, layers, x, a, z, best);
    yield;
    if (fold.open) formulas.show(x, sums, a, z);
    speak(figure, sums, z, order, ahead);
  };
}

/**
 * @param {Diagram} net @param {Layer[]} layers
 * @param {number[]} x @param {number[]} a @param {number[]} z @param {number[]} best the classes ahead
 */
function showNetwork(net, layers, x, a, z, best) {
  /** @param {string} letter @param {number[]} values */
  const named = (letter, values) => values.map((value, i) => `${letter}${INDEX[i]} = ${fixed(value)}`).join(", ");
  net.plot.describe([named("x", x), named("a", a), named("z", z)].join("; "));
  net.layout();
  layers.forEach(({ W }, layer) =>
    W.forEach((row, i) =>
      row.forEach((weight, j) => {
        const silent = layer === 1 && a[i] < TIE;
        const edge = net.edge(layer, i, j);
        edge.weight(weight, layer === 0 ? 4 : 1.3, "muted"); // blue is a class here
        edge.line.element.setAttribute("opacity", silent ? "0.25" : "1");
        edge.label.at(
          ...net.between(layer, i, j, layer === 0 ? 0.34 : 0.64),
          `\\c{${silent ? "muted" : "ink"}}{${fixed(weight, layer === 0 ? 1 : 2)}}`,
        );
      }),
    ),
  );
  x.forEach((value, i) => net.unit(0, i).show(fixed(value), `x_${i + 1}`));
  a.forEach((value, j) => {
    const silent = value < TIE;
    net
      .unit(1, j)
      .show(`\\c{${silent ? "muted" : "ink"}}{${fixed(value)}}`, `a_${j + 1}`, `\\c{bias}{${signed(layers[0].b[j])}}`);
    net.unit(1, j).style({ stroke: silent ? "muted" : "activation", dash: silent ? "3 3" : null });
  });
  z.forEach((value, k) => {
    net.unit(2, k).show(fixed(value), `z_${k + 1}`, `\\c{bias}{${signed(layers[1].b[k])}}`);
    net.unit(2, k).style({ stroke: `class${k}`, width: best.includes(k) ? 4 : 1.5 });
  });
}

const signed = (/** @type {number} */ value) => `${value < 0 ? "" : "+"}${fixed(value)}`;

const INDEX = ["₁", "₂", "₃"];

/** @param {Figure<Traits, Data>} figure @param {number[]} sums @param {number[]} z @param {number[]} order @param {number} ahead */
function speak(figure, sums, z, [first, second], ahead) {
  const { names } = figure.data;
  const on = sums.map((value) => value > 0);
  const values = { first: names[first], second: names[second], top: fixed(z[first], 3), ahead: fixed(ahead) };
  const folded = sums.findIndex((value) => Math.abs(value) < TIE);
  if (ahead < TIE) {
    const [lower, higher] = [Math.min(first, second), Math.max(first, second)];
    figure.say("tie", { ...values, first: names[lower], second: names[higher], i: INDEX[lower], j: INDEX[higher] });
  } else if (folded >= 0) figure.say("fold", { ...values, neuron: folded + 1 });
  else if (on[0] && on[1]) figure.say("wedge", values);
  else if (!on[0] && !on[1]) figure.say("silent", values);
  else if (ahead < 0.1) figure.say("close", values);
  else figure.say("one", { ...values, on: on[0] ? 1 : 2, off: on[0] ? 2 : 1 });
}
