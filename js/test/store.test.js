import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keep, lasting } from "../src/core/store.js";
import { Work } from "../src/live/work.js";
import { keptReview } from "../src/practice/kept.js";

/** A browser's window, as far as what is stored needs one. */
beforeEach(() => {
  const texts = new Map();
  const window = new EventTarget();
  Object.assign(globalThis, {
    localStorage: {
      getItem: (key) => texts.get(key) ?? null,
      setItem: (key, text) => void texts.set(key, text),
      removeItem: (key) => void texts.delete(key),
      entries: () => [...texts],
    },
    addEventListener: window.addEventListener.bind(window),
    dispatchEvent: window.dispatchEvent.bind(window),
  });
});
const under = (key) => localStorage.getItem(key);
const aside = (key) =>
  localStorage
    .entries()
    .filter(([other]) => other.startsWith(`${key}:aside:`))
    .map(([, text]) => text);

const KEY = "nnlib.predict.losses-a";
const STATE = { tries: [], shown: false };

test("what a figure cannot read is set aside before it writes", () => {
  for (const damaged of ["{", "null", "7", '[{"tries":[3,2]}]', '{"tries":3}', '{"form":2,"answers":[1]}']) {
    localStorage.setItem(KEY, damaged);
    const store = lasting(STATE, KEY);
    assert.deepEqual(store.get(), STATE, damaged);
    store.put({ tries: [1] });
    assert.equal(under(KEY), '{"tries":[1]}');
    assert.deepEqual(aside(KEY).at(-1), damaged);
    localStorage.setItem(KEY, damaged);
    store.put({ tries: [] }); // which takes the key away
    assert.equal(under(KEY), null);
  }
  localStorage.setItem(KEY, '{"tries":["gone"]}');
  const before = aside(KEY).length;
  lasting(STATE, KEY).put({ tries: [2] });
  assert.equal(aside(KEY).length, before, "what can be read is written over");
  keep(STATE, KEY, STATE, () => false);
  assert.deepEqual([under(KEY), aside(KEY).at(-1)], [null, '{"tries":[2]}'], "a figure that fails keeps it beside");
});

test("where there is no room to set something aside, nothing is written over it", () => {
  localStorage.setItem(KEY, "{");
  const store = lasting(STATE, KEY);
  localStorage.setItem = () => {
    throw new Error("full");
  };
  store.put({ tries: [1] });
  store.put(STATE);
  assert.equal(under(KEY), "{");
  assert.equal(store.isLost(), true);
});

test("a figure takes over what another tab writes, as long as it is there", () => {
  const store = lasting(STATE, KEY);
  const end = new AbortController();
  let redrawn = 0;
  store.listen(() => redrawn++, end.signal);
  const write = (key, text) => {
    localStorage.setItem(key, text);
    dispatchEvent(Object.assign(new Event("storage"), { key }));
  };
  write(KEY, '{"tries":[3]}');
  assert.deepEqual([store.get().tries, redrawn], [[3], 1]);
  store.put({ tries: [...store.get().tries, 4] });
  assert.equal(under(KEY), '{"tries":[3,4]}');
  write("nnlib.predict.other", "{}");
  assert.equal(redrawn, 2);
  end.abort();
  write(KEY, "{}");
  assert.equal(redrawn, 2);
});

test("an exercise that is solved leaves damaged records of others as they are, aside", () => {
  const damaged = '{"networks-a":17,';
  localStorage.setItem("nnlib.solved", damaged);
  localStorage.setItem("nnlib.work.en/chapters/losses", "[damaged");
  const work = new Work("en/chapters/losses", { trouble: assert.fail, changed: () => {} });
  work.solve("losses-b");
  work.tried("losses-c", "3");
  assert.equal(work.isSolved("losses-b"), true);
  assert.deepEqual(aside("nnlib.solved"), [damaged]);
  assert.deepEqual(aside("nnlib.work.en/chapters/losses"), ["[damaged"]);
  work.solve("losses-d");
  assert.equal(aside("nnlib.solved").length, 1);
});

test("a question that is asked with numbers that are none of its own is not the book's", () => {
  const entry = { right: 0, wrong: 1, last: 1, due: 1, days: 0 };
  for (const [variant, whole] of [
    [0, true],
    [7, true],
    [-3, false],
    [0.5, false],
    [1e300, false],
  ]) {
    const review = { v: 1, asked: { "losses-a": { ...entry, variant } } };
    localStorage.setItem("nnlib-book:review", JSON.stringify(review));
    assert.equal("losses-a" in keptReview().get().asked, whole, `${variant}`);
  }
});
