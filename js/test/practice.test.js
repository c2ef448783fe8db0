import assert from "node:assert/strict";
import test from "node:test";
import retired from "../../nnbook/chapters/retired.json" with { type: "json" };
import { arrange, draw, drawFrom, drawTest, onceMore, practicable, reserved } from "../src/practice/draw.js";
import { keptReview, keptTests } from "../src/practice/kept.js";
import { answeredInText, begunChapters } from "../src/practice/reader.js";
import { among, compared, exported, lastNumbers, mayBeChance, taken } from "../src/practice/results.js";
import { answered, DAY, isDue, waiting } from "../src/practice/schedule.js";
import { fixtures } from "./close.js";

const NOW = Date.UTC(2026, 0, 1);
const KEY = "nnlib-book:review";

/** Chance that can be repeated. */
function chance(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** A question; its right answer is its set of numbers. */
const question = (chapter, idea, variants = 4) => ({
  chapter,
  idea,
  section: `chapters/${chapter}.html#${idea}`,
  words: {},
  variants: Array.from({ length: variants }, (_, at) => ({
    kind: "number",
    limits: [at - 0.1, at + 0.1],
    mistakes: {},
    values: {},
  })),
  text: {},
});

const reader = (more = {}) => ({
  asked: {},
  begun: () => true,
  text: () => null,
  now: NOW,
  random: chance(1),
  ...more,
});

/** A storage that holds at most so many characters. */
function storage(entries = {}, room = Infinity) {
  const held = new Map(Object.entries(entries));
  return {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, text) => {
      const others = [...held].filter(([name]) => name !== key).reduce((sum, [, one]) => sum + one.length, 0);
      if (others + text.length > room) throw new DOMException("full", "QuotaExceededError");
      held.set(key, text);
    },
  };
}

test("how sure one was is kept with the answer of which it was said", () => {
  const first = answered(undefined, false, 0, NOW, "sure");
  assert.equal(first.sure, "sure");
  const { sure, ...rest } = first;
  assert.deepEqual(answered(undefined, false, 0, NOW), rest);
  assert.ok(!("sure" in answered(first, true, 1, NOW + DAY)));
});

test("what is known returns after 5 days, then after 2.3 times as long", () => {
  let entry;
  let now = NOW;
  const gaps = [];
  for (let n = 0; n < 4; n += 1) {
    entry = answered(entry, true, n, now);
    gaps.push((entry.due - now) / DAY);
    assert.ok(!isDue(entry, entry.due - 1) && isDue(entry, entry.due));
    now = entry.due;
  }
  assert.deepEqual(gaps, [5, 11.5, 26.45, 60.83]);
  assert.deepEqual([entry.right, entry.wrong, entry.variant], [4, 0, 3]);
  for (let n = 4; n < 9; n += 1) entry = answered(entry, true, n, entry.due);
  assert.equal((entry.due - entry.last) / DAY, 365, "never later than after a year");
});

test("what was missed returns the next day, then with a quarter of the strength that it had", () => {
  /** How long until it is asked, after these answers, each when it is due. */
  const days = (...answers) => {
    let entry;
    for (const right of answers) entry = answered(entry, right, 0, entry?.due ?? NOW);
    return (entry.due - entry.last) / DAY;
  };
  const known = Array(5).fill(true); // then 140 days
  assert.equal(days(false), 1);
  assert.equal(days(false, true), 5, "as what is known at first");
  assert.equal(days(...known, false), 1);
  assert.equal(days(...known, false, true), 34.98);
  assert.equal(days(...known, false, false, false, true), 34.98, "it is lost once");
  assert.equal(days(...known, false, true, true), 80.45);
  assert.equal(days(true, false, true), 5, "never less than at first");
});

