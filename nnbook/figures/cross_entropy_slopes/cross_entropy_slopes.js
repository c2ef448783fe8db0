// Two losses of p = sigmoid(z) side by side: a ball on each, and how hard each pushes it.

import { fixed, h, scientific } from "../../../js/src/core/index.js";
import { sigmoid, sigmoidDerivative } from "../../../js/src/math/activations.js";
import { lossesAt } from "../../../js/src/math/binary_losses.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Interval } from "../../../js/src/core/types.js" */

/** @typedef {{z: number, y: 0 | 1}} Traits */
/** @typedef {keyof typeof NAMES} Loss */
/** @typedef {ReturnType<typeof lossesAt>} Losses */

const REACH = 8; // of z, to either side
const PUSH = 4; // an arrow is so many units of z long where the slope is 1
const HALF_MARK = 28; // px; half the width of a number
const NAMES = { square: "square", crossEntropy: "cross_entropy" };

/** The formulas of a loss and of its slope in p, for either target. */
const FORMULAS = {
  square: { L: ["(0 - p)^2", "(1 - p)^2"], inP: ["-2\\,(0 - p)", "-2\\,(1 - p)"] },
  crossEntropy: { L: ["-\\ln(1 - p)", "-\\ln p"], inP: ["\\frac{1}{1 - p}", "-\\frac{1}{p}"] },
};

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  const { min, max, step } = figure.controls.z;
  const move = (/** @type {number} */ z) =>
    figure.set({ z: Number((Math.round(Math.max(min, Math.min(max, z)) / step) * step).toFixed(2)) });
  const sides = /** @type {Loss[]} */ (Object.keys(NAMES)).map((loss) => side(figure, loss, move));
  const probability = figure.readout("p");
  const squeeze = figure.readout("squeeze");
  yield;
  figure.show(
    h(
      "div",
      { class: "nn-slopes-pair" },
      sides.map(({ title }) => title),
      sides.map(({ above }) => above.node),
      sides.map(({ below }) => below.node),
    ),
    figure.panel(
      figure.slider("z", { symbol: "z", color: "activation" }),
      figure.choice("y", { name: t("label"), labels: (y) => `$\\c{target}{y} = ${y}` }),
    ),
    figure.foot,
    figure.presetButtons(),
    h("div", { class: "nn-readouts" }, probability, squeeze),
    h(
      "div",
      { class: "nn-slopes-both" },
      sides.map(({ formulas }) => formulas),
    ),
  );

  return (state) => {
    const { z, y } = state;
    const found = lossesAt(z, y);
    const [p, factor] = [sigmoid(z), sigmoidDerivative(z)];
    for (const { loss, draw } of sides) draw(state, found[loss], factor);
    probability.show(`\\c{prediction}{p} = \\sigma(${fixed(z)}) = \\c{prediction}{${threeDigits(p)}}`);
    squeeze.show(
      `\\frac{dp}{dz} = p\\,(1 - p) = ${threeDigits(p)} \\cdot ${threeDigits(sigmoid(-z))} = ${threeDigits(factor)}`,
    );
    speak(figure, state, found);
  };
}

/**
 * One loss: its curve with the ball, the slope below, the formulas.
 * @param {Figure<Traits>} figure @param {Loss} loss @param {(z: number) => void} move
 */
