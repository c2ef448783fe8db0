// One neuron, trained twice from the same start: with the squared residual and with cross-entropy.

import { beside, fixed, h, math, more, plain, significant } from "../../../js/src/core/index.js";
import { sigmoid } from "../../../js/src/math/activations.js";
import { race } from "../../../js/src/math/binary_losses.js";
import { nameEnds } from "../../../js/src/parts/curve_names.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Build, Point } from "../../../js/src/core/types.js" */

/** @typedef {{start_w: number, start_b: number, rate: number, half: boolean, step: number}} Traits */
/** @typedef {"square" | "cross_entropy"} Name of a loss */
/** @typedef {(ReturnType<typeof race>[number] & {p: number})[]} Path */
/** @typedef {{key: string} & Record<Name, Path>} Paths */
/** @typedef {ReturnType<typeof makeRacer>} Racer */

const SPEED = 30; // steps a second

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  const last = figure.controls.step.max;
  /** @type {import("../../../js/src/core/types.js").PlotOptions} */
  const axis = { x: [0, last], y: [-0.02, 1.02], yTicks: [0, 0.5, 1], xLabel: "t", xTicks: 4 };
  const output = figure.plot({ ...axis, yLabel: "p", ratio: 0.75, margin: { right: 74 }, label: t("output") });
  const slopes = figure.plot({ ...axis, yLabel: "dL/dz", ratio: 0.95, margin: { right: 74 }, label: t("slopes") });
  yield;
  const moment = [output, slopes].map((plot) => plot.line({ color: "grid", width: 1 }));
  const half = output.line({ color: "grid", width: 1 });
  const racers = /** @type {Name[]} */ (["square", "cross_entropy"]).map((name) =>
    makeRacer(figure, output, slopes, name),
  );
  figure.body.classList.add("nn-larger-first");
  yield;
  figure.show(
    output.node,
    figure.player("step", { symbol: "t", label: t("steps"), speed: SPEED }),
    figure.foot,
    beside(slopes.node),
    figure.presetButtons(["race", "worse", "undecided"]),
    figure.panel(
      figure.slider("start_w", { symbol: "w", label: t("at_start"), color: "weight" }),
      figure.slider("start_b", { symbol: "b", label: t("at_start"), color: "bias" }),
      figure.slider("rate", { symbol: "\\eta", label: t("rate"), format: (rate) => significant(rate, 3) }),
    ),
    figure.row(...racers.map(({ formula, numbers }) => h("div", {}, formula, numbers))),
  );
  yield;
  const fold = more(
    figure,
    h("div", { class: "nn-scroll" }, makeTable(t("table"), racers)),
    figure.panel(figure.toggle("half", { label: t("half") }), figure.presetButtons(["fast"])),
  );

  const run = runs(last);
  let laidOut = "";

  return (state) => {
    const { step } = state;
    const found = run(state);
    for (const line of moment) line.at(step, -0.02, step, 1.02);
    half.at(0, 0.5, last, 0.5);
    const names = { square: `${state.half ? "\\text{½}" : ""}(y - p)^2`, cross_entropy: "-\\ln(1 - p)" };
    const needed = [found.key, output.width, slopes.width].join();
    // What lies ahead, and the names at its ends, change only with the race and the width.
    if (needed !== laidOut) {
      for (const racer of racers) racer.layOut(found[racer.name]);
      const ends = racers.map(({ name }) => found[name][last]);
      const texts = (/** @type {string} */ shade) => racers.map(({ name }) => `\\c{${shade}}{${names[name]}}`);
      const marks = (/** @type {"label" | "slopeLabel"} */ key) => racers.map((racer) => racer[key]);
      nameEnds(
        output,
        marks("label"),
        ends.map(({ p }) => p),
        texts("prediction"),
      );
      nameEnds(
        slopes,
        marks("slopeLabel"),
        ends.map(({ slope }) => slope),
        texts("gradient"),
      );
    }
    laidOut = needed;
    for (const racer of racers) racer.draw(found[racer.name].slice(0, step + 1), names, state.half, fold.open);
    const told = (/** @type {"p" | "slope"} */ key) =>
      racers.map(({ name }) => `${plain(names[name])}: ${fixed(found[name][step][key], 3)}`).join("; ");
    output.describe(`t = ${step}; ${told("p")}`);
    slopes.describe(`t = ${step}; ${told("slope")}`);
    speak(figure, state, found);
  };
}

/** Both races, rerun only when something that decides them has changed. @param {number} last */
function runs(last) {
  /** @type {Paths} */
  let paths = { key: "", square: [], cross_entropy: [] };
  return (/** @type {Traits} */ { start_w: w, start_b: b, rate, half: halved }) => {
    const key = [w, b, rate, halved].join();
    if (key !== paths.key) {
      const of = (/** @type {string} */ loss) =>
        race(loss, { w, b, rate, steps: last }).map((at) => ({ ...at, p: sigmoid(at.z) }));
      paths = { key, square: of(halved ? "half_square" : "square"), cross_entropy: of("cross_entropy") };
    }
    return paths;
  };
}

