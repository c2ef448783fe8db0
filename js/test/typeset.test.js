import assert from "node:assert/strict";
import test from "node:test";
import { fixed, grouped, scientific, significant } from "../src/core/format.js";
import { numbersIn, parse, plain } from "../src/core/minitex.js";
import { marked, spoken } from "../src/core/typeset.js";

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

test("code in a sentence", () => {
  assert.equal(spoken("look for `w = 0`, not $w_1$"), "look for w = 0, not w 1");
  assert.deepEqual(parse("\\code{z[c, r]}"), [{ text: "z[c, r]", code: true }]);
  assert.deepEqual(numbersIn("\\code{w[1]}").numbers, []);
});

test("roots and transposes", () => {
  assert.equal(plain("\\sqrt n"), "√n");
  assert.equal(plain("\\sqrt{100} = 10"), "√100 = 10");
  assert.equal(plain("\\sqrt{u^2 + v^2}"), "√(u^2 + v^2)");
  assert.equal(plain("X^{\\mathsf{T}} G"), "X^TG");
});

test("the numbers of a formula, and what is left without them", () => {
  assert.deepEqual(numbersIn("w_1 x = -3.53 \\cdot 1\u202f000"), {
    numbers: ["1", "3.53", "1\u202f000"],
    rest: "w_0 x = -0 \\cdot 0",
  });
  assert.deepEqual(numbersIn("\\c{class0}{p_2^{10}} = \\text{layer 3}").numbers, ["2", "10"]);
  assert.deepEqual(numbersIn("\\cdot{5}").numbers, ["5"]); // not the color
});

test("a formula counts its numbers as they are read", () => {
  /** @param {import("../src/core/minitex.js").Atom[]} atoms @returns {[number, string][]} */
  const counted = (atoms) =>
    atoms.flatMap((atom) => [
      ...(atom.number === undefined ? [] : [/** @type {[number, string]} */ ([atom.number, atom.text ?? ""])]),
      ...[atom.group, atom.numerator, atom.denominator, atom.sub, atom.sup].flatMap((inner) => counted(inner ?? [])),
    ]);
  for (const source of [
    "\\frac{1}{2} + \\c{class0}{3^4_5} \\cdot(-6.7,\\,8)",
    "x_1^2 - \\text{9 steps} \\times 10^{−4} \\to 1\u202f234.5%",
    "f'(0.3) \\ll {\\cancel{1.5}}",
  ]) {
    const { numbers } = numbersIn(source);
    const found = counted(parse(source)).sort(([a], [b]) => a - b);
    assert.deepEqual(found, [...numbers.entries()], source);
  }
});

test("letters of a sentence that stand for numbers are formulas", () => {
  assert.equal(marked("At z = 1.00 it is flat, and b₃ is 2."), "At $z = 1.00$ it is flat, and $b_{3}$ is 2.");
  assert.equal(marked("p₁ = σ(z₁ − z₂), and $x_1$ stays."), "$p_{1}$ = $σ$($z_{1}$ − $z_{2}$), and $x_1$ stays.");
  assert.equal(marked("After b₁₀ = −3.5 × 10⁻⁸."), "After $b_{10} = −3.5 × 10⁻⁸$.");
  assert.equal(marked("It falls to −6.90 × 10⁻⁴, or 2 × 3."), "It falls to $−6.90 × 10⁻⁴$, or 2 × 3.");
  assert.equal(marked("SSR = 0.5, a step, H₂O"), "SSR = 0.5, a step, H₂O");
});
