// The chain rule as three number lines under one magnifying glass: a change of z turns a, and a
// turns L, like gears. In a fold, how the error of the straight lines shrinks with the change.

import {
  bracketed,
  fixed,
  h,
  inWords,
  more,
  set,
  significant,
  straight,
  tickFormat,
} from "../../../js/src/core/index.js";
import { numberTable } from "../../../js/src/parts/number_table.js";
import { change, f, g, judge } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Build, Interval } from "../../../js/src/core/types.js" */

/** @typedef {{z: number, dz: number}} Traits */
/** @typedef {ReturnType<typeof change>} Change */

const PARTS = [0.25, 0.5, 0.75, 1];
const TICKS = 9;
const ROWS = [2, 1, 0]; // the heights of the three lines
const COLORS = ["activation", "activation", "loss"];
/** Of the plot of errors, in powers of ten. @type {Record<"x" | "y", Interval>} */
const DECADES = { x: [-3.05, 0.1], y: [-8.3, 1] };

const EXPONENTS = Array.from({ length: 121 }, (_, i) => (i - 120) / 40); // from -3 to 0

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  figure.number = "0.00 × 10⁻⁶";
  const gears = makeGears(figure);
  yield;
  const errors = makeErrors(figure);
  yield;
  const formula = figure.readout("line");
  const table = makeTable(t("table"));
  yield;
  figure.show(
    gears.plot.node,
    figure.panel(
      figure.slider("z", { symbol: "z", color: "activation" }),
      figure.slider("dz", { symbol: "\\Delta z", color: "activation", format: (x) => significant(x, 3) }),
    ),
    h(
      "div",
      { class: "nn-presets" },
      figure.button({
        name: "halve",
        label: t("halve"),
        click: () => figure.set({ dz: figure.state.dz / 2 }),
        enabled: () => figure.state.dz / 2 >= figure.controls.dz.min,
      }),
      figure.presetButtons(),
    ),
    formula,
  );
  yield;
  const fold = more(figure, errors.plot.node, table.node);

  return ({ z, dz }) => {
    const now = change(z, dz);
    gears.draw(z, dz, now);
    const smaller = [dz, dz / 2, dz / 4].map((step) => change(z, step));
    formula.show(
      `g' f' \\Delta z = ${[fixed(now.gSlope, 4), fixed(now.fSlope, 4), significant(dz, 3)].join(" \\cdot ")} ` +
        `= \\c{gradient}{${significant(now.lineL, 4)}}`,
    );
    if (fold.open) {
      errors.draw(z, dz, now, smaller);
      table.show(dz, smaller);
    }
    speak(figure, { z, dz }, now, smaller[1]);
  };
}

