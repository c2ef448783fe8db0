// The search of the book: theme/search/static/search-*.js are classic scripts, which share one scope.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const scripts = ["search-words", "search-places", "search-answer"].map((name) =>
  readFileSync(new URL(`../../theme/search/static/${name}.js`, import.meta.url), "utf8"),
);
const exported = "({ answer, editDistance, eachWord, excerptOf, indexOf, similarTerms, wordsOf, wordsOfQuery })";
const { answer, editDistance, eachWord, excerptOf, indexOf, similarTerms, wordsOf, wordsOfQuery } = vm.runInThisContext(
  `${scripts.join("\n")};${exported}`,
);

const stems = (text) => wordsOf(text).map(({ stem }) => stem);
const section = (depth, number, title, anchor, text) => ["section", depth, number, title, anchor, text];
const term = (title, anchor, text, names = [], sections = []) => ["term", 1, "", title, anchor, text, names, sections];

const INDEX = indexOf([
  [
    "one.html",
    [
      section(0, "1", "Losses", "", "What a loss is. The cross-entropy is one: cross-entropy, cross-entropy."),
      section(1, "1.1", "Likelihood", "sec-likelihood", "The mean of the logarithms is the loss here."),
      section(
        1,
        "1.2",
        "Summary",
        "summary",
        "A gradient is a slope. Far from it, at the end of this text, something vanishes.",
      ),
    ],
  ],
  [
    "two.html",
    [
      section(0, "2", "Cross-entropy and training", "", "After this chapter you can train."),
      section(
        1,
        "2.1",
        "Vanishing gradients",
        "sec-vanishing",
        "Slopes multiply, and their product vanishes. The constructor of nothing.",
      ),
      ["exercise", 2, "", "Exercise 1 – Train it", "ex-train", "Train the network."],
    ],
  ],
  [
    "glossary.html",
    [
      section(0, "", "Glossary", "", "All terms."),
      term(
        "cross-entropy",
        "term-cross-entropy",
        "交叉熵 · The mean of minus the logarithm.",
        ["log loss"],
        ["one.html#sec-likelihood"],
      ),
      term("vanishing gradient", "term-vanishing-gradient", "梯度消失 · A product of small factors."),
      term("死亡神经元", "term-0", "dead neuron · 激活前的值都为负的神经元。"),
      term("神经元", "term-1", "neuron · 网络的一部分。"),
    ],
  ],
  [
    "reference.html",
    [
      section(0, "", "The library", "", "All functions."),
      ["name", 1, "", "nnlib.cross_entropy", "nnlib.cross_entropy", "Cross-entropy for K classes."],
    ],
  ],
]);
const found = (query) => answer(query, INDEX).hits.map(({ place }) => place.address);

test("the forms of a word are one word", () => {
  const families = [
    ["gradient", "Gradients"],
    ["vanish", "vanishing", "vanished", "vanishes"],
    ["class", "classes"],
    ["bias", "biases"],
    ["standardize", "standardized", "standardization", "standardise"],
    ["activate", "activation", "activations"],
    ["overfit", "overfitting"],
    ["entropy", "entropies"],
    ["matrix", "matrices"],
    ["ReLU", "ReLUs", "relu"],
    ["Kullback", "kullback"],
    ["ŷ", "y"],
    ["z₁", "z1"],
  ];
  for (const family of families) assert.equal(new Set(family.flatMap(stems)).size, 1, family);
  for (const [one, other] of [
    ["loss", "logarithm"],
    ["string", "strong"],
    ["neuron", "neural"],
  ])
    assert.notDeepEqual(stems(one), stems(other));
});

test("a text is cut into words and pairs of Chinese characters, and each knows its place", () => {
  assert.deepEqual(stems("学习率 ReLU批，η"), ["学习", "习率", "率", "relu", "批", "η"]);
  assert.deepEqual(stems("nnlib.softmax_jacobian"), ["nnlib", "softmax", "jacobian"]);
  const text = "用softmax函数";
  const pieces = [];
  eachWord(text, (_, start, end) => pieces.push(text.slice(start, end)));
  assert.deepEqual(pieces, ["用", "softmax", "函数", "数"]);
});

test("of a query the words count that say something", () => {
  const asked = (query) => wordsOfQuery(query).map(({ form }) => form);
  assert.deepEqual(asked("what is the rate of learning"), ["rate", "learning"]);
  assert.deepEqual(asked("what is it"), ["what", "is", "it"]);
  assert.deepEqual(asked("学习率"), ["学习", "习率"]);
  assert.deepEqual(asked("批"), ["批"]);
  assert.deepEqual(asked("<b>?</b>"), ["b", "b"]);
});

test("the distance of words counts what was mistyped", () => {
  assert.equal(editDistance("gradiant", "gradient"), 1);
  assert.equal(editDistance("gradeint", "gradient"), 1);
  assert.equal(editDistance("learnig", "learning"), 1);
  assert.equal(editDistance("", "abc"), 3);
  assert.equal(editDistance("梯度下将", "梯度下降法"), 2);
  assert.equal(editDistance("梯度下将", "梯度下降法", true), 1);
});

const before = (places, ...order) => {
  const ranks = order.map((place) => places.indexOf(place));
  assert.ok(!ranks.includes(-1), `${order} not all in ${places}`);
  assert.deepEqual(
    ranks,
    ranks.toSorted((one, other) => one - other),
    places.join(" "),
  );
};

