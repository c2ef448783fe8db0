// The standard normal distribution: density and probability, each with all digits of a double, also
// far out on the left. The rational functions are those of W. J. Cody, "Rational Chebyshev
// approximations for the error function" (Math. Comp. 23, 1969), as in ANORM of his Algorithm 715.

const MIDDLE = {
  over: [0.06568233791820745, 2.2352520354606837, 161.02823106855587, 1067.6894854603709, 18154.98125334356],
  under: [1, 47.202581904688245, 976.0985517377767, 10260.932208618979, 45507.78933502673],
};
const SIDE = {
  over: [
    1.0765576773720192e-8, 0.39894151208813466, 8.883149794388377, 93.50665613217785, 597.2702763948002,
    2494.5375852903726, 6848.190450536283, 11602.65143764735, 9842.714838383978,
  ],
  under: [
    1, 22.266688044328117, 235.387901782625, 1519.3775994075547, 6485.558298266761, 18615.571640885097,
    34900.95272114598, 38912.00328609327, 19685.429676859992,
  ],
};
const TAIL = {
  over: [
    0.023073441764940174, 0.215898534057957, 0.12740116116024736, 0.022235277870649807, 0.0014216191932278934,
    2.9112874951168793e-5,
  ],
  under: [1, 1.284260096144911, 0.4682382124808651, 0.06598813786892856, 0.0037823963320275824, 7.297515550839662e-5],
};
const PER_ROOT = 1 / Math.sqrt(2 * Math.PI);

/** @param {number[]} coefficients @param {number} x */
const polynomial = (coefficients, x) => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
/** @param {{over: number[], under: number[]}} parts @param {number} x */
const ratio = (parts, x) => polynomial(parts.over, x) / polynomial(parts.under, x);

/** exp(-z² / 2): z² loses no digit, since the square of its head, 16ths, is exact. @param {number} z */
function bell(z) {
  const head = Math.trunc(z * 16) / 16;
  return Math.exp((-head * head) / 2) * Math.exp((-(z - head) * (z + head)) / 2);
}

/** The density at z. @param {number} z */
export const density = (z) => (Math.abs(z) > 40 ? 0 : PER_ROOT * bell(z));

/** The probability of a number at most z. @param {number} z */
export function probability(z) {
  const size = Math.abs(z);
  if (size <= 0.67448975) return 0.5 + z * ratio(MIDDLE, z * z);
  if (size > 40) return z > 0 ? 1 : 0;
  const inverse = 1 / (z * z);
  const beyond =
    bell(z) * (size <= Math.sqrt(32) ? ratio(SIDE, size) : (PER_ROOT - inverse * ratio(TAIL, inverse)) / size);
  return z > 0 ? 1 - beyond : beyond;
}
