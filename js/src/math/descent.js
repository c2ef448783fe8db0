// Gradient descent in one parameter, as nnlib.gradient_descent walks it.

import { forward, POINTS } from "./dosage.js";

/** The dosage network with everything fixed but b3: w1, b1, w2, b2, w3, w4. */
export const FIXED = [3.34, -1.43, -3.53, 0.57, -1.22, -2.3];

// What b3 has to make up for at each of the three points.
const MISSING = POINTS.map(([x, y]) => y - forward([...FIXED, 0], x).prediction);

/** The b3 of the smallest SSR. */
export const BEST = MISSING.reduce((sum, value) => sum + value, 0) / MISSING.length;

/** The second derivative of the SSR, the same everywhere. */
export const CURVATURE = 2 * MISSING.length;

/** @param {number} b3 */
export const lossOf = (b3) => MISSING.reduce((sum, missing) => sum + (missing - b3) ** 2, 0);
/** @param {number} b3 */
export const slopeOf = (b3) => -2 * MISSING.reduce((sum, missing) => sum + (missing - b3), 0);

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