/**
 * One of the two losses: its curves, its formula and its row of the table.
 * @param {Figure<Traits>} figure @param {Plot} output @param {Plot} slopes @param {Name} name
 */
function makeRacer(figure, output, slopes, name) {
  const dash = name === "square" ? "7 5" : undefined;

  const pale = { width: 1.2, opacity: 0.4, dash };
  const ahead = output.path({ color: "prediction", ...pale });
  const slopeAhead = slopes.path({ color: "gradient", ...pale });
  const path = output.path({ color: "prediction", width: 2.5, dash });
  const slopePath = slopes.path({ color: "gradient", width: 2, dash });
  const dot = output.dot({ color: "prediction", r: 6 });
  const slopeDot = slopes.dot({ color: "gradient", r: 5 });
  const [label, slopeLabel] = [output.text(), slopes.text()];
  const formula = figure.readout(`${name}-formula`);
  const numbers = figure.readout(`${name}-slope`);
  const cells = Object.fromEntries(
    ["name", "w", "b", "z", "p"].map((part) => [part, figure.readout(`${name}-${part}`)]),
  );
  /** @param {Path} run @returns {Point[]} */
  const outputs = (run) => run.map(({ p }, at) => [at, p]);
  /** @param {Path} run @returns {Point[]} */
  const slopesOf = (run) => run.map(({ slope }, at) => [at, slope]);
  /** All that is to come. @param {Path} run */
  const layOut = (run) => {
    ahead.points(outputs(run));
    slopeAhead.points(slopesOf(run));
  };
  /**
   * The path so far; the names of both losses; whether the table is seen.
   * @param {Path} sofar @param {Record<Name, string>} names @param {boolean} half @param {boolean} isOpen
   */
  const draw = (sofar, names, half, isOpen) => {
    const now = sofar[sofar.length - 1];
    path.points(outputs(sofar));
    slopePath.points(slopesOf(sofar));
    dot.at(sofar.length - 1, now.p);
    slopeDot.at(sofar.length - 1, now.slope);
    const [p, rest] = [fixed(now.p, 3), fixed(sigmoid(-now.z), 3)];
    const result = `= \\c{gradient}{${fixed(now.slope, 4)}}`;
    if (name === "square") {
      formula.show(`\\frac{d}{dz} ${names.square} = ${half ? "" : "2\\,"}(p - y)\\,p\\,(1 - p)`);
      numbers.show(`= ${half ? "" : "2 \\cdot "}${p} \\cdot ${p} \\cdot ${rest} ${result}`);
    } else {
      formula.show(`\\frac{d}{dz} (${names.cross_entropy}) = p - y`);
      numbers.show(`= ${fixed(now.p, 4)} - 0 ${result}`);
    }
    if (!isOpen) return;
    cells.name.show(names[name]);
    for (const part of /** @type {const} */ (["w", "b", "z"])) cells[part].show(fixed(now[part]));
    cells.p.show(`\\c{prediction}{${p}}`);
  };
  return { name, label, slopeLabel, formula, numbers, cells, layOut, draw };
}

/** The parameters of both at the present step. @param {string} label @param {Racer[]} racers */
function makeTable(label, racers) {
  return h(
    "table",
    { class: "nn-table", "aria-label": label },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td"),
        ["w", "b", "z", "p"].map((symbol) => h("th", { scope: "col" }, math(symbol))),
      ),
    ),
    h(
      "tbody",
      {},
      racers.map(({ cells: { name, ...numbers } }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, name),
          Object.values(numbers).map((cell) => h("td", {}, cell)),
        ),
      ),
    ),
  );
}

/** @param {Figure<Traits>} figure @param {Traits} state @param {Paths} paths */
function speak(figure, { step }, { square, cross_entropy: crossEntropy }) {
  const [slow, fast] = [square[step], crossEntropy[step]];
  const below = (/** @type {Path} */ path) => path.findIndex(({ z }) => z < 0);
  const values = {
    step,
    square: fixed(slow.p, 3),
    crossEntropy: fixed(fast.p, 3),
    slope: fixed(slow.slope, 4),
    fastSlope: fixed(fast.slope, 4),
    squareBelow: below(square),
    crossEntropyBelow: below(crossEntropy),
    ratio: fixed(fast.slope / slow.slope, 1),
  };
  if (step === 0) figure.say("start", values);
  else if (square[0].z < 0) figure.say(slow.p - fast.p < 0.03 ? "right_from_the_start" : "right_but_slower", values);
  else if (slow.z < 0 && fast.z < 0) figure.say("both_below", values);
  else if (fast.z < 0 && slow.p > 0.95) figure.say("plateau", values);
  else if (fast.z < 0) figure.say("ahead", values);
  else figure.say("both_above", values);
}