/** The three number lines, and what becomes of the change on its way through them. @param {Figure<Traits>} figure */
function makeGears(figure) {
  const { t } = figure;
  const gears = figure.plot({
    x: [-1.2, 1.2],
    y: [-0.32, 2.35],
    axes: false,
    ratio: 0.68,
    maxHeight: 264,
    margin: { left: 6, right: 6 },
    label: t("plot_gears"),
  });
  const lines = ROWS.map((y, row) => makeLine(gears, y, COLORS[row]));
  const still = gears.line({ color: "muted", width: 1 });
  const rays = PARTS.map((part) => gears.path({ color: part === 1 ? "ink" : "muted", width: part === 1 ? 1.5 : 0.8 }));
  const straight = gears.path({ color: "gradient", width: 1.8, dash: "6 4" });
  const arrows = ROWS.map((_, row) => gears.line({ color: COLORS[row], width: 4, arrow: true }));
  const predicted = ROWS.map(() =>
    gears.dot({ color: "gradient", r: 5, fill: "background", stroke: "gradient", width: 2 }),
  );
  const ratios = ["f'", "g'"].map(() => gears.text({ color: "gradient", dx: -8, anchor: "end", size: 14 }));
  const names = ROWS.map((_, row) => gears.text({ color: COLORS[row], dy: -11, size: 15 }));
  const changes = ROWS.map((_, row) => gears.text({ color: COLORS[row], anchor: "end", dy: -11, size: 14 }));

  ["z", "a", "L"].forEach((name, row) => {
    names[row].element.dataset.name = `value-${name}`;
    changes[row].element.dataset.name = `change-${name}`;
  });

  /** @param {number} z @param {number} dz @param {Change} now */
  const draw = (z, dz, now) => {
    const ends = [dz, now.trueA, now.trueL];
    const straightEnds = [dz, now.lineA, now.lineL];
    // Everything is measured in units of the change: the same picture, magnified 1 / dz times.
    const reach = (1.2 * Math.max(...[...ends, ...straightEnds].map(Math.abs))) / dz;
    gears.domain({ x: [-reach, reach] });
    const values = [z, now.a, now.L];
    lines.forEach((line, row) => line.draw(values[row], dz, reach));
    still.at(0, ROWS[0], 0, ROWS[2]);
    PARTS.forEach((part, i) => {
      const end = f(z + part * dz);
      rays[i].points([
        [part, ROWS[0]],
        [(end - now.a) / dz, ROWS[1]],
        [(g(end) - now.L) / dz, ROWS[2]],
      ]);
    });
    straight.points(straightEnds.map((end, row) => [end / dz, ROWS[row]]));
    ROWS.forEach((y, row) => {
      arrows[row].at(0, y, ends[row] / dz, y);
      predicted[row].at(row === 0 ? NaN : straightEnds[row] / dz, y);
      names[row].at(-reach, y, `${["z", "a", "L"][row]} = ${fixed(values[row], 4)}`);
      changes[row].at(reach, y, `\\Delta ${["z", "a", "L"][row]} = ${significant(ends[row], 3)}`);
    });
    ratios[0].at(0, 1.42, `\\times ${bracketed(fixed(now.fSlope, 4))}`);
    ratios[1].at(0, 0.42, `\\times ${bracketed(fixed(now.gSlope, 4))}`);
  };
  return { plot: gears, draw };
}

/** The change of L and the error of the straight lines, over the change of z. @param {Figure<Traits>} figure */
function makeErrors(figure) {
  const { t } = figure;
  const errors = figure.plot({
    ...DECADES,
    xTicks: [-3, -2, -1, 0],
    yTicks: [-8, -6, -4, -2, 0],
    xFormat: power,
    yFormat: power,
    xLabel: "\\Delta z",
    ratio: 0.92,
    maxHeight: 280,
    margin: { right: 28, top: 14 },
    label: t("plot_error"),
  });
  const changeCurve = errors.path({ color: "loss", width: 2 });
  const errorCurve = errors.path({ color: "gradient", width: 2, dash: "6 4" });
  const changeName = errors.text({ color: "loss", dy: -8 });
  const errorName = errors.text({ color: "gradient", dx: 10, dy: 16 });
  const halves = [1, 2].map(() =>
    errors.dot({ color: "gradient", r: 4, fill: "background", stroke: "gradient", width: 2 }),
  );
  const limits = figure.controls.dz;
  const point = errors.handle({
    name: "point",
    label: t("drag"),
    color: "gradient",
    step: [0.02, 0],
    move: (exponent) =>
      figure.set({ dz: Number(Math.max(limits.min, Math.min(limits.max, 10 ** exponent)).toPrecision(3)) }),
  });

  let drawn = "";
  /** @param {number} z @param {number} dz @param {Change} now @param {Change[]} smaller */
  const draw = (z, dz, now, smaller) => {
    const log = (/** @type {number} */ x) => (x === 0 ? -99 : Math.log10(Math.abs(x)));
    if (drawn !== `${z} ${errors.width}`) {
      drawn = `${z} ${errors.width}`;
      const changes = EXPONENTS.map((exponent) => change(z, 10 ** exponent));
      changeCurve.points(changes.map(({ trueL }, i) => [EXPONENTS[i], log(trueL)]));
      errorCurve.points(changes.map(({ error }, i) => [EXPONENTS[i], log(error)]));
      changeName.at(-2.9, log(changes[4].trueL), "|\\Delta L|");
      errorName.at(-2.5, log(changes[20].error), "|\\Delta L - g' f' \\Delta z|");
    }
    point.at(Math.log10(dz), log(now.error), { text: `Δz = ${significant(dz, 3)}` });
    halves.forEach((dot, i) =>
      dot.at(dz / 2 ** (i + 1) >= limits.min ? Math.log10(dz / 2 ** (i + 1)) : NaN, log(smaller[i + 1].error)),
    );
  };
  return { plot: errors, draw };
}