test("what version 1 of the book stored goes on", () => {
  const entry = { right: 3, wrong: 1, last: NOW, due: NOW + 600_000, days: 0, variant: 2 };
  assert.ok(!isDue(entry, NOW + 599_999) && isDue(entry, NOW + 600_000), "missed: after ten minutes, as was promised");
  const { due, days, last } = answered(entry, true, 3, NOW + 600_000);
  assert.deepEqual([(due - last) / DAY, days], [5, 5]);
  const old = { right: 9, wrong: 0, last: NOW, due: NOW + 740 * DAY, days: 740, variant: 2 };
  assert.ok(!isDue(old, NOW + 364 * DAY) && isDue(old, NOW + 365 * DAY), "known for long: after a year, not two");
  assert.equal(answered(old, true, 0, NOW + 365 * DAY).days, 365);
  assert.equal(answered(answered(old, false, 0, NOW), true, 1, NOW + DAY).days, 91.25);
  const kept = keptReview(() => storage({ [KEY]: JSON.stringify({ v: 1, asked: { a: entry, b: old } }) }));
  assert.deepEqual(kept.get().asked, { a: entry, b: old });
  assert.equal(kept.trouble, null);
  assert.equal(waiting(Object.entries(kept.get().asked), NOW + 600_000), 1);
});

test("what was missed is asked once more at the end of a round, with other numbers", () => {
  const asked = question("one", "idea", 3);
  const outcome = (id, variant, right) => ({ id, question: asked, variant, right, given: 1 });
  const more = onceMore([outcome("a", 2, false), outcome("b", 0, true), outcome("c", 0, false)]);
  assert.deepEqual(
    more.map(({ id, variant, again }) => [id, variant, again]),
    [
      ["a", 0, true],
      ["c", 1, true],
    ],
  );
});

test("a right answer before its time moves nothing", () => {
  const known = answered(undefined, true, 0, NOW);
  const early = answered(known, true, 1, NOW + DAY);
  assert.deepEqual([early.due, early.days, early.right], [known.due, 5, 2]);
  const missed = answered(undefined, false, 0, NOW);
  assert.equal(answered(missed, true, 1, NOW + 60_000).due, missed.due, "still the next day");
});

test("what the book no longer asks waits for nobody", () => {
  const due = answered(undefined, false, 0, NOW);
  assert.equal(
    waiting(
      [
        ["losses-way", due],
        [retired[0], due],
      ],
      NOW + DAY,
    ),
    1,
  );
});

test("a clock that was set back hides no question", () => {
  assert.ok(isDue(answered(undefined, true, 0, NOW + 900 * DAY), NOW));
});

test("what was missed and is due comes first, then what is due, missed in the text, new, not due", () => {
  const entry = (days, due) => ({ right: 1, wrong: 1, last: NOW - 9 * DAY, due, days, variant: 0 });
  const names = ["missed", "due", "text", "begun", "new", "soon", "later"];
  const questions = Object.fromEntries(names.map((name) => [name, question(name === "new" ? "late" : "early", name)]));
  const knows = reader({
    asked: {
      missed: entry(0, NOW),
      due: entry(5, NOW - DAY),
      soon: entry(0, NOW + DAY / 2),
      later: entry(5, NOW + DAY),
    },
    begun: (chapter) => chapter === "early",
    text: ({ idea }) => (idea === "text" ? false : null),
  });
  for (let count = 1; count <= names.length; count += 1) {
    const ids = draw(questions, count, knows, { once: true }).map(({ id }) => id);
    assert.deepEqual(ids.sort(), names.slice(0, count).sort());
  }
});

test("from all chapters means from all, whatever was begun", () => {
  const chapters = ["one", "two", "three", "four"];
  const questions = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`q${at}`, question(chapters[at % 4], `idea ${at}`)]),
  );
  const knows = (seed) => reader({ begun: (chapter) => chapter === "one", random: chance(seed) });
  const from = (seed, all) => drawFrom(questions, 10, knows(seed), all).map((item) => item.question.chapter);
  for (let seed = 0; seed < 20; seed += 1) assert.deepEqual([...new Set(from(seed, false))], ["one"]);
  const drawn = Array.from({ length: 20 }, (_, seed) => from(seed, true)).flat();
  for (const chapter of chapters) {
    const share = drawn.filter((one) => one === chapter).length / drawn.length;
    assert.ok(share > 0.1 && share < 0.4, `${chapter}: ${share}`);
  }
});

test("three questions back never share an idea, and their numbers are fresh", () => {
  const questions = {
    a: question("one", "same"),
    b: question("one", "same"),
    c: question("two", "other"),
    d: question("two", "third"),
  };
  const asked = { a: { ...answered(undefined, false, 3, NOW - DAY) }, b: answered(undefined, false, 1, NOW - DAY) };
  for (let seed = 0; seed < 50; seed += 1) {
    const drawn = draw(questions, 3, reader({ asked, random: chance(seed) }), { once: true });
    assert.deepEqual(drawn.map(({ question: { idea } }) => idea).sort(), ["other", "same", "third"]);
    for (const { id, variant } of drawn) assert.equal(variant, { a: 0, b: 2, c: 0, d: 0 }[id]);
  }
});

