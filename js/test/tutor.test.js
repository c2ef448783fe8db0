import assert from "node:assert/strict";
import { test } from "node:test";
import words from "../../nnbook/messages/site/tutor/en.json" with { type: "json" };
import { tells, tutorText } from "../src/tutor/text.js";

const asked = {
  task: "What is the mean of $2$ and $7$?",
  tries: ["$m = 9$"],
  verdict: "Not $m = 9$. That is the sum.",
  mistakes: ["That is the sum.", "Halve it: $9/2 = 4.5$.", "That is the difference, $7 - 2$."],
  secret: { limits: [[4.45, 4.55]] },
};

test("the text has the task, the attempt, the verdict, the mistakes and the rules", () => {
  const text = tutorText(words, asked, "The book");
  for (const part of ["“The book”", asked.task, "$m = 9$", asked.verdict, "- That is the sum.", words.rules])
    assert.ok(text.includes(part), part);
  assert.ok(tutorText(words, { ...asked, tries: [], verdict: "" }, "").includes(words.nothing));
});

test("a sentence that tells the answer is left out", () => {
  assert.ok(!tutorText(words, asked, "").includes("4.5"));
  const open = tutorText(words, { ...asked, secret: {} }, "");
  assert.ok(open.includes("4.5"), "nothing else has left it out");
  const verdict = "The mean is $4.5$.";
  assert.ok(!tutorText(words, { ...asked, verdict }, "").includes("4.5"));
  assert.ok(tutorText(words, { ...asked, verdict }, "").includes(words.wrong));
});

test("numbers are read as they are written", () => {
  const secret = {
    limits: [
      [-0.5, -0.5],
      [1200, 1200],
      [0.25, 0.25],
    ],
  };
  for (const told of ["$-0.5$", "−0.5", "it is 1,200.", "$\\frac{1}{4}$", "1/4", "$= 0.25$"])
    assert.ok(tells(told, secret, ""), told);
  for (const silent of ["0.5", "x1200", "0.251", "$p_{25}$", "-0.55"]) assert.ok(!tells(silent, secret, ""), silent);
  assert.ok(!tells("a rate of 0.25", secret, "the rate 0.25"), "the task says so itself");
});

test("code of the solution is known in prose, too", () => {
  const code = "def slope(p, y):\n    return -1 / (right - middle)\n";
  const task = "def slope(p, y): ...";
  for (const told of ["It is −1 / (right − middle).", "`-1/(right - middle)`"])
    assert.ok(tells(told, { code }, task), told);
  for (const silent of ["Divide by the length.", "`slope(p, y)` gives nothing."])
    assert.ok(!tells(silent, { code }, task), silent);
});
