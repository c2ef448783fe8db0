// Softmax and what is derived from it, as nnlib computes them.

/** The largest logit comes off first, so that no exponential exceeds 1. @param {number[]} z */
function shifted(z) {
  const largest = Math.max(...z);
  return z.map((value) => value - largest);
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {number[]} z */
export function softmax(z) {
  const e = shifted(z).map(Math.exp);
  const total = sum(e);
  return e.map((value) => value / total);
}

/** ln p, through log1p: exact also for a class whose probability is almost 1. @param {number[]} z */
export function logSoftmax(z) {
  const s = shifted(z);
  const largest = s.indexOf(0);
  const rest = Math.log1p(sum(s.map((value, index) => (index === largest ? 0 : Math.exp(value)))));
  return s.map((value) => value - rest);
}

/** diag(p) - p p^T; the diagonal is p_i times the sum of the others, so that nothing cancels. @param {number[]} z */
export function softmaxJacobian(z) {
  const p = softmax(z);
  return p.map((pi, i) => p.map((pj, j) => (i === j ? pi * sum(p.filter((_, k) => k !== i)) : -pi * pj)));
}

/**
 * The cross-entropy of one sample, in nats, from its logits and its label (an index).
 * @param {number[]} z @param {number} label
 */
export const crossEntropy = (z, label) => -logSoftmax(z)[label];

/**
 * Its gradient in the logits: p - y. For the right class minus the sum of the others.
 * @param {number[]} z @param {number} label
 */
export function crossEntropyGradient(z, label) {
  const p = softmax(z);
  return p.map((value, index) => (index === label ? -sum(p.filter((_, k) => k !== label)) : value));
}