test("neighbors in mixed practice need different ideas, even where few ideas are left", () => {
  const chapters = ["one", "two", "three"];
  const many = Object.fromEntries(
    Array.from({ length: 24 }, (_, at) => [
      `q${at}`,
      question(chapters[at % 3], at < 14 ? "common" : `idea ${at % 4}`),
    ]),
  );
  for (let seed = 0; seed < 200; seed += 1) {
    const drawn = draw(many, 10, reader({ random: chance(seed) }));
    assert.equal(drawn.length, 10);
    assert.equal(new Set(drawn.map(({ id }) => id)).size, 10);
    drawn.slice(1).forEach(({ question: { idea } }, at) => assert.notEqual(idea, drawn[at].question.idea));
  }
  const alike = { a: question("one", "same"), b: question("one", "same"), c: question("two", "same") };
  assert.equal(draw(alike, 10, reader()).length, 1, "better one question than the same twice");
});

test("a self-test has ten questions, a second one other numbers, and no neighbors of one idea", () => {
  const questions = {
    ...Object.fromEntries(["a", "b", "c", "d", "e"].map((id) => [id, question("one", id)])),
    f: question("one", "f", 1),
    other: question("two", "other"),
  };
  const first = drawTest(questions, "one", 10, () => [], chance(3));
  assert.equal(first.length, 10);
  assert.equal(first.filter(({ id }) => id === "f").length, 1, "without other numbers only once");
  assert.ok(first.every(({ id }, at) => id !== "other" && id !== first[at - 1]?.id));
  const outcomes = first.map((item) => ({ ...item, given: 1, right: true }));
  const past = [taken("one", "before", outcomes, NOW)];
  const second = drawTest(questions, "one", 10, (id) => lastNumbers(past, id), chance(4));
  const both = [...first, ...second].filter(({ id }) => id !== "f").map(({ id, variant }) => `${id} ${variant}`);
  assert.equal(new Set(both).size, 18, "nothing comes twice");
});

const sixteen = Object.fromEntries(
  Array.from({ length: 16 }, (_, at) => [
    `one-${at}`,
    { ...question("one", `idea ${at}`), level: at % 2 ? "apply" : "diagnose", text: at < 4 ? { "one-asked": {} } : {} },
  ]),
);

test("a test after reading asks what the one before asked; which numbers come first is drawn", () => {
  const orders = [];
  for (let seed = 1; seed <= 400; seed += 1) {
    const random = chance(seed * 7919);
    for (let skip = 0; skip < 9; skip += 1) random();
    const first = drawTest(sixteen, "one", 10, () => [], random);
    const test = taken(
      "one",
      "before",
      first.map((item) => ({ ...item, given: 1, right: true })),
      NOW,
    );
    const ids = first.map(({ id }) => id);
    const second = drawTest(sixteen, "one", 10, (id) => lastNumbers([test], id), random, ids);
    assert.deepEqual(second.map(({ id }) => id).sort(), [...ids].sort());
    const numbers = (items) => [...new Set(items.map(({ variant }) => variant))].join();
    orders.push(`${numbers(first)} ${numbers(second)}`);
    assert.ok(reserved(sixteen, "one").every((id) => ids.includes(id)));
  }
  assert.deepEqual([...new Set(orders)].sort(), ["1 2", "2 1"]);
  const share = orders.filter((order) => order === "1 2").length / orders.length;
  assert.ok(share > 0.4 && share < 0.6, String(share));
});

test("practice keeps three questions of a chapter until its test after reading", () => {
  const kept = reserved(sixteen, "one");
  assert.equal(kept.length, 3);
  assert.ok(kept.every((id) => sixteen[id].level === "diagnose" && !Object.keys(sixteen[id].text).length));
  assert.deepEqual(reserved(Object.fromEntries(Object.entries(sixteen).reverse()), "one"), kept, "in whatever order");
  const few = Object.fromEntries(Object.entries(sixteen).slice(7));
  assert.deepEqual(reserved(few, "one"), [], "of nine none can be spared");
  const open = practicable(sixteen, {}, () => false);
  assert.deepEqual(
    Object.keys(sixteen)
      .filter((id) => !(id in open))
      .sort(),
    [...kept].sort(),
  );
  assert.equal(Object.keys(practicable(sixteen, {}, () => true)).length, 16);
  assert.ok(kept[0] in practicable(sixteen, { [kept[0]]: {} }, () => false), "what was asked stays");
});

