// The losses of a classifier's raw outputs and their slopes, for a batch, as nnlib has them. Those of
// regression compare each output with 1 for the true class and 0 for the others.

/** The mean cross-entropy of softmax(z); no digit is lost where one class dominates. @type {LossOfBatch} */
function crossEntropy(z, y, n, classes, slope) {
  let total = 0;
  for (let row = 0; row < n; row += 1) {
    const at = row * classes;
    let largest = at;
    for (let k = at + 1; k < at + classes; k += 1) if (z[k] > z[largest] || Number.isNaN(z[k])) largest = k;
    let others = 0;
    for (let k = at; k < at + classes; k += 1) {
      slope[k] = Math.exp(z[k] - z[largest]);
      if (k !== largest) others += slope[k];
    }
    others += slope[largest] - 1; // 0, or NaN where the row has no softmax
    const truth = at + y[row];
    total += z[largest] - z[truth] + Math.log1p(others);
    const scale = n * (slope[largest] + others);
    let rest = 0;
    for (let k = at; k < at + classes; k += 1) {
      slope[k] /= scale;
      if (k !== truth) rest += slope[k];
    }
    slope[truth] = -rest;
  }
  return total / n;
}

/** The sum of squared residuals. @type {LossOfBatch} */
function ssr(z, y, n, classes, slope) {
  let total = 0;
  for (let row = 0; row < n; row += 1) {
    for (let k = 0; k < classes; k += 1) {
      const at = row * classes + k;
      const residual = (k === y[row] ? 1 : 0) - z[at];
      total += residual ** 2;
      slope[at] = -2 * residual;
    }
  }
  return total;
}

/** The mean of the squared residuals. @type {LossOfBatch} */
function mse(z, y, n, classes, slope) {
  const total = ssr(z, y, n, classes, slope);
  const size = n * classes;
  for (let at = 0; at < size; at += 1) slope[at] /= size;
  return total / size;
}

/** The Huber loss with delta = 1: half the square of a residual up to 1, then a straight line. @type {LossOfBatch} */
function huber(z, y, n, classes, slope) {
  const size = n * classes;
  let total = 0;
  for (let row = 0; row < n; row += 1) {
    for (let k = 0; k < classes; k += 1) {
      const at = row * classes + k;
      const residual = (k === y[row] ? 1 : 0) - z[at];
      const cut = Math.max(-1, Math.min(1, residual));
      total += cut * (residual - cut / 2);
      slope[at] = -cut / size;
    }
  }
  return total / size;
}

/**
 * The loss of n rows of raw outputs z and true classes y, which leaves its slope in `slope`.
 * @typedef {(z: Float64Array, y: Uint8Array, n: number, classes: number, slope: Float64Array) => number} LossOfBatch
 * @typedef {{of: LossOfBatch, reduction: "sum" | "mean", target: string}} ClassLoss
 */

/**
 * Name in nnlib -> the loss of a batch; reduction and target are nnlib's words.
 * @type {Record<string, ClassLoss>}
 */
export const CLASS_LOSSES = {
  ssr: { of: ssr, reduction: "sum", target: "same shape" },
  mse: { of: mse, reduction: "mean", target: "same shape" },
  huber: { of: huber, reduction: "mean", target: "same shape" },
  cross_entropy_with_logits: { of: crossEntropy, reduction: "mean", target: "labels" },
};

/**
 * How many rows have their largest output at the true class; the first of equal ones counts.
 * @param {Float64Array} z @param {Uint8Array} y @param {number} n @param {number} classes
 */
export function countRight(z, y, n, classes) {
  let right = 0;
  for (let row = 0; row < n; row += 1) {
    let best = 0;
    for (let k = 1; k < classes; k += 1) if (z[row * classes + k] > z[row * classes + best]) best = k;
    if (best === y[row]) right += 1;
  }
  return right;
}
