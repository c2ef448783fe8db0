// A digit, drawn or stored, on every step of its way through the network that reads it.

import { bracketed, fixed, h, moreAtTimes, room, roomy, set } from "../../../js/src/core/index.js";
import { blocks, cells, ink, picture } from "./dots.js";
import { drawingPad } from "./drawing_pad.js";
import {
  boundingBox,
  countBlocks,
  draw,
  enlarge,
  frame,
  fromRows,
  move,
  prepare,
  reduce,
  SIDE,
} from "./math/bitmaps.js";
import { makeReaders, versus } from "./readers.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Child, Point } from "../../../js/src/core/types.js" */
/** @import { Bitmap, Box } from "./math/bitmaps.js" */
/** @import { Stored } from "./math/convolution.js" */
/** @import { Layer } from "../../../js/src/math/types.js" */

/** @typedef {{strokes: Point[][], digit: number | "none", right: number, down: number, pen: number}} Drawn */
/** @typedef {Drawn & {prepared: boolean, view: string, reader: "dense" | "convolution", hand: string}} Traits */
/** @typedef {{layers: Layer[], stored: number[][], convolution?: Stored[]}} Data */
/** @typedef {import("./math/reader.js").Answer} Answer */

const FULL = 16;
const SURE = 0.9;
const DIGITS = Array.from({ length: 10 }, (_, k) => k);

/** A picture with a title above it; of several titles `title` shows one. @param {string[]} titles @param {Node} svg */
function step(titles, svg) {
  const shown = h("span", { text: titles[0] });
  const node = h(
    "figure",
    { class: "nn-pad-step" },
    h("figcaption", { "aria-hidden": "true" }, roomy(shown, titles)),
    svg,
  );
  return {
    node,
    title: (/** @type {string} */ text) => {
      set(shown, { text });
    },
  };
}

/** @param {Figure<Traits, Data>} figure */
function probabilities(figure) {
  const plot = figure.plot({
    x: [-0.6, 9.6],
    y: [0, 1],
    yTicks: [0, 0.5, 1],
    xTicks: DIGITS,
    xFormat: String,
    yLabel: "p",
    ratio: 0.42,
    maxHeight: 150,
    margin: { top: 30, right: 8 },
    label: figure.t("probabilities"),
  });
  const bars = DIGITS.map(() => plot.rect({ fill: "ink" }));
  const texts = DIGITS.map(() => plot.text({ anchor: "middle", dy: -5 }));
  texts.forEach((text, k) => text.element.setAttribute("data-name", `p${k}`));
  return {
    node: plot.node,
    /** @param {number[]} p @param {number} first */
    show: (p, first) => {
      plot.describe(p.map((value, k) => `${k}: ${fixed(value)}`).join(", "));
      bars.forEach((bar, k) => {
        bar.at(k - 0.36, 0, k + 0.36, p[k]);
        set(bar.element, { opacity: k === first ? 1 : 0.55 });
        if (p[k] >= 0.005) texts[k].at(k, p[k], fixed(p[k]));
        else texts[k].hide();
      });
    },
  };
}

/** @param {Figure<Traits, Data>} figure @param {number} count */
function hidden(figure, count) {
  const plot = figure.plot({
    x: [-0.5, count - 0.5],
    y: [0, 4],
    xTicks: [],
    yTicks: 3,
    yLabel: "a",
    ratio: 0.3,
    maxHeight: 90,
    margin: { top: 22, right: 8, bottom: 8 },
    label: figure.t("hidden", { count }),
  });
  const bars = Array.from({ length: count }, () => plot.rect({ fill: "activation", opacity: 0.8 }));
  return {
    node: plot.node,
    show: (/** @type {number[]} */ a) => {
      plot.domain({ y: [0, Math.max(4, Math.ceil(Math.max(...a)))] });
      bars.forEach((bar, j) => bar.at(j - 0.38, 0, j + 0.38, a[j]));
    },
  };
}

/**
 * The pad, and beside it what is read.
 * @param {Figure<Traits, Data>} figure @param {ReturnType<typeof drawingPad>} pad
 * @param {{prepared: Child, hand: Child, readers: Child, bars: Child}} parts
 */
const makeTop = (figure, pad, { prepared, hand, readers, bars }) =>
  h(
    "div",
    { class: "nn-pad-top" },
    h(
      "div",
      { class: "nn-pad-left" },
      pad.node,
      h(
        "div",
        { class: "nn-pad-buttons" },
        hand,
        figure.button({ name: "erase", label: figure.t("erase"), click: pad.erase }),
        prepared,
      ),
    ),
    h(
      "div",
      { class: "nn-pad-right" },
      readers,
      bars,
      figure.choice("digit", { label: figure.t("stored"), labels: String, values: DIGITS }),
    ),
  );

/**
 * The four pictures from the ink to what speaks for the answer.
 * @param {Figure<Traits, Data>} figure
 */