/** The numbers of the change, of its half and of its quarter. @param {string} label */
function makeTable(label) {
  const heads = [
    "\\Delta z",
    "g' f' \\Delta z",
    "\\Delta L",
    "\\Delta L - g' f' \\Delta z",
    "\\frac{\\Delta L - g' f' \\Delta z}{\\Delta z^2}",
  ];
  const { node, rows } = numberTable({ label, heads, rows: 3, look: "nn-chain" });
  ["whole", "half", "quarter"].forEach((name, i) => set(rows[i].node, { "data-name": name }));

  /** @param {number} dz @param {Change[]} changes */
  const show = (dz, changes) =>
    changes.forEach(({ lineL, trueL, error }, i) => {
      const step = dz / 2 ** i;
      rows[i].show([
        significant(step, 3),
        significant(lineL, 4),
        significant(trueL, 4),
        significant(error, 3),
        fixed(error / step ** 2, 4),
      ]);
    });
  return { node: h("div", { class: "nn-scroll" }, node), show };
}

/**
 * A number line: ticks at round numbers around the value in its middle.
 * @param {Plot} plot @param {number} y @param {string} shade
 */
function makeLine(plot, y, shade) {
  const base = plot.line({ color: "muted", width: 1, clip: false });
  const ticks = Array.from({ length: TICKS }, () => plot.line({ color: "muted", width: 1 }));
  const labels = Array.from({ length: TICKS }, () => plot.text({ color: "muted", anchor: "middle" }).element);
  const middle = plot.dot({ color: shade, r: 4 });
  return {
    /** @param {number} value @param {number} unit @param {number} reach */
    draw: (value, unit, reach) => {
      base.at(-reach, y, reach, y);
      middle.at(0, y);
      const scale = straight([value - 0.95 * reach * unit, value + 0.95 * reach * unit]);
      const places = scale.ticks(4);
      const decimals = tickFormat(places);
      ticks.forEach((tick, i) => {
        const x = i < places.length ? (places[i] - value) / unit : NaN;
        tick.at(x, y, x, y - 0.06);
        const text = i < places.length ? decimals(places[i]) : "";
        set(labels[i], { text });
        plot.place(labels[i], x, y, 0, 19);
      });
    },
  };
}

/** @param {number} exponent */
function power(exponent) {
  return exponent === 0 ? "1" : `10^{${fixed(exponent, 0)}}`;
}

/** @param {Figure<Traits>} figure @param {Traits} state @param {Change} now @param {Change} half */
function speak(figure, { z, dz }, now, half) {
  const values = {
    z: fixed(z),
    dz: inWords(significant(dz, 3)),
    half: inWords(significant(dz / 2, 3)),
    line: inWords(significant(now.lineL, 3)),
    truth: inWords(significant(now.trueL, 3)),
    error: inWords(significant(Math.abs(now.error), 3)),
    less: inWords(significant(Math.abs(half.error), 3)),
    factor: fixed(Math.abs(now.error / half.error), 1),
    percent: significant(100 * Math.abs(now.error / now.trueL), 2),
  };
  figure.say(judge(z, now, half), values);
}
