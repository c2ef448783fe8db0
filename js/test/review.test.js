import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { translator } from "../src/core/messages.js";
import { parse } from "../src/core/minitex.js";
import { spoken } from "../src/core/typeset.js";
import { judge } from "../src/math/predictions.js";
import { fixtures } from "./close.js";

const { scripts, cases } = fixtures("review");

for (const [language, script] of Object.entries(scripts)) {
  // A classic script, as a page loads it.
  const context = vm.createContext({});
  vm.runInContext(script, context);
  const { version, questions } = JSON.parse(JSON.stringify(context.nnlibReview));

  test(`the questions in ${language} are judged as nnlib judges`, () => {
    assert.equal(version, 1);
    for (const [name, { variants }] of Object.entries(questions))
      variants.forEach((data, index) => {
        for (const [answer, judgement] of cases[name][index])
          assert.deepEqual(judge(data, answer), judgement, `${name} ${index} ${answer}`);
      });
  });

  test(`the words in ${language} can be filled and set for every variant`, () => {
    for (const [name, { words, variants }] of Object.entries(questions)) {
      const { mistakes, options, ...single } = words;
      const texts = { ...single, ...prefixed("mistakes", mistakes), ...prefixed("options", options) };
      const t = translator({ [language]: texts }, language);
      for (const { values, kind, symbol, answer } of variants) {
        if (kind === "number") for (const source of [symbol, answer]) parse(source);
        for (const key of Object.keys(texts)) {
          const filled = t(key, values);
          assert.equal(filled.split("$").length % 2, 1, `${name} ${key}: ${filled}`);
          assert.ok(!/[\\{}$]/.test(spoken(filled)), `${name} ${key}: ${spoken(filled)}`);
        }
      }
    }
  });
}

function prefixed(part, texts) {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${part}.${key}`, text]));
}