function side(figure, loss, move) {
  const { t } = figure;
  const name = NAMES[loss];
  const axis = {
    x: /** @type {Interval} */ ([-REACH, REACH]),
    xTicks: [-8, -4, 0, 4, 8],
    margin: { left: 36, right: 16 },
  };
  const above = figure.plot({
    ...axis,
    y: [-0.4, REACH + 0.4],
    yTicks: [0, 4, 8],
    yLabel: "L",
    ratio: 0.95,
    maxHeight: 170,
    label: t(`${name}_loss`),
  });
  const below = figure.plot({
    ...axis,
    y: [-1, 0],
    xLabel: "z",
    yLabel: "dL/dz",
    zero: true,
    ratio: 0.7,
    maxHeight: 90,
    label: t(`${name}_slope`),
  });
  const curve = above.path({ color: "loss", width: 2.5 });
  const push = above.line({ color: "gradient", width: 4, arrow: true });
  const slopeCurve = below.path({ color: "gradient", width: 1.8, dash: "6 4" });
  const stem = below.line({ color: "gradient", width: 6 });
  const slopeDot = below.dot({ color: "gradient", r: 5 });
  const pushName = above.text({ dy: 4.5 });
  const slopeText = below.text({ size: 15 });
  slopeText.element.setAttribute("data-name", `${name}-mark`);
  const ball = above.handle({
    name: `${name}-ball`,
    label: t("ball"),
    color: "loss",
    r: 8,
    step: [figure.controls.z.step, 0],
    move,
  });
  const title = h("p", { class: "nn-plot-title", text: t(name) });
  const readouts = Object.fromEntries(["L", "inP", "inZ"].map((part) => [part, figure.readout(`${name}-${part}`)]));

  let drawn = "";
  /** @param {Traits} state @param {Losses[Loss]} found @param {number} factor */
  function draw({ z, y }, { L, inP, inZ }, factor) {
    const tip = z - PUSH * inZ;
    const left = tip < z;
    if (Math.abs(tip - z) > 0.5) push.at(z, L, tip, L);
    else push.hide();
    if (Math.abs(tip - z) > 1.2)
      pushName.at(tip, L, "\\c{gradient}{-dL/dz}", { anchor: left ? "end" : "start", dx: left ? -5 : 5 });
    else pushName.hide();
    ball.at(z, L, { text: `z = ${fixed(z)}, L = ${fixed(L, 3)}, dL/dz = ${fixed(inZ, 4)}` });
    below.options.yTicks = y === 1 ? [-1, -0.5, 0] : [0, 0.5, 1];
    below.domain({ y: y === 1 ? [-1.1, 0.3] : [-0.3, 1.1] });
    if (drawn !== `${y}, ${above.width}`) {
      // the curves stay while z moves
      drawn = `${y}, ${above.width}`;
      curve.f((at) => lossesAt(at, y)[loss].L);
      slopeCurve.f((at) => lossesAt(at, y)[loss].inZ);
    }
    stem.at(z, 0, z, inZ);
    slopeDot.at(z, inZ);
    // On the side of zero where no curve is.
    const room = (HALF_MARK * (2 * REACH)) / (below.inner?.width ?? 1);
    slopeText.at(z, 0, `\\c{gradient}{${threeDigits(inZ)}}`, {
      anchor: z - room < -REACH ? "start" : z + room > REACH ? "end" : "middle",
      dy: y === 1 ? -7 : 17,
    });
    readouts.L.show(`L = ${FORMULAS[loss].L[y]} = \\c{loss}{${threeDigits(L)}}`);
    readouts.inP.show(`\\frac{dL}{dp} = ${FORMULAS[loss].inP[y]} = ${threeDigits(inP)}`);
    readouts.inZ.show(
      `\\frac{dL}{dz} = ${threeDigits(inP)} \\cdot ${threeDigits(factor)} = \\c{gradient}{${threeDigits(inZ)}}`,
    );
  }
  const formulas = h(
    "div",
    { class: "nn-slopes-formulas" },
    h("p", { class: "nn-plot-title nn-again", text: t(name) }),
    Object.values(readouts),
  );
  return { loss, title, above, below, formulas, draw };
}

/** @param {Figure<Traits>} figure @param {Traits} state @param {Losses} losses */
function speak(figure, { z, y }, { square, crossEntropy }) {
  const truth = sigmoid(y === 1 ? z : -z); // probability of what is true
  const values = {
    truth: fixed(truth, Math.abs(truth - 0.5) > 0.4 ? 4 : 3),
    ratio: fixed(crossEntropy.inZ / square.inZ, 1),
  };
  if (Math.abs(z) > 7 && truth < 0.5) figure.say("far_wrong", values);
  else if (truth < 0.03) figure.say("wrong", values);
  else if (truth > 0.9) figure.say("right", values);
  else if (Math.abs(truth - 1 / 3) < 0.006) figure.say("steepest", values);
  else figure.say("between", values);
}

/** Three digits that count, zeros at the end among them, so that formulas keep their width. @param {number} x */
function threeDigits(x) {
  const size = Math.abs(x);
  if (size >= 1000) return fixed(x, 0);
  return size < 1e-6 ? scientific(x, 3) : x.toPrecision(3).replace("-", "−");
}
