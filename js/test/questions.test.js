// Every question of the bank, of each kind: judged as in Python, with words whose formulas can be set.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { translator } from "../src/core/messages.js";
import { parse } from "../src/core/minitex.js";
import { spoken } from "../src/core/typeset.js";
import { judgeLine } from "../src/questions/calculation.js";
import { judgeDrawing } from "../src/questions/drawing.js";
import { judge } from "../src/questions/judge.js";
import { orderOf, shuffledBy } from "../src/questions/option_order.js";
import { read } from "../src/questions/read.js";
import { textsOf } from "../src/questions/texts.js";
import { fixtures } from "./close.js";

const { predictions, scripts, variants, values, drawings, calculations } = fixtures("questions");

/** @param {Record<string, string>} texts @param {Record<string, unknown>} quoted */
function canBeSet(language, texts, quoted, where) {
  const t = translator({ [language]: texts }, language);
  for (const key of Object.keys(texts)) {
    const filled = t(key, quoted);
    assert.equal(filled.split("$").length % 2, 1, `a dollar too few: ${where} ${key}: ${filled}`);
    assert.ok(!/[\\{}$]/.test(spoken(filled)), `${where} ${key}: ${spoken(filled)}`);
  }
}

for (const [name, { data, words, cases, typed }] of Object.entries(predictions)) {
  test(`${name} is judged as in Python`, () => {
    for (const [text, value] of typed) assert.equal(read(text), value, text);
    for (const [answer, judgement] of cases) assert.deepEqual(judge(data, answer), judgement, `${answer}`);
    const number = [NaN, Infinity, null, "0.5", {}, undefined, [1, 2], []];
    for (const answer of data.kind === "number" ? number : [0, null, "", "rubbish", []])
      assert.throws(() => judge(data, answer));
  });
  test(`${name} has words whose formulas can be set`, () => {
    if (data.kind === "number") for (const source of [data.symbol, data.answer]) parse(source);
    for (const [language, texts] of Object.entries(words)) canBeSet(language, texts, data.values, name);
  });
}

for (const [language, script] of Object.entries(scripts)) {
  // A classic script, as a page loads it.
  const context = vm.createContext({});
  vm.runInContext(script, context);
  const { version, questions } = JSON.parse(JSON.stringify(context.nnlibReview));

  test(`the variants in ${language} are judged as in Python, and their words can be set`, () => {
    assert.equal(version, 1);
    for (const [name, { words, variants: all }] of Object.entries(questions)) {
      all.forEach((data, index) => {
        for (const [answer, judgement] of variants[name][index])
          assert.deepEqual(judge(data, answer), judgement, `${name} ${index} ${answer}`);
        if (data.kind === "number") for (const source of [data.symbol, data.answer]) parse(source);
        canBeSet(language, textsOf(words, index), data.values, name);
      });
    }
  });
}

test("a list has a text for each surface, and surfaces take turns", () => {
  const words = { question: ["one", "two"], hint: "for both", mistakes: { sum: ["a", "b"], half: "c" }, options: {} };
  const texts = { hint: "for both", "mistakes.half": "c" };
  const first = { ...texts, question: "one", "mistakes.sum": "a" };
  assert.deepEqual(textsOf(words, 0), first);
  assert.deepEqual(textsOf(words, 1), { ...texts, question: "two", "mistakes.sum": "b" });
  assert.deepEqual(textsOf(words, 8), first);
});

test("the numbers of exercises are judged as in Python", () => {
  const verdicts = new Set();
  for (const [name, { data, cases }] of Object.entries(values))
    for (const [answer, judgement] of cases) {
      assert.deepEqual(judge(data, answer), judgement, `${name} ${answer}`);
      verdicts.add(judgement.verdict);
    }
  assert.deepEqual([...verdicts].sort(), ["large", "mistake", "right", "small"]);
});

