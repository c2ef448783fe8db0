// A network writes, letter after letter: what it gives to each of the 27, what is drawn, and what comes of it.

import { fixed, h, roomy, set, showPhrase } from "../../../js/src/core/index.js";
import { nearest } from "./math/names.js";
import { following, hesitation, LETTERS, readerOf, windowOf, write } from "./math/reader.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { Described, Draw } from "./math/reader.js" */

/** @typedef {{start: string, temperature: number, seed: number, count: number}} Traits */
/** @typedef {{layers: Described[], window: number, names: string, longest: number}} Data */
/** @typedef {{draws: Draw[], count: number, word: string, ended: boolean}} Moment after `count` draws */

const SPEED = 4; // letters a second
const SEEDS = 9999;

/** The probabilities of the 27 letters; the one that was drawn stands out. @param {Figure<Traits, Data>} figure */
function makeBars(figure) {
  const plot = figure.plot({
    x: [-0.6, LETTERS.length - 0.4],
    y: [0, 1],
    yTicks: [0, 0.5, 1],
    xTicks: [],
    yLabel: "p",
    ratio: 0.4,
    maxHeight: 190,
    margin: { left: 34, right: 6, top: 26, bottom: 24 },
    label: figure.t("bars"),
  });
  const all = [...LETTERS].map(() => ({
    bar: plot.rect({ fill: "ink" }),
    name: plot.text({ anchor: "middle", dy: 16, halo: false }),
  }));
  const value = plot.text({ anchor: "middle", dy: -6 });
  value.element.setAttribute("data-name", "p");
  return {
    plot,
    /** @param {number[]} p @param {number | null} drawn */
    draw(p, drawn) {
      const first = p.indexOf(Math.max(...p));
      const shown = drawn ?? first;
      plot.describe(
        inOrder(p, 5)
          .map((k) => `${k ? LETTERS[k] : figure.t("end")} ${fixed(p[k])}`)
          .join(", "),
      );
      all.forEach(({ bar, name }, k) => {
        bar.at(k - 0.36, 0, k + 0.36, p[k]);
        bar.fill(k === drawn ? "prediction" : "ink");
        set(bar.element, { opacity: k === drawn || drawn === null ? 1 : 0.5 });
        name.at(k, 0, k === 0 ? "\\text{•}" : `\\text{${LETTERS[k]}}`, { color: k === drawn ? "prediction" : "ink" });
      });
      value.at(Math.max(0.6, Math.min(25.4, shown)), p[shown], fixed(p[shown]), {
        color: drawn === null ? "ink" : "prediction",
      });
    },
  };
}

/** The numbers of the likeliest letters. @param {number[]} p @param {number} count */
const inOrder = (p, count) =>
  p
    .map((_, k) => k)
    .sort((i, j) => p[j] - p[i])
    .slice(0, count);

/**
 * A field for the first letters: whatever is typed, the letters of it count; Enter lets the network go on.
 * @param {Figure<Traits, Data>} figure @param {HTMLElement} player
 */
function startField(figure, player) {
  const { most } = figure.controls.start;
  const input = h("input", {
    type: "text",
    class: "nn-writer-start",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "done",
    maxlength: most,
    "data-name": "start",
    input: (event) => {
      if (/** @type {InputEvent} */ (event).isComposing) return;
      take();
    },
    compositionend: () => take(),
    keydown: (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      const go = /** @type {HTMLElement} */ (player.querySelector(".nn-play"));
      if (go.dataset.playing !== "true") go.click();
    },
  });
  const take = () => {
    const start = input.value
      .toLowerCase()
      .replace(/[^a-z]/g, "")
      .slice(0, most);
    if (input.value !== start) input.value = start;
    if (start !== figure.state.start) figure.set({ start, count: 0 });
  };
  return figure.control(h("label", { class: "nn-writer-field" }, h("span", { text: figure.t("start") }), input), () => {
    if (input.value !== figure.state.start && !input.matches(":focus")) input.value = figure.state.start;
  });
}

/**
 * The name as far as it is written: a cell for each letter, the given ones and the last one marked. @param
 * {Figure<Traits, Data>} figure
 */
