// The standard normal distribution: density and probability, each with all digits of a double, also
// far out on the left. The rational functions are those of W. J. Cody, "Rational Chebyshev
// approximations for the error function" (Math. Comp. 23, 1969), as in ANORM of his Algorithm 715.

const MIDDLE = {
  over: [
    0.065682337918207449113, 2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249,
  ],
  under: [1, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956],
};
const SIDE = {
  over: [
    1.0765576773720192317e-8, 0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979,
    597.27027639480026226, 2494.5375852903726711, 6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218,
  ],
  under: [
    1, 22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755, 18615.571640885098091,
    34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
  ],
};
const TAIL = {
  over: [
    0.02307344176494017303, 0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.001421619193227893466,
    2.9112874951168792e-5,
  ],
  under: [
    1, 1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244, 7.29751555083966205e-5,
  ],
};
const PER_ROOT = 1 / Math.sqrt(2 * Math.PI);

const polynomial = (coefficients, x) => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
const ratio = ({ over, under }, x) => polynomial(over, x) / polynomial(under, x);

/** exp(-z² / 2): z² loses no digit, since the square of its head, 16ths, is exact. */
function bell(z) {
  const head = Math.trunc(z * 16) / 16;
  return Math.exp((-head * head) / 2) * Math.exp((-(z - head) * (z + head)) / 2);
}

/** The density at z. */
export const density = (z) => (Math.abs(z) > 40 ? 0 : PER_ROOT * bell(z));

/** The probability of a number at most z. */
export function probability(z) {
  const size = Math.abs(z);
  if (size <= 0.67448975) return 0.5 + z * ratio(MIDDLE, z * z);
  if (size > 40) return z > 0 ? 1 : 0;
  const inverse = 1 / (z * z);
  const beyond =
    bell(z) * (size <= Math.sqrt(32) ? ratio(SIDE, size) : (PER_ROOT - inverse * ratio(TAIL, inverse)) / size);
  return z > 0 ? 1 - beyond : beyond;
}
