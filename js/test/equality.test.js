import assert from "node:assert/strict";
import test from "node:test";
import { honest } from "../src/core/equality.js";

test("a sign of equality stays where the numbers hold as they are shown", () => {
  const exact = [
    "0.33 \\cdot 0.33 = 0.11",
    "\\text{SSR} = (−1.50)^2 + 0.60^2 = \\c{loss}{2.61}",
    "(9\\,C + 1)\\cdot64 = \\c{weight}{28\\cdot64} = 1\u202f792",
    "L = -\\ln \\c{class0}{p_1} = -\\ln 0.002 = 6.215",
    "= 2.5\\times10^{−3} - 2 \\cdot (−1.3\\times10^{−2}) = 2.9\\times10^{−2}",
    "p_1 = \\frac{e^{0.00}}{e^{0.00}+e^{−0.50}} = \\frac{1.000}{1.607} = 0.622",
    "\\c{prediction}{p} = \\sigma(0.00) = \\c{prediction}{0.500}",
    "-2^2 / 4 = −1.0",
  ];
  for (const source of exact) assert.equal(honest(source), source);
});

test("it becomes ≈ where they do not", () => {
  const rounded = [
    ["0.33 \\cdot 0.33 = ", "0.1111"],
    ["0.66 \\cdot 0.66 = ", "0.43"], // 0.4356: off by more than half a unit, less than a whole one
    ["= (−0.01)^2 + 0.00^2 + 0.00^2 = ", "\\c{loss}{0.000065}"],
    ["L = -\\ln 0.002 = ", "6.005"],
    ["8.04 \\cdot 2 = ", "16"],
    ["0.001 \\cdot 0.001 = ", "0"],
    ["= 5.2184 - 0.333 \\cdot 15.6551 = ", "\\c{bias}{8.9\\times10^{−16}}"],
  ];
  for (const [before, after] of rounded)
    assert.equal(honest(before + after), `${before.slice(0, -2)}\\approx  ${after}`);
  assert.equal(
    honest("0.60 \\cdot 0.60 = 0.33 + 0.03 = 0.365"),
    "0.60 \\cdot 0.60 \\approx  0.33 + 0.03 \\approx  0.365",
  );
});

test("what is no arithmetic is left alone", () => {
  const letters = [
    "f(z) = \\max(z, \\alpha z) = −0.5",
    "B = 100 \\cdot 15",
    "(w, b) = (1.5,\\,2)",
    "\\hat{y} = w_3 a_1",
    "",
  ];
  letters.push("1 \\cdot \\dots \\cdot 2 = 3", "L = -\\ln 0 = ∞");
  for (const source of letters) assert.equal(honest(source), source);
});