test("a mistake is known by its numbers as they are rounded, and by all digits first", () => {
  const points = (...numbers) => numbers.map((number) => [number, number]);
  const data = {
    kind: "numbers",
    limits: points(1, 2),
    mistakes: [
      ["first", points(5, 7)],
      ["second", points(5.1, 7)],
      ["first", points(8, 8)],
    ],
    written: [["first", [[[5, 5.2]], [[6, 6.1], ...points(7)]]]],
  };
  const verdict = (...numbers) => Object.values(judge(data, numbers)).slice(0, 2).join(" ");
  assert.equal(verdict(5, 7), "mistake first");
  assert.equal(verdict(5.1, 7), "mistake second");
  assert.equal(verdict(5.2, 6.1), "mistake first");
  assert.equal(verdict(5.2, 6.2), "large ");
  assert.equal(verdict(8, 8), "mistake first");
  assert.equal(verdict(1, 1), "small ");
  assert.throws(() => judge(data, [1]), /Not 2 numbers/);
});

for (const [name, { data, truth, mistakes }] of Object.entries(drawings)) {
  test(`${name}: the true curve is right, also from an unsteady hand, and each mistake is named`, () => {
    assert.deepEqual(judgeDrawing(data, truth), { verdict: "right", name: null });
    for (const shake of [-2, 2]) {
      const drawn = truth.map((height, at) => Math.max(0, Math.min(100, height + (at % 2 ? shake : -shake))));
      assert.equal(judgeDrawing(data, drawn).verdict, "right", String(shake));
    }
    for (const [mistake, heights] of Object.entries(mistakes))
      assert.deepEqual(judgeDrawing(data, heights), { verdict: "mistake", name: mistake });
  });
}

for (const [name, { data, cases }] of Object.entries(calculations)) {
  test(`${name}: every line is judged as in Python`, () => {
    for (const [round, at, answer, judgement] of cases)
      assert.deepEqual(judgeLine(data.rounds[round].lines[at], answer), judgement, `${round} ${at} ${answer}`);
  });
}

test("places in formulas do not disturb mini-TeX", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a message, in which a dollar opens a formula
  const sum = translator({ en: { text: "${w} x + ({b})$, $f({b})$" } }, "en");
  assert.equal(sum("text", { w: "4", b: "6" }), "$4 x + 6$, $f(6)$");
  assert.equal(sum("text", { w: "4", b: "−6" }), "$4 x + (−6)$, $f(−6)$");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a message, in which a dollar opens a formula
  const t = translator({ en: { text: "$\\frac{1}{{n}}$ is ${n}$, {n}", bad: "{m}", whole: "$10^{{n}}$" } }, "en");
  assert.equal(t("text", { n: 3 }), "$\\frac{1}{3}$ is $3$, 3");
  assert.equal(t("whole", { n: 3 }), "$10^{3}$");
  assert.throws(() => t("bad", { n: 3 }), /needs/);
});

test("the place of the right option tells nothing", () => {
  const bank = JSON.parse(/=(.*);/s.exec(scripts.en)[1]).questions;
  const asked = Object.entries(predictions)
    .filter(([, { data }]) => !data.estimate)
    .map(([name, { data }]) => [name, data]);
  for (const [name, { variants }] of Object.entries(bank)) asked.push(...variants.map((data) => [name, data]));
  /** @type {Map<number, number[]>} */
  const places = new Map(); // how many options -> how often the right one is first, second, ...
  for (const [name, data] of asked) {
    const { kind, options, answer } = data;
    if (kind !== "choice") continue;
    const order = orderOf(name, data);
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

test("options that are the names of panels stand as these do", () => {
  const options = ["A", "B", "C", "D"];
  const picture = options.map((name) => ({ name }));
  assert.deepEqual(orderOf("x", { options, values: {}, picture }), options);
  const names = Array.from({ length: 5 }, (_, n) => orderOf(`x${n}`, { options, values: {}, picture: [] }).join(""));
  assert.ok(new Set(names).size > 2);
});

test("an order follows from the text alone", () => {
  const names = ["a", "b", "c", "d"];
  assert.deepEqual(shuffledBy(names, "x"), shuffledBy([...names].reverse(), "x"));
  assert.ok(new Set(["x", "y", "z", "u", "v"].map((seed) => shuffledBy(names, seed).join(""))).size > 3);
});