test("a difference below four of ten may be chance", () => {
  const of = (right, whole = 10) => ({ right, of: whole });
  assert.ok(mayBeChance(of(5), of(8)) && mayBeChance(of(8), of(5)) && mayBeChance(of(2), of(2)));
  assert.ok(!mayBeChance(of(2), of(6)) && !mayBeChance(of(3, 8), of(7, 8)) && !mayBeChance(of(6), of(2)));
  const answers = [
    { id: "a", right: true },
    { id: "b", right: false },
    { id: "c", right: true },
  ];
  assert.deepEqual(among({ answers }, ["a", "b", "z"]), { right: 1, of: 2 });
});

test("a learning effect is read from the first test before and the last one after", () => {
  const outcomes = (right) => [1, 2, 3].map((at) => ({ id: `q${at}`, variant: at, given: null, right: at <= right }));
  const tests = [
    taken("one", "before", outcomes(1), NOW),
    taken("one", "after", outcomes(2), NOW + DAY),
    taken("one", "after", outcomes(3), NOW + 2 * DAY),
    taken("two", "after", outcomes(0), NOW),
  ];
  const { before, after } = compared(tests, "one");
  assert.deepEqual([before.right, after.right, after.of], [1, 3, 3]);
  assert.equal(compared(tests, "two").before, undefined);
  const text = exported({ about: "What this is.", v: 1, tests }, { title: "Book", language: "en", now: NOW });
  const file = JSON.parse(text);
  assert.equal(Object.keys(file)[0], "about");
  assert.deepEqual(file.summary[0].after, { right: 3, of: 3, date: new Date(NOW + 2 * DAY).toISOString() });
  assert.equal(file.tests.length, 4);
  const kept = keptTests("What this is.", () => storage({ "nnlib-book:tests": text }));
  assert.equal(kept.trouble, null);
});

test("answers are kept, and two tabs keep each other's", () => {
  const shared = storage();
  const [one, two] = [keptReview(() => shared), keptReview(() => shared)];
  const add = (id) => (data) => ({ ...data, asked: { ...data.asked, [id]: answered(undefined, true, 0, NOW) } });
  one.get();
  two.change(add("b"));
  one.change(add("a"));
  assert.deepEqual(Object.keys(JSON.parse(shared.held.get(KEY)).asked), ["b", "a"]);
  assert.equal(one.trouble, null);
});

const good = answered(undefined, true, 0, NOW);
for (const [what, text, left] of [
  ["no JSON", '{"v":1,"asked":{"a"', []],
  ["another form", "[1, 2]", []],
  ["nothing", "null", []],
  ["a later version", JSON.stringify({ v: 2, asked: { a: good } }), []],
  ["an earlier version", JSON.stringify({ asked: { a: good } }), []],
  ["one bad entry", JSON.stringify({ v: 1, asked: { a: good, b: { due: "soon" } } }), ["a"]],
])
  test(`${what} is set aside whole, and said`, () => {
    const shared = storage({ [KEY]: text });
    const kept = keptReview(() => shared);
    assert.deepEqual(Object.keys(kept.get().asked), left);
    assert.equal(kept.trouble, "aside");
    assert.equal(shared.held.get(kept.aside), text);
    assert.ok(kept.aside.startsWith(`${KEY}:aside:`));
    kept.change((data) => ({ ...data, asked: { ...data.asked, c: good } }));
    assert.deepEqual(Object.keys(JSON.parse(shared.held.get(KEY)).asked), [...left, "c"]);
    assert.equal(shared.held.get(kept.aside), text);
  });

test("where there is no room to set it aside, nothing is overwritten", () => {
  const text = '{"v":1,"asked":{"a"';
  const shared = storage({ [KEY]: text }, text.length + 5);
  const kept = keptReview(() => shared);
  kept.get();
  kept.change((data) => ({ ...data, asked: { a: good } }));
  assert.deepEqual([...shared.held], [[KEY, text]]);
  assert.equal(kept.trouble, "full");
  assert.deepEqual(kept.get().asked, { a: good }, "but held for this visit");
});

