// What can be said of a 1-2-1 network on the dosages from 0 to 1, and how far its picture reaches.

import { forward, POINTS, ssr } from "../../../../js/src/math/dosage.js";

/** @import { Point } from "../../../../js/src/math/types.js" */

const FITS = 0.01; // an SSR below it puts the curve within 0.1 of every point
const APART = 0.05; // curves that differ by more than this between the points differ visibly

/** Where the axis of the curve may end, for `outward`. */
export const BOTTOMS = [-0.7, -1.5, -3, -6, -12, -30, -100];
export const TOPS = [1.6, 3, 6, 12, 30, 100];

/**
 * Limits that hold all the values: they grow in steps, so that the axes rest while one drags.
 * @param {number[]} values @param {number[]} bottoms @param {number[]} tops from the narrowest to the widest
 * @returns {Point}
 */
export function outward(values, bottoms, tops) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return [
    bottoms.find((edge) => edge <= low) ?? bottoms[bottoms.length - 1],
    tops.find((edge) => edge >= high) ?? tops[tops.length - 1],
  ];
}

/** Target minus prediction at each point. @param {number[]} theta @param {string} activation */
export const residuals = (theta, activation) => POINTS.map(([x, y]) => y - forward(theta, x, activation).prediction);

/** How far the curve is from the point that it misses most. @param {number[]} theta @param {string} activation */
export const widestGap = (theta, activation) => Math.max(...residuals(theta, activation).map(Math.abs));

/**
 * What training does, as the key of a sentence: a plateau is where the SSR has hardly changed since half of the steps, not where
 * it jumps about and is by chance what it was.
 * @param {ArrayLike<number>} losses the SSR at the start and after each step @param {number} step
 */
export function progress(losses, step) {
  if (losses[step] < FITS) return "learned";
  const before = losses[Math.floor(step / 2)];
  let farthest = 0;
  for (let t = Math.floor(step / 2); t <= step; t += 1) farthest = Math.max(farthest, Math.abs(losses[t] - before));
  if (step > 20 && farthest < 0.1 * before) return "plateau";
  return losses[step] > losses[step - 1] ? "rises" : "falls";
}

/**
 * The most telling fact about a curve. Every activation function here only rises.
 * @param {number[]} theta @param {string} activation
 * @param {number[]} reference the parameters of the fitted softplus network
 * @returns {{key: string} & Partial<Record<"x" | "here" | "there" | "gap" | "loss" | "n" | "residual" | "percent", number>>}
 */
export function diagnose(theta, activation, reference) {
  const [w1, b1, w2, b2, w3, w4] = theta;
  const loss = ssr(theta, POINTS, activation);
  if (loss < FITS) {
    const gaps = [0.25, 0.75].map((x) => {
      const [here, there] = [forward(theta, x, activation).prediction, forward(reference, x).prediction];
      return { x, here, there, gap: Math.abs(here - there) };
    });
    const widest = gaps[0].gap >= gaps[1].gap ? gaps[0] : gaps[1];
    if (widest.gap > APART) return { key: "fits_otherwise", loss, ...widest };
    return { key: "fits", loss, gap: widestGap(theta, activation) };
  }
  if (w3 === 0 && w4 === 0) return { key: "flat" };
  const silent = [b1 + Math.max(w1, 0), b2 + Math.max(w2, 0)].findIndex((highest) => highest <= 0);
  if (activation === "relu" && silent >= 0) return { key: "silent", n: silent + 1 };
  const climbs = [Math.sign(w1 * w3), Math.sign(w2 * w4)];
  if (climbs[0] === 0 && climbs[1] === 0) return { key: "level", here: forward(theta, 0, activation).prediction };
  if (climbs[0] === 0 || climbs[1] === 0) return { key: "one", n: climbs[0] === 0 ? 2 : 1, loss };
  if (climbs[0] === climbs[1]) return { key: climbs[0] > 0 ? "both_rise" : "both_fall", loss };
  const all = residuals(theta, activation);
  const worst = all.reduce((best, value, i) => (Math.abs(value) > Math.abs(all[best]) ? i : best), 0);
  return { key: "misses", x: POINTS[worst][0], residual: all[worst], percent: (100 * all[worst] ** 2) / loss };
}
