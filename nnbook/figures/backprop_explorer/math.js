// The backward pass of the dosage network, factor by factor, and the witness that knows no chain
// rule: a central difference, with the step and the tolerance of nnlib.check_gradient.

import { backward, forward, gradient, PARAMETERS, POINTS, ssr } from "../../../js/src/math/dosage.js";

/** @import { Point } from "../../../js/src/math/types.js" */

const EPS = 1e-6;
const RTOL = 1e-6;

/** The points of a choice: one, counted from 1, or all for "sum". @param {string} sample */
export const chosen = (sample) => (sample === "sum" ? POINTS : [POINTS[Number(sample) - 1]]);

/**
 * The local slopes on the way from one sample's loss to a parameter; their product is its slope.
 * @param {number[]} theta @param {Point} point @param {string} activation @param {string} name of the parameter
 */
export function factors(theta, [x, y], activation, name) {
  const { a } = forward(theta, x, activation);
  const { loss, slopes } = backward(theta, [x, y], activation);
  const j = Number(name[1]) - 1;
  if (name === "b3") return [loss, 1];
  if (name === "w3" || name === "w4") return [loss, a[j - 2]];
  return [loss, theta[4 + j], slopes[j], name[0] === "w" ? x : 1];
}

/**
 * Slope of the loss in one parameter by a central difference, and whether it bears out the chain rule.
 * @param {number[]} theta @param {Point[]} points @param {string} activation @param {string} name of the parameter
 */
export function check(theta, points, activation, name) {
  const k = PARAMETERS.indexOf(name);
  const at = (/** @type {number} */ value) =>
    ssr(
      theta.map((old, i) => (i === k ? value : old)),
      points,
      activation,
    );
  const h = EPS * Math.max(1, Math.abs(theta[k]));
  const [left, right] = [theta[k] - h, theta[k] + h];
  const difference = (at(right) - at(left)) / (right - left);
  const analytic = gradient(theta, points, activation)[k];
  const noise = (10 * Number.EPSILON * Math.max(Math.abs(at(left)), Math.abs(at(right)))) / (right - left);
  const allowed = RTOL * Math.max(Math.abs(analytic), Math.abs(difference)) + noise;
  return { analytic, difference, agrees: Math.abs(analytic - difference) <= allowed };
}