function fourSteps({ t }) {
  const pictures = {
    stretched: picture("stretched", SIDE, t("stretched")),
    counted: picture("counted", SIDE, t("evened")),
    counts: picture("counts", 8, t("counted")),
    evidence: picture("evidence", 8, t("evidence_picture")),
  };
  const stretched = ink(pictures.stretched);
  const counted = ink(pictures.counted);
  blocks(pictures.counted, SIDE, 4);
  const counts = cells(pictures.counts, 8, true);
  const evidence = cells(pictures.evidence, 8, false);
  const steps = {
    stretched: step([t("stretched")], pictures.stretched),
    counted: step([t("evened"), t("middle")], pictures.counted),
    counts: step([t("counted")], pictures.counts),
    evidence: step([t("evidence", { first: 0, second: 0 })], pictures.evidence),
  };

  /** @param {{stretched: Bitmap | null, prepared: Bitmap}} made @param {number[]} x @param {Answer} said */
  function show(made, x, { each, first, second }) {
    steps.stretched.node.hidden = !made.stretched;
    steps.counted.title(t(made.stretched ? "evened" : "middle"));
    if (made.stretched) stretched(made.stretched);
    counted(made.prepared);
    counts.show((i) => ({
      fill: "var(--nn-ink)",
      opacity: x[i] / FULL,
      value: x[i] ? String(x[i]) : "",
      pale: x[i] > FULL / 2,
    }));
    const most = Math.max(1e-9, ...each.map(Math.abs));
    evidence.show((i) => ({
      fill: `var(--nn-${each[i] < 0 ? "negative" : "positive"})`,
      opacity: Math.abs(each[i]) / most,
    }));
    steps.evidence.title(t("evidence", { first, second }));
  }
  const node = h(
    "div",
    { class: "nn-pad-steps" },
    Object.values(steps).map((one) => one.node),
  );
  return { node, show };
}

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t } = figure;
  figure.number = "0.00";
  const stored = figure.data.stored.map((rows) => enlarge(fromRows(rows)));
  const pad = drawingPad(figure, { label: t("pad"), hint: t("draw_here"), moves: t("move_here") });
  const readers = makeReaders(figure);
  yield;
  const p = probabilities(figure);
  const last = readers.counts.map((count, k) => {
    const { node, show } = hidden(figure, count);
    return { ...step([t(k ? "pooled" : "hidden", { count })], node), show };
  });
  yield;
  const steps = fourSteps(figure);
  const pen = figure.slider("pen", { symbol: `\\text{${t("pen")}}` });
  const dots = (/** @type {string} */ name) => figure.slider(name, { symbol: `\\text{${t(name)}}`, color: "input" });
  yield;
  const ways = [figure.presetButtons(), steps.node];
  const prepared = figure.toggle("prepared", { label: t("prepared") });
  const hand = figure.data.convolution
    ? figure.choice("hand", { name: t("hand"), labels: (name) => t(`hand_${name}`) })
    : null;
  figure.show(makeTop(figure, pad, { prepared, hand, readers: readers.node, bars: p.node }), figure.foot, ...ways);
  yield;
  const lead = figure.readout("lead");
  const fold = moreAtTimes(
    figure,
    figure.panel(dots("right"), dots("down"), room(pen)),
    room(...last.map(({ node }) => node)),
    step([t("lead")], lead).node,
  );

  return function* (state) {
    const compact = state.view === "compact";
    set(figure.root, { "data-view": state.view });
    prepared.hidden = compact;
    for (const way of ways) way.hidden = compact;
    fold.show(!compact);
    const drawn = state.digit === "none";
    const bitmap = state.digit === "none" ? draw(state.strokes, state.pen) : stored[state.digit];
    const scan = move(bitmap, state.right, state.down);
    const box = boundingBox(scan);
    const made = state.prepared ? prepare(scan) : { stretched: null, prepared: reduce(scan) };
    const x = countBlocks(made.prepared);
    const answers = readers.read(x);
    const which = Number(state.reader === "convolution" && answers.convolution !== undefined);
    const said = (which && answers.convolution) || answers.dense;
    pad.show(scan, state.prepared && box ? frame(scan, box) : null);
    yield;
    if (!compact) steps.show(made, x, said);
    yield;
    readers.show(answers, state.reader);
    p.show(said.p, said.first);
    if (fold.isOpen()) {
      last.forEach(({ node }, k) => {
        node.hidden = k !== which;
      });
      last[which].show(said.hidden);
      lead.show(account(said));
    }
    pen.hidden = !drawn;
    if (box && answers.convolution) {
      const { key, values } = versus(state.digit, answers.dense, answers.convolution);
      figure.say(key, values);
    } else speak(figure, state, box, said);
  };
}

/** @param {number[]} values @param {number} sign */
const total = (values, sign) => values.reduce((sum, value) => sum + (value * sign > 0 ? value : 0), 0);

/** What the lead is made of: ink for the answer, ink for the next one, and the biases. @param {Answer} said */
function account({ first, second, each, constant, lead }) {
  const [pro, con, rest] = [total(each, 1), -total(each, -1), constant].map((number) => fixed(number, 1));
  const parts = `\\c{positive}{${pro}} - \\c{negative}{${con}} + ${bracketed(rest)}`;
  return `z_${first} - z_${second} = ${parts} = ${fixed(lead, 1)}`;
}

/** @param {Figure<Traits, Data>} figure @param {Traits} state @param {Box | null} box @param {Answer} said */
function speak(figure, state, box, { p, first, second }) {
  const values = {
    first,
    second,
    p: fixed(p[first]),
    q: fixed(p[second]),
    digit: state.digit,
  };
  const compact = state.view === "compact"; // no pixels in blue and orange
  if (!box) figure.say("blank", values);
  else if (state.digit !== "none" && state.digit !== first)
    figure.say(state.prepared ? "misread" : "misread_unprepared", values);
  else if (p[first] < SURE) figure.say(compact ? "doubt_compact" : "doubt", values);
  else if (state.digit === "none") figure.say("sure_drawn", values);
  else figure.say(compact ? "sure_compact" : "sure", values);
}