function makeWord(figure) {
  const node = h("output", { class: "nn-writer-word", "data-name": "word", "aria-live": "off", translate: "no" });
  return {
    node,
    /** `looks`: the weights on the letters before the last draw. @param {Moment} moment @param {string} start @param {number[]} looks */
    draw({ draws, word, ended, count }, start, looks) {
      const read = draws[count - 1]?.before.length ?? start.length;
      const cells = [...word].map((letter, i) => {
        const weight = i < read ? (looks[looks.length - read + i] ?? 0) : 0;
        return h(
          "span",
          { class: i < start.length ? "nn-given" : count && !ended && i === word.length - 1 ? "nn-last" : null },
          h("b", { text: letter }),
          looks.length ? h("i", { style: { "--weight": weight } }) : null,
        );
      });
      node.replaceChildren(
        ...cells,
        h("span", { class: ended ? "nn-last" : "nn-next" }, h("b", { text: ended ? "•" : "" })),
      );
      set(node, { role: "img", "aria-label": figure.t("so_far", { word }) });
    },
  };
}

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t, data } = figure;
  figure.number = "tyrannosaurus"; // as long as most names in its sentences
  const names = data.names.split(" ");
  const reader = readerOf(data.layers, data.window);
  yield;
  /** @type {Draw[]} */
  let draws = [];
  let key = "";
  const written = () => {
    const { start, temperature, seed } = figure.state;
    const wished = [start, temperature, seed].join();
    if (wished !== key) draws = write(reader, figure.state, data.longest);
    key = wished;
    return draws;
  };
  const bars = makeBars(figure);
  const word = makeWord(figure);
  yield;
  const hesitates = h("p", { "data-name": "hesitates" });
  const looking = h("p", { "data-name": "looks" });
  looking.hidden = !reader.looks;
  const another = figure.player("count", {
    symbol: "n",
    bare: true,
    verb: "another",
    last: () => written().length,
    speed: SPEED,
    begin: () => figure.set({ seed: (figure.state.seed + 1) % (SEEDS + 1), count: 0 }),
  });
  const player = figure.player("count", {
    symbol: "n",
    label: t("player"),
    last: () => written().length,
    speed: SPEED,
    verb: "write",
  });
  figure.show(
    h("div", { class: "nn-writer-top" }, startField(figure, player), another),
    word.node,
    bars.plot.node,
    player,
    figure.slider("temperature", { symbol: "T", label: t("temperature"), format: (T) => fixed(T) }),
    figure.foot,
    figure.presetButtons(),
    looking,
    roomy(hesitates, [t("hesitates", { n: "27.0" })]),
  );

  return (state) => {
    const all = written();
    const count = Math.min(state.count, all.length);
    const made = all.slice(0, count);
    const last = made.at(-1);
    const letters = made.map(({ letter }) => (letter ? LETTERS[letter] : "")).join("");
    const moment = { draws: all, count, word: state.start + letters, ended: last?.letter === 0 };
    const p = last?.p ?? following(reader, state.start, state.temperature);
    const seen = windowOf(reader, last?.before ?? state.start);
    const looks = reader.looks?.(seen) ?? [];
    word.draw(moment, state.start, looks);
    const shares = looks.map((weight, i) => `${seen[i] ? LETTERS[seen[i]] : "•"} ${fixed(weight)}`).join(" · ");
    set(looking, { text: looks.length ? t("looks", { shares }) : "" });
    bars.draw(p, last?.letter ?? null);
    showPhrase(hesitates, t("hesitates", { n: fixed(hesitation(p), 1) }));
    if (count === all.length) judge(figure, moment, names);
    else speak(figure, state, moment, p);
  };
}

/**
 * A finished name: is it one of the names, and which is the nearest? @param {Figure<Traits, Data>} figure @param
 * {Moment} moment @param {string[]} names
 */
function judge(figure, { word, ended }, names) {
  const values = { word, all: names.length, longest: figure.data.longest };
  if (!word) figure.say("say_nothing", values);
  else if (names.includes(word)) figure.say("say_known", values);
  else if (!ended) figure.say("say_stopped", values);
  else {
    const { name, distance } = nearest(word, names);
    figure.say(distance === 1 ? "say_near" : "say_new", { ...values, near: name, distance });
  }
}

/** @param {Figure<Traits, Data>} figure @param {Traits} state @param {Moment} moment @param {number[]} p */
function speak(figure, state, { draws, count }, p) {
  const last = draws[count - 1];
  const [first] = inOrder(p, 1);
  const name = (/** @type {number} */ k) => (k === 0 ? figure.t("end") : LETTERS[k]);
  const values = {
    before: last?.before ?? state.start,
    letter: last ? name(last.letter) : "",
    p: fixed(last ? p[last.letter] : p[first]),
    first: name(first),
    most: fixed(p[first]),
  };
  if (!last) figure.say(state.start ? "say_after" : "say_start", values);
  else if (!last.before) figure.say("say_first", values);
  else if (last.letter === first) figure.say("say_likeliest", values);
  else figure.say("say_drawn", values);
}
