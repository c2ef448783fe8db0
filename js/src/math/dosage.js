// The book's running network, 1-2-1: two activation curves, flipped, stretched, added and shifted.
//
//   y_hat(x) = w3 f(w1 x + b1) + w4 f(w2 x + b2) + b3,    SSR = sum (y - y_hat)^2

import { ACTIVATIONS } from "./activations.js";
import * as mlp from "./mlp.js";

/** @import { Point } from "./types.js" */

/** @typedef {{activation: string} & Record<string, number>} Network the parameters by their names, and what bends between them */

/** The order of the parameters wherever they are listed. */
export const PARAMETERS = ["w1", "b1", "w2", "b2", "w3", "w4", "b3"];

/** The three points: dosage -> effectiveness. @type {Point[]} */
export const POINTS = [
  [0, 0],
  [0.5, 1],
  [1, 0],
];

/** Every quantity on the way from x to the prediction. @param {number[]} theta in the order above @param {number} x */
export function forward(theta, x, activation = "softplus") {
  const [w1, b1, w2, b2, w3, w4, b3] = theta;
  const layers = [
    { W: [[w1, w2]], b: [b1, b2] },
    { W: [[w3], [w4]], b: [b3] },
  ];
  const { zs, as, output } = mlp.forward(layers, [x], activation);
  const [, a] = as;
  return { z: zs[0], a, weighted: [w3 * a[0], w4 * a[1]], prediction: output[0] };
}

/**
 * The prediction as a function of x, for pictures: they ask hundreds of times, and nothing is made for each answer.
 * @param {number[]} theta
 */
export function predictor([w1, b1, w2, b2, w3, w4, b3], activation = "softplus") {
  const { f } = ACTIVATIONS[activation];
  return (/** @type {number} */ x) => w3 * f(w1 * x + b1) + w4 * f(w2 * x + b2) + b3;
}

/** The sum of squared residuals. @param {number[]} theta */
export function ssr(theta, points = POINTS, activation = "softplus") {
  return points.reduce((sum, [x, y]) => sum + (forward(theta, x, activation).prediction - y) ** 2, 0);
}

/**
 * The gradient of one sample's squared residual: seven partial derivatives and the factors on the way.
 * @param {number[]} theta @param {Point} point
 */
export function backward(theta, [x, y], activation = "softplus") {
  const { derivative } = ACTIVATIONS[activation];
  const { z, a, prediction } = forward(theta, x, activation);
  const loss = 2 * (prediction - y); // slope of the squared residual in the prediction
  const slopes = z.map((value) => derivative(value));
  const delta = [loss * theta[4] * slopes[0], loss * theta[5] * slopes[1]]; // slope in z1 and z2
  return {
    loss,
    slopes,
    delta,
    gradient: [delta[0] * x, delta[0], delta[1] * x, delta[1], loss * a[0], loss * a[1], loss],
  };
}

/** The gradient of the SSR: the sum of the samples' gradients. @param {number[]} theta */
export function gradient(theta, points = POINTS, activation = "softplus") {
  const sum = [0, 0, 0, 0, 0, 0, 0];
  for (const point of points)
    backward(theta, point, activation).gradient.forEach((value, k) => {
      sum[k] += value;
    });
  return sum;
}
