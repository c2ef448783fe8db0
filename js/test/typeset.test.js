import assert from "node:assert/strict";
import test from "node:test";
import { fixed, grouped, scientific, significant } from "../src/core/format.js";
import { parse, plain } from "../src/core/minitex.js";

test("a formula as plain text", () => {
  assert.equal(plain("z_1 = w_1 x + b_1"), "z 1 = w 1 x + b 1");
  assert.equal(plain("\\frac{a}{b}\\cdot-2"), "a/b · −2");
  assert.equal(plain("-x"), "−x");
  assert.equal(plain("(1,\\,-2)"), "(1,\u2009−2)");
  assert.equal(plain("\\c{weight}{w}^2"), "w^2");
  assert.equal(plain("f'(z)"), "f^′(z)");
});

test("what is not a formula is refused", () => {
  for (const bad of ["\\foo", "{a", "a}", "_1", "\\frac{a"]) assert.throws(() => parse(bad), undefined, bad);
});

test("numbers as text", () => {
  assert.equal(fixed(-0.004), "0.00");
  assert.equal(fixed(-1.5, 1), "−1.5");
  assert.equal(fixed(NaN), "NaN");
  assert.equal(fixed(-Infinity), "−∞");
  assert.equal(fixed(1.5e9), "1.50\\times10^{9}");
  assert.equal(significant(0.00012345, 3), "1.23\\times10^{−4}");
  assert.equal(significant(0.0123456, 3), "0.0123");
  assert.equal(significant(0, 3), "0");
  assert.equal(scientific(3.5e-7, 2), "3.5\\times10^{−7}");
  assert.equal(grouped(150528), "150\u202f528");
});