test("a full and a blocked storage lose no answer of this visit, and say so", () => {
  const old = JSON.stringify({ v: 1, asked: { a: good } });
  const shared = storage({ [KEY]: old }, old.length + 5);
  const full = keptReview(() => shared);
  full.change((data) => ({ ...data, asked: { ...data.asked, b: good } }));
  assert.deepEqual([full.trouble, Object.keys(full.get().asked), shared.held.get(KEY)], ["full", ["a", "b"], old]);
  const blocked = keptReview(() => {
    throw new DOMException("no", "SecurityError");
  });
  blocked.change((data) => ({ ...data, asked: { b: good } }));
  assert.deepEqual([blocked.trouble, blocked.get().asked], ["blocked", { b: good }]);
});

test("what was begun is read from what pages keep", () => {
  const texts = {
    "nnlib.predict.losses-constant": '{"tries":[7]}',
    "nnlib.work.en/chapters/softmax": "{}",
    "nnlib.solved": '{"networks-bend":1}',
    "nnlib-book:review": '{"v":1,"asked":{"digits-size":{}}}',
    "nnlib.work.zh/chapters/cross_entropy": "damaged",
    "nnlib-book:tests": "damaged",
    "nnlib-book:read": '{"v":1,"read":{"activations#sec-bend":5}}',
  };
  assert.deepEqual([...begunChapters(texts)].sort(), [
    "activations",
    "cross_entropy",
    "digits",
    "losses",
    "networks",
    "softmax",
  ]);
  assert.deepEqual([...begunChapters({ "nnlib.solved": "damaged", "nnlib-book:review": "3" })], []);
});

// The book's own questions: a first answer in the text is judged as the text judges it.

const { predictions: asked, scripts } = fixtures("questions");
const predictions = Object.entries(asked);
const bank = JSON.parse(/=(.*);/s.exec(scripts.en)[1]).questions;
/** What a reader's browser keeps of all predictions, each answered so. @param {(of: (typeof predictions)[number][1]) => any} answer */
const kept = (answer) =>
  Object.fromEntries(predictions.map(([name, one]) => [`nnlib.predict.${name}`, JSON.stringify(answer(one))]));
/** The first answer of a fixture with such a verdict. */
const given = ({ cases }, wanted) => cases.find(([, { verdict }]) => wanted(verdict))[0];
const missed = (texts) => Object.keys(bank).filter((id) => answeredInText(texts, bank[id]) === false);
const linked = Object.keys(bank).filter((id) => Object.keys(bank[id].text).length);

test("who answers every prediction of the book rightly has missed nothing in the text", () => {
  const texts = kept((one) => ({ tries: [given(one, (verdict) => verdict === "right")] }));
  assert.deepEqual(missed(texts), []);
  assert.ok(linked.length >= 30);
  assert.ok(linked.every((id) => answeredInText(texts, bank[id]) === true));
});

test("what is missed in the text is asked again first, where a question asks for the same thought", () => {
  const wrong = (verdict) => verdict !== "right";
  for (const texts of [kept((one) => ({ tries: [given(one, wrong)] })), kept(() => ({ shown: true }))])
    assert.deepEqual(missed(texts), linked);
  const late = kept((one) => ({ tries: [given(one, wrong), given(one, (verdict) => verdict === "right")] }));
  assert.deepEqual(missed(late), linked, "the first answer counts");
  const drawn = draw(bank, 10, reader({ text: (asked) => answeredInText(late, asked) }));
  assert.ok(drawn.length === 10 && drawn.every(({ id }) => linked.includes(id)));
  for (const text of ["damaged", "3", '{"tries":7}', '{"tries":[{}]}', "null", "{}"]) {
    const odd = Object.fromEntries(predictions.map(([name]) => [`nnlib.predict.${name}`, text]));
    assert.deepEqual(missed(odd), [], text);
  }
});

test("an order leaves out what would be next to its like", () => {
  const item = (id, idea) => ({ id, question: question("one", idea), variant: 0 });
  const order = arrange([item("a", "x"), item("b", "x"), item("c", "x"), item("d", "y")], chance(5));
  assert.deepEqual(
    order.map(({ question: { idea } }) => idea),
    ["x", "y", "x"],
  );
});