test("titles come first, then what teaches and defines a term, then the library", () => {
  const places = found("cross entropy");
  assert.equal(places[0], "two.html");
  before(places, "glossary.html#term-cross-entropy", "reference.html#nnlib.cross_entropy");
  before(places, "one.html#sec-likelihood", "reference.html#nnlib.cross_entropy");
  assert.equal(places.length, 5);
});

test("who writes the name of a function finds the function", () => {
  for (const query of ["cross_entropy", "nnlib.cross_entropy"])
    assert.equal(found(query)[0], "reference.html#nnlib.cross_entropy");
});

test("all words have to occur, and the nearer the better; a place without them is none", () => {
  before(found("vanishing gradient"), "two.html#sec-vanishing", "one.html#summary");
  assert.deepEqual(found("slope vanishes"), ["two.html#sec-vanishing", "one.html#summary"]);
  assert.ok(!found("train").includes("two.html#sec-vanishing"), "only its chapter's title has the word");
  assert.deepEqual(found("train network"), ["two.html#ex-train"]);
});

test("places of equal worth are in the order of the book", () => {
  const text = "The same words.";
  const twins = indexOf([
    ["a.html", [section(0, "1", "One", "", text)]],
    ["b.html", [section(0, "2", "Two", "", text)]],
  ]);
  assert.deepEqual(
    answer("same words", twins).hits.map(({ place }) => place.address),
    ["a.html", "b.html"],
  );
});

test("a mistyped query is answered, and says for what", () => {
  const mended = {
    "crsos entrpy": "cross entropy",
    "Vanishing Gradiant": "Vanishing gradient",
    crossentropy: "cross entropy",
    "likeli hood": "likelihood",
    死神经元: "死亡神经元",
    什么是死神经元: "死亡神经元",
  };
  for (const [query, instead] of Object.entries(mended)) {
    const { instead: answered, hits } = answer(query, INDEX);
    assert.equal(answered, instead);
    assert.deepEqual(
      hits.map(({ place }) => place.address),
      found(instead),
    );
  }
  assert.equal(answer("cross entropy", INDEX).instead, "");
});

test("of Chinese terms that begin alike the nearest as a whole is meant", () => {
  const index = indexOf([
    [
      "glossary.html",
      [
        section(0, "", "术语表", "", "书中的术语。"),
        term("交叉验证", "term-0", "cross-validation · 数据很少时做选择的办法。"),
        term("交叉熵", "term-1", "cross-entropy · 真实类别的概率的负对数。"),
      ],
    ],
  ]);
  assert.equal(answer("交叉商", index).instead, "交叉熵");
});

test("other names lead to a term, and are said", () => {
  const { hits } = answer("log loss", INDEX);
  const hit = hits.find(({ place }) => place.kind === "term");
  assert.deepEqual([hit.place.title, hit.name], ["cross-entropy", "log loss"]);
});

test("the beginning of a word is enough", () => {
  assert.equal(found("vanishing gradi")[0], "two.html#sec-vanishing");
  assert.equal(found("likelih")[0], "one.html#sec-likelihood");
  assert.ok(found("神").includes("glossary.html#term-1"));
});

test("places with some of the words are an answer where none has all", () => {
  const { complete, hits } = answer("likelihood dinosaur", INDEX);
  assert.equal(complete, false);
  assert.equal(hits[0].place.address, "one.html#sec-likelihood");
});

test("no query is too odd", () => {
  for (const query of ["", " ", "?", "%", "\\", "$&", "__", "🙂"]) assert.equal(answer(query, INDEX), null, query);
  for (const query of [
    "__proto__",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "<img src=x>",
    "zzz".repeat(70),
    "zz ".repeat(70),
    "恐龙",
    "恐".repeat(200),
  ]) {
    const { hits } = answer(query, INDEX);
    assert.deepEqual(hits, [], query);
    similarTerms(query, INDEX);
  }
  assert.deepEqual(found("constructor"), ["two.html#sec-vanishing"]);
});

test("terms that look like it are offered where nothing is found", () => {
  assert.deepEqual(
    similarTerms("gradient vnshng", INDEX).map(({ title }) => title),
    ["vanishing gradient"],
  );
  assert.deepEqual(
    similarTerms("神经网络", INDEX).map(({ title }) => title),
    ["神经元"],
  );
});

const excerpt = (text, query, kind = "section") => {
  const index = indexOf([["a.html", [[kind, 0, "", "", "", text]]]]);
  const {
    hits: [{ place }],
    terms,
  } = answer(query, index);
  return excerptOf(place, terms)
    .map((piece, at) => (at % 2 ? `[${piece}]` : piece))
    .join("");
};

test("an excerpt begins with a sentence and shows where the words are together", () => {
  const long = "Here is a word. ".repeat(40);
  assert.match(
    excerpt(`${long}A rare word is here. The end.`, "rare word"),
    /A \[rare\] \[word\] is here\. The end\.$/,
  );
  assert.equal(excerpt("One word alone.", "word"), "One [word] alone.");
  assert.match(
    excerpt(`${"unbroken ".repeat(60)}rare ${"more ".repeat(60)}`, "rare"),
    /^… (unbroken )+\[rare\] (more )+…$/,
  );
});

test("an excerpt marks overlapping pairs of Chinese characters as one, and of a single character the character", () => {
  assert.equal(excerpt("用反向传播求梯度。", "反向传播"), "用[反向传播]求梯度。");
  assert.equal(excerpt("一批样本。", "批"), "一[批]样本。");
  const long = excerpt(`${"没有它。".repeat(60)}这里有梯度。${"后面没有。".repeat(60)}`, "梯度");
  assert.ok(long.length < 110 && /。这里有\[梯度\]。/.test(`。${long}`), long);
});
