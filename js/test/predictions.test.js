import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { translator } from "../src/core/messages.js";
import { parse } from "../src/core/minitex.js";
import { spoken } from "../src/core/typeset.js";
import { judge, read, seedOf, shuffledBy } from "../src/math/predictions.js";
import { fixtures } from "./close.js";

const predictions = Object.entries(fixtures("predictions"));
const words = (language, chapter) =>
  JSON.parse(
    readFileSync(new URL(`../../nnbook/messages/predictions/${chapter}/${language}.json`, import.meta.url), "utf8"),
  );

for (const [name, { data, cases }] of predictions) {
  test(`${name} is judged as nnlib judges`, () => {
    for (const { typed, answer, judgement } of cases) {
      if (typed !== null) assert.equal(read(typed), answer, typed);
      assert.deepEqual(judge(data, answer), judgement, `${answer}`);
    }
    const rubbish = data.kind === "number" ? [NaN, Infinity, null, "0.5", {}, undefined] : [0, null, "", "rubbish"];
    for (const answer of rubbish) assert.throws(() => judge(data, answer));
  });

  test(`${name} has words whose formulas can be set`, () => {
    if (data.kind === "number") for (const source of [data.symbol, data.answer]) parse(source);
    for (const language of ["en", "zh"]) {
      const [chapter, ...rest] = name.split("-");
      const { hint, reason, options = {}, mistakes } = words(language, chapter)[rest.join("-")];
      for (const text of [hint, reason, ...Object.values(options), ...Object.values(mistakes)]) {
        const t = translator({ [language]: { text } }, language);
        const filled = t("text", data.values);
        assert.equal(filled.split("$").length % 2, 1, `a dollar too few: ${filled}`);
        assert.ok(!/[\\{}$]/.test(spoken(filled)), spoken(filled));
      }
    }
  });
}

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
    "1/2/3",
    "1½",
    "--1",
    "1e",
    "e5",
    "10^",
    "2^3",
    "1e400",
    "Infinity",
    "NaN",
    "0x10",
    "1+1",
    "ten",
    "%",
    "-",
    "=",
    "5 5/5",
    "∞",
    "c =",
    "1e5·10^3",
    "十",
  ];
  for (const text of texts) assert.equal(read(text), null, text);
});

test("places in formulas do not disturb mini-TeX", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a message, in which a dollar opens a formula
  const t = translator({ en: { text: "$\\frac{1}{{n}}$ is ${n}$, {n}", bad: "{m}", whole: "$10^{{n}}$" } }, "en");
  assert.equal(t("text", { n: 3 }), "$\\frac{1}{3}$ is $3$, 3");
  assert.equal(t("whole", { n: 3 }), "$10^{3}$");
  assert.throws(() => t("bad", { n: 3 }), /needs/);
});

test("the place of the right option tells nothing", () => {
  const bank = JSON.parse(/=(.*);/s.exec(fixtures("review").scripts.en)[1]).questions;
  const asked = predictions.filter(([, { data }]) => !data.estimate).map(([name, { data }]) => [name, data]);
  for (const [name, { variants }] of Object.entries(bank)) asked.push(...variants.map((data) => [name, data]));
  /** @type {Map<number, number[]>} */
  const places = new Map(); // how many options -> how often the right one is first, second, ...
  for (const [name, { kind, options, answer, values }] of asked) {
    if (kind !== "choice") continue;
    const order = shuffledBy(options, seedOf(name, values));
    assert.deepEqual([...order].sort(), [...options].sort());
    const found = places.get(order.length) ?? order.map(() => 0);
    found[order.indexOf(answer)] += 1;
    places.set(order.length, found);
  }
  for (const [count, found] of places) {
    const whole = found.reduce((sum, one) => sum + one, 0);
    const chi = found.reduce((sum, one) => sum + (one - whole / count) ** 2 / (whole / count), 0);
    assert.ok(chi < 6, `${count} options: ${found}`);
  }
});

test("an order follows from the text alone", () => {
  const names = ["a", "b", "c", "d"];
  assert.deepEqual(shuffledBy(names, "x"), shuffledBy([...names].reverse(), "x"));
  assert.ok(new Set(["x", "y", "z", "u", "v"].map((seed) => shuffledBy(names, seed).join(""))).size > 3);
});
