// The dosage network on its way downhill, step by step, and what its two nodes do meanwhile.
//
//   y_hat(x) = w3 f(w1 x + b1) + w4 f(w2 x + b2) + b3,    SSR = sum (y - y_hat)^2

import { ACTIVATIONS } from "./activations.js";
import { POINTS } from "./dosage.js";

/** @import { Numbers } from "./types.js" */

/**
 * @typedef {{activation: string, alpha: number}} Activation alpha is leaky ReLU's slope
 * @typedef {{z: Float64Array, f: Float64Array, slope: Float64Array, residual: Float64Array, gradient: Float64Array,
 *   ssr: number}} Moment
 * @typedef {{thetaAt: (step: number) => Float64Array, ssr: Float64Array, lit: Uint8Array, last: number,
 *   split: number, turns: {step: number, node: number, dark: boolean}[]}} Training
 */

const NUDGE = 1e-9; // of w1 at the start, for the second run beside the first
const APART = 1e-3; // the two have lost sight of each other

/** w1, b1, w2, b2, w3, w4, b3 before the first step; the figure moves b2. @param {number} b2 */
const startAt = (b2) => [1, 0.1, 1, b2, 1, -1.5, 0];

/**
 * Room for all that is known at one moment. Sums and what follows from them: node 1 on the three points, then node 2.
 * @returns {Moment}
 */
export const moment = () => ({
  z: new Float64Array(6),
  f: new Float64Array(6),
  slope: new Float64Array(6),
  residual: new Float64Array(3),
  gradient: new Float64Array(7),
  ssr: 0,
});

/** The network's prediction at any x. @param {Numbers} theta @param {number} x @param {Activation} activation */
export function predict(theta, x, { activation, alpha }) {
  const { f } = ACTIVATIONS[activation];
  const extra = activation === "leaky_relu" ? alpha : undefined;
  return theta[4] * f(theta[0] * x + theta[1], extra) + theta[5] * f(theta[2] * x + theta[3], extra) + theta[6];
}

/**
 * Fill `into` with what the network computes with the parameters `theta`. Allocates nothing.
 * @param {Numbers} theta @param {Activation} activation @param {Moment} into
 */
export function evaluate(theta, { activation, alpha }, into) {
  const { f, derivative } = ACTIVATIONS[activation];
  const bends = activation === "relu" || activation === "leaky_relu";
  const below = activation === "leaky_relu" ? alpha : 0; // the slope there
  const { gradient } = into;
  gradient.fill(0);
  into.ssr = 0;
  for (let i = 0; i < 3; i += 1) {
    const x = POINTS[i][0];
    let prediction = theta[6];
    for (let k = 0; k < 2; k += 1) {
      const at = 3 * k + i;
      const z = theta[2 * k] * x + theta[2 * k + 1];
      into.z[at] = z;
      if (activation === "softplus") {
        // both from one exponential: a run takes 60,000 of them
        const e = Math.exp(-Math.abs(z));
        into.f[at] = Math.max(z, 0) + Math.log1p(e);
        into.slope[at] = (z >= 0 ? 1 : e) / (1 + e);
      } else if (bends) {
        into.f[at] = z > 0 ? z : below * z;
        into.slope[at] = z > 0 ? 1 : below;
      } else {
        into.f[at] = f(z);
        into.slope[at] = derivative(z);
      }
      prediction += theta[4 + k] * into.f[at];
    }
    const residual = POINTS[i][1] - prediction;
    into.residual[i] = residual;
    into.ssr += residual * residual;
    for (let k = 0; k < 2; k += 1) {
      const delta = -2 * residual * theta[4 + k] * into.slope[3 * k + i];
      gradient[2 * k] += delta * x;
      gradient[2 * k + 1] += delta;
      gradient[4 + k] += -2 * residual * into.f[3 * k + i];
    }
    gradient[6] += -2 * residual;
  }
  return into;
}

/**
 * A whole run.
 * @param {Activation & {rate: number, b2: number}} setting
 * @param {number} steps
 * @returns {Training} parameters, SSR and lamps
 *   (bit 3 k + i: node k is active on point i) at every step up to `last`, which comes before `steps`
 *   where the run leaves the finite numbers; from step `split` on a run that started a billionth aside
 *   goes elsewhere; `turns`: where a node turns dark on all points, or bright again
 */
export function train(setting, steps) {
  const path = new Float64Array(7 * (steps + 1));
  /** @type {Training} */
  const run = {
    thetaAt: (step) => path.subarray(7 * step, 7 * step + 7),
    ssr: new Float64Array(steps + 1),
    lit: new Uint8Array(steps + 1),
    last: steps,
    split: Infinity,
    turns: [],
  };
  const now = moment();
  const beside = moment();
  const theta = startAt(setting.b2);
  const twin = startAt(setting.b2);
  twin[0] += NUDGE;
  let before = 63;
  for (let step = 0; step <= steps; step += 1) {
    evaluate(theta, setting, now);
    if (!Number.isFinite(now.ssr)) {
      run.last = step - 1;
      break;
    }
    path.set(theta, 7 * step);
    run.ssr[step] = now.ssr;
    let lit = 0;
    for (let at = 0; at < 6; at += 1) if (now.z[at] > 0) lit |= 1 << at;
    run.lit[step] = lit;
    for (let k = 0; k < 2; k += 1) {
      if (isDark(lit, k) !== isDark(before, k)) run.turns.push({ step, node: k, dark: isDark(lit, k) });
    }
    before = lit;
    if (run.split === Infinity) {
      evaluate(twin, setting, beside);
      for (let k = 0; k < 7; k += 1) {
        if (!(Math.abs(theta[k] - twin[k]) < APART)) run.split = step;
        twin[k] -= setting.rate * beside.gradient[k];
      }
    }
    for (let k = 0; k < 7; k += 1) theta[k] -= setting.rate * now.gradient[k];
  }
  return run;
}

/** Whether node k is active on no point. @param {number} lit @param {number} k */
export const isDark = (lit, k) => ((lit >> (3 * k)) & 7) === 0;
