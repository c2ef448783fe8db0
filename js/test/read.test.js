import assert from "node:assert/strict";
import test from "node:test";
import { INFINITE, significant } from "../src/core/format.js";
import { judge } from "../src/questions/judge.js";
import { read } from "../src/questions/read.js";

test("numbers are read as people write them", () => {
  const same = {
    0.5: [
      "0.5",
      ".5",
      "0,5",
      "1/2",
      "½",
      "50%",
      "50 %",
      "５０％",
      "０．５",
      "0。5",
      "5e-1",
      "5E-1",
      "5·10^-1",
      "5*10**-1",
      "+0.5",
      "c = 0.5",
      "c≈0.5",
      "≈ 0.5",
      "~.5",
      "约0.5",
    ],
    1000: ["1000", "1,000", "1 000", "1\u202f000", "1_000", "1'000", "1,000.0", "10^3", "1e3", "1,000 ", "１，０００"],
    "-2": ["-2", "−2", "–2", "- 2", "－2", "-4/2", "4/-2", "-2."],
    3.5e-7: [
      "3.5e-7",
      "3.5·10^-7",
      "3.5 · 10^{-7}",
      "3.5×10⁻⁷",
      "3.5 x 10^(-7)",
      "3,5e-7",
      "3.5*10**-7",
      "3.5 ⋅ 10^−7",
    ],
    150000: ["150,000", "15万", "15 万", "150 000"],
    1234567: ["1,234,567", "1 234 567"],
    "-1e-3": ["-10^-3", "-0.001", "-1e-3", "-0,001"],
    0.07: ["7%", "7/100"],
    0.333: ["0.333", "0,333", ".333"],
    12.5: ["12,5", "12.5"],
    2e8: ["2亿"],
  };
  for (const [value, texts] of Object.entries(same))
    for (const text of texts) assert.equal(read(text), Number(value), text);
  assert.equal(read("1/3"), 1 / 3);
  assert.equal(read("50 %", "%"), 50);
  assert.equal(read("2.4 MB", "MB"), 2.4);
  assert.equal(read("2.4mb", "MB"), 2.4);
});

test("what is no number is no number", () => {
  const texts = [
    "",
    " ",
    "abc",
    "1 2",
    "1,2,3",
    "1.2.3",
    "1.000,5",
    "1/0",
    "0/0",
    "1½",
    "--1",
    "1e",
    "e5",
    "10^",
    "1e400",
    "NaN",
    "0x10",
    "ten",
    "1--",
    "(1",
    "1)",
    "()",
    "2^",
    "*2",
    "1-0.5%%",
    "(-8)^0.5",
    `${"(".repeat(300)}1${")".repeat(300)}`,
    "%",
    "-",
    "=",
    "5 5/5",
    "c =",
    "十",
  ];
  for (const text of texts) assert.equal(read(text), null, text);
});

test("a calculation counts as its result", () => {
  for (const [text, number] of [
    ["1-0.6", 0.4],
    ["1 − 0.1 · 6", 1 - 0.1 * 6],
    ["0.25^10", 0.25 ** 10],
    ["0,25**10", 0.25 ** 10],
    ["−1.22 · 0.44 − 2.30 · 0.55 + 2.61", -1.22 * 0.44 - 2.3 * 0.55 + 2.61],
    ["(1 - 0.6)/2", 0.2],
    ["-2^2", -4],
    ["(-2)^2", 4],
    ["2^-1", 0.5],
    ["2^3^2", 512],
    ["1/2/4", 0.125],
    ["6·10^3/2", 3000],
    ["1,000-1", 999],
    ["2e-3-1", 0.002 - 1],
    ["3*-2", -6],
    ["1--1", 2],
    ["w = 1-0.6", 0.4],
  ])
    assert.ok(Math.abs(/** @type {number} */ (read(text)) - number) < 1e-12, text);
});

test("what is infinite is more than any number, and can be stored", () => {
  for (const text of ["inf", "∞", "Infinity", "+∞", "L = inf", "无穷大", "infinite"]) {
    assert.equal(read(text), INFINITE, text);
    assert.equal(read(`-${text}`.replace("-L = ", "L = -").replace("-+", "-")), -INFINITE, text);
  }
  assert.equal(JSON.parse(JSON.stringify(read("inf"))), INFINITE);
  assert.equal(significant(INFINITE, 6), "∞");
  assert.equal(significant(-INFINITE, 6), "−∞");
  const data = { kind: "number", limits: [799, 801], mistakes: {} };
  assert.deepEqual(judge(data, INFINITE), { verdict: "large", name: null, far: true });
  assert.equal(judge(data, -INFINITE).verdict, "small");
});
