// The dosage network on its way downhill, step by step, and what its two nodes do meanwhile.
//
//   y_hat(x) = w3 f(w1 x + b1) + w4 f(w2 x + b2) + b3,    SSR = sum (y - y_hat)^2

import { ACTIVATIONS } from "./activations.js";
import { POINTS } from "./dosage.js";

const NUDGE = 1e-9; // of w1 at the start, for the second run beside the first
const APART = 1e-3; // the two have lost sight of each other

/** w1, b1, w2, b2, w3, w4, b3 before the first step; the figure moves b2. */
export const startAt = (b2) => [1, 0.1, 1, b2, 1, -1.5, 0];

/** Room for all that is known at one moment. Sums and what follows from them: node 1 on the three points, then node 2. */
export const moment = () => ({
  z: new Float64Array(6), f: new Float64Array(6), slope: new Float64Array(6),
  residual: new Float64Array(3), gradient: new Float64Array(7), ssr: 0,
});

/** The network's prediction at any x. */
export function predict(theta, x, { activation, alpha }) {
  const { f } = ACTIVATIONS[activation];
  const extra = activation === "leaky_relu" ? alpha : undefined;
  return theta[4] * f(theta[0] * x + theta[1], extra) + theta[5] * f(theta[2] * x + theta[3], extra) + theta[6];
}

/** Fill `into` with what the network computes with the parameters `theta`. Allocates nothing. */
export function evaluate(theta, { activation, alpha }, into) {
  const { f, derivative } = ACTIVATIONS[activation];
  const extra = activation === "leaky_relu" ? alpha : undefined;
  const { gradient } = into;
  gradient.fill(0);
  into.ssr = 0;
  for (let i = 0; i < 3; i += 1) {
    const [x, y] = POINTS[i];
    let prediction = theta[6];
    for (let k = 0; k < 2; k += 1) {
      const at = 3 * k + i;
      into.z[at] = theta[2 * k] * x + theta[2 * k + 1];
      into.f[at] = f(into.z[at], extra);
      into.slope[at] = derivative(into.z[at], extra);
      prediction += theta[4 + k] * into.f[at];
    }
    const residual = y - prediction;
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
 * @param {{activation: string, rate: number, b2: number, alpha: number}} setting
 * @param {number} steps
 * @returns {{theta: Float64Array[], ssr: number[], lit: number[], last: number, split: number,
 *   turns: {step: number, node: number, dark: boolean}[]}} theta, SSR and lamps (bit 3 k + i: node k
 *   is active on point i) at every step up to `last`, which comes before `steps` where the run leaves
 *   the finite numbers; from step `split` on a run that started a billionth aside goes elsewhere;
 *   `turns`: where a node turns dark on all points, or bright again
 */
export function train(setting, steps) {
  const run = { theta: [], ssr: [], lit: [], last: steps, split: Infinity, turns: [] };
  const now = moment();
  const beside = moment();
  let theta = Float64Array.from(startAt(setting.b2));
  const twin = theta.slice();
  twin[0] += NUDGE;
  let before = [false, false];
  for (let step = 0; step <= steps; step += 1) {
    evaluate(theta, setting, now);
    if (!Number.isFinite(now.ssr)) {
      run.last = step - 1;
      break;
    }
    const lit = now.z.reduce((bits, z, at) => (z > 0 ? bits | (1 << at) : bits), 0);
    const dark = [0, 1].map((k) => isDark(lit, k));
    dark.forEach((is, node) => is !== before[node] && run.turns.push({ step, node, dark: is }));
    before = dark;
    run.theta.push(theta);
    run.ssr.push(now.ssr);
    run.lit.push(lit);
    if (run.split === Infinity) {
      evaluate(twin, setting, beside);
      if (theta.some((value, k) => !(Math.abs(value - twin[k]) < APART))) run.split = step;
      for (let k = 0; k < 7; k += 1) twin[k] -= setting.rate * beside.gradient[k];
    }
    theta = theta.map((value, k) => value - setting.rate * now.gradient[k]);
  }
  return run;
}

/** Whether node k is active on no point. */
export const isDark = (lit, k) => ((lit >> (3 * k)) & 7) === 0;
