// Gradient descent in one parameter, as nnlib.gradient_descent walks it.

import { forward, POINTS } from "../../../js/src/math/dosage.js";

/** The second derivative of the SSR, the same everywhere. */
export const CURVATURE = 2 * POINTS.length;

/**
 * The SSR of the dosage network over b3.
 * @typedef {ReturnType<typeof lossOver>} Loss
 * @param {number[]} fixed w1, b1, w2, b2, w3, w4
 */
export function lossOver(fixed) {
  // What b3 has to make up for at each of the three points.
  const missing = POINTS.map(([x, y]) => y - forward([...fixed, 0], x).prediction);
  const sum = (/** @type {(gap: number) => number} */ term) => missing.reduce((total, gap) => total + term(gap), 0);
  return {
    /** The b3 of the smallest SSR. */
    best: sum((gap) => gap) / missing.length,
    /** @param {number} b3 */
    at: (b3) => sum((gap) => (gap - b3) ** 2),
    /** @param {number} b3 */
    slope: (b3) => -2 * sum((gap) => gap - b3),
  };
}

/**
 * Walk downhill from `start`. The path ends after a step shorter than the tolerance, after so many
 * steps, or before a point that is not finite.
 * @param {(at: number) => number} slope @param {number} start
 * @param {{rate: number, tolerance: number, maxSteps: number}} settings
 * @returns {{points: number[], slopes: number[], sizes: number[], stop: "tolerance" | "max_steps" | "diverged"}}
 *   points has one entry more than slopes and sizes (learning rate times slope)
 */
export function descend(slope, start, { rate, tolerance, maxSteps }) {
  const points = [start];
  const slopes = [];
  const sizes = [];
  for (let step = 0; step < maxSteps; step += 1) {
    const steep = slope(points[step]);
    const size = rate * steep;
    const next = points[step] - size;
    if (!Number.isFinite(next)) return { points, slopes, sizes, stop: "diverged" };
    points.push(next);
    slopes.push(steep);
    sizes.push(size);
    if (Math.abs(size) < tolerance) return { points, slopes, sizes, stop: "tolerance" };
  }
  return { points, slopes, sizes, stop: "max_steps" };
}
