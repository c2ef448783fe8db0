// A recorded training played again: the plane tinted by what the network answers, and the curves of
// loss and accuracy. Nothing is computed here; nnlib recorded it.

import { beside, color, fixed, glyph, h, math, SHAPES, s, set } from "../../../js/src/core/index.js";
import { nameEnds } from "../../../js/src/parts/curve_names.js";
import { outlines, recorded } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Attributes, Build, Interval, Look, PlotOptions, Point, Translate } from "../../../js/src/core/types.js" */

/** @typedef {{run: string, epoch: number}} Traits */
/**
 * As nnlib recorded it: regions are, for each epoch and class, outlines of where the class is ahead, and surely so.
 * @typedef {{points: string[], curves: string[], epochs: string, answers: string[], window: [Interval, Interval],
 *   regions: [string, string][][], best: number}} Recorded
 * @typedef {{runs: Record<string, Recorded>, sure: number, alphabet: string}} Data
 * @typedef {ReturnType<typeof recorded<Recorded>>} Run
 */

const CLASSES = [0, 1, 2];
const SIZE = { train: 4.6, fresh: 3.4 }; // px; half the width of a point

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t } = figure;
  const { sure } = figure.data;
  const runs = Object.fromEntries(Object.entries(figure.data.runs).map(([name, run]) => [name, recorded(run)]));
  const first = Object.values(runs)[0];

  const plane = makePlane(figure, first);
  const curves = makeCurves(figure);
  const table = makeTable(t);

  const names = Object.keys(runs);
  const stops = () => runs[figure.state.run].epochs;
  const lowest = figure.button({
    name: "lowest",
    label: t("lowest"),
    click: () => figure.set({ epoch: runs[figure.state.run].best }),
    pressed: () => figure.state.epoch === runs[figure.state.run].best,
  });

  figure.root.classList.add("nn-replay");
  figure.body.classList.add("nn-larger-first");
  yield;
  figure.show(
    plane.plot.node,
    figure.player("epoch", { symbol: "t", label: t("epoch"), stops, speed: 7 }),
    h(
      "div",
      { class: "nn-presets" },
      names.length > 1
        ? figure.choice("run", { label: t("run"), labels: (name) => t(`run_${name}`), values: names })
        : null,
      lowest,
    ),
    figure.foot,
    beside(curves.plots.map(({ node }) => node)),
    table.node,
  );

  let laidOut = "";

  return (state) => {
    const run = runs[state.run];
    const index = run.epochs.findLastIndex((epoch) => epoch <= state.epoch);
    const now = run.epochs[index];
    const needed = [state.run, plane.plot.width, ...curves.plots.map(({ width }) => width)].join();
    // What changes only with the run and the width.
    if (needed !== laidOut) {
      plane.layOut(run);
      curves.layOut(run);
    }
    laidOut = needed;

    plane.draw(run.regions[index], now);
    curves.draw(run, now);
    const values = run.curves.map((curve) => curve[now]);
    table.show(values);
    speak(figure, run, now, index, values, sure);
  };
}

/**
 * The plane, tinted by what the network answers, with both sets of points.
 * @param {Figure<Traits, Data>} figure @param {Run} first
 */
function makePlane(figure, first) {
  const { alphabet } = figure.data;
  const plot = figure.plot({
    x: first.window[0],
    y: first.window[1],
    xLabel: "x_1",
    yLabel: "x_2",
    ratio: 0.9,
    maxHeight: 380,
    xTicks: 4,
    margin: { right: 26 },
    label: figure.t("plane"),
  });
  const add = (/** @type {Attributes} */ attributes, clip = true) => plot.add(s("path", attributes), { clip });
  const wins = CLASSES.map((k) =>
    add({ fill: color(`class${k}`), "fill-rule": "evenodd", opacity: 0.16, stroke: "none", "data-region": k }),
  );
  const certain = CLASSES.map((k) =>
    add({ fill: color(`class${k}`), "fill-rule": "evenodd", opacity: 0.26, stroke: "none", "data-sure": k }),
  );
  const borders = CLASSES.map(() => add({ fill: "none", stroke: color("muted"), "stroke-width": 1 }));
  const fresh = CLASSES.map((k) =>
    add(
      { fill: color("background"), stroke: color(`class${k}`), "stroke-width": 1.3, "data-points": `new${k}` },
      false,
    ),
  );
  const train = CLASSES.map((k) =>
    add(
      { fill: color(`class${k}`), stroke: color("background"), "stroke-width": 0.8, "data-points": `train${k}` },
      false,
    ),
  );
  const moment = plot.text({ anchor: "end", dy: -8, size: 15, halo: false });
  moment.element.dataset.name = "moment";

  const layOut = (/** @type {Run} */ { window, points }) => {
    plot.domain({ x: window[0], y: window[1] });
    /** @param {SVGElement[]} elements @param {number[][]} all @param {number} r */
    const place = (elements, all, r) =>
      elements.forEach((element, k) => {
        const shapes = all
          .filter((point) => point[2] === k)
          .map(([x, y]) => glyph(SHAPES[k], plot.sx(x), plot.sy(y), r));
        set(element, { d: shapes.join("") });
      });
    place(train, points[0], SIZE.train);
    place(fresh, points[1], SIZE.fresh);
  };
  /** @param {[string, string][]} regions @param {number} now */
  const draw = (regions, now) => {
    const [[x0, x1], [y0, y1]] = [plot.sx.range(), plot.sy.range()];
    const path = (/** @type {string} */ text) =>
      outlines(text, alphabet)
        .map(
          (corners) =>
            `M${corners.map(([x, y]) => `${(x0 + x * (x1 - x0)).toFixed(1)},${(y0 + y * (y1 - y0)).toFixed(1)}`).join("L")}Z`,
        )
        .join("");
    for (const k of CLASSES) {
      const [wide, narrow] = regions[k] ?? ["", ""];
      const d = path(wide);
      set(wins[k], { d });
      set(borders[k], { d });
      set(certain[k], { d: path(narrow) });
    }
    moment.at(plot.sx.domain()[1], plot.sy.domain()[1], `t = ${now}`);
  };
  return { plot, layOut, draw };
}

/** The curves of loss and accuracy, over all epochs; strong as far as the training has come. @param {Figure<Traits, Data>} figure */
function makeCurves(figure) {
  const { t } = figure;
  /** @param {Partial<PlotOptions> & {y: Interval}} options @param {string} shade */
  const curvesOf = (options, shade) => {
    const plot = figure.plot({
      x: [0, 1],
      ratio: 0.4,
      maxHeight: 150,
      yTicks: 3,
      margin: { bottom: 24, top: 26, right: 66 },
      ...options,
    });
    const make = (/** @type {Look} */ more) => plot.path({ color: shade, clip: false, ...more });
    return {
      plot,
      shade,
      now: plot.line({ color: "grid", width: 1.5 }),
      limit: plot.line({ color: "muted", width: 1, dash: "2 3" }),
      ahead: [make({ width: 1.2, opacity: 0.35 }), make({ width: 1.2, opacity: 0.35, dash: "5 4" })],
      past: [make({ width: 2 }), make({ width: 2, dash: "5 4" })],
      names: [plot.text(), plot.text()],
      dots: [plot.dot({ color: shade }), plot.dot({ color: shade, fill: "background", stroke: shade })],
    };
  };
  const loss = curvesOf({ y: [0, 1], yLabel: "L", label: t("loss_plot") }, "loss");
  const accuracy = curvesOf(
    { y: [0, 1], yTicks: [0, 0.5, 1], yLabel: `\\text{${t("accuracy")}}`, xLabel: "t", label: t("accuracy_plot") },
    "ink",
  );
  const best = loss.plot.dot({ color: "loss", shape: "diamond", r: 4 });
  const chance = loss.plot.text({ color: "muted", anchor: "end", dy: -5 });
  const layOut = (/** @type {Run} */ run) => {
    /** @type {[number, number]} */
    const ends = [0, run.curves[0].length - 1];
    const top = Math.max(...run.curves[0], ...run.curves[1]) * 1.05;
    loss.plot.domain({ x: ends, y: [0, top] });
    accuracy.plot.domain({ x: ends });
    [loss, accuracy].forEach(({ ahead, plot, names, shade }, index) => {
      const both = run.curves.slice(2 * index, 2 * index + 2);
      ahead.forEach((path, part) => path.points([...both[part].entries()]));
      const texts = ["train_end", "new_end"].map((key) => `\\c{${shade}}{\\text{${t(key)}}}`);
      nameEnds(
        plot,
        names,
        both.map((curve) => curve[curve.length - 1]),
        texts,
      );
    });
    const knowing = Math.log(run.regions[0].length);
    loss.limit.at(0, knowing, ends[1], knowing);
    chance.at(0.3 * ends[1], knowing, `\\ln ${run.regions[0].length}`);
    best.at(run.best, run.curves[1][run.best]);
  };
  /** @param {Run} run @param {number} now */
  const draw = (run, now) =>
    [loss, accuracy].forEach((curves, which) =>
      [0, 1].forEach((part) => {
        const values = run.curves[2 * which + part];
        curves.past[part].points([...values.slice(0, now + 1).entries()]);
        curves.dots[part].at(now, values[now]);
        if (part === 0) curves.now.at(now, 0, now, curves.plot.sy.domain()[1]);
      }),
    );
  return { plots: [loss.plot, accuracy.plot], layOut, draw };
}

/** Loss and accuracy of both sets at the present epoch. @param {Translate} t */
function makeTable(t) {
  const make = (/** @type {string} */ name) => h("td", { "data-name": name });
  const cells = {
    loss: make("loss"),
    newLoss: make("new_loss"),
    accuracy: make("accuracy"),
    newAccuracy: make("new_accuracy"),
  };
  /** @param {boolean} dash @param {string} words */
  const key = (dash, words) =>
    h("th", { scope: "row" }, h("span", { class: dash ? "nn-key nn-dashed" : "nn-key" }), dash ? "○ " : "● ", words);
  const node = h(
    "table",
    { class: "nn-table", "aria-label": t("table") },
    h("thead", {}, h("tr", {}, h("td"), h("th", {}, math("L")), h("th", { text: t("accuracy") }))),
    h(
      "tbody",
      {},
      h("tr", {}, key(false, t("train")), cells.loss, cells.accuracy),
      h("tr", {}, key(true, t("new")), cells.newLoss, cells.newAccuracy),
    ),
  );
  const show = (/** @type {number[]} */ values) =>
    [cells.loss, cells.newLoss, cells.accuracy, cells.newAccuracy].forEach((cell, which) => {
      set(cell, { text: fixed(values[which], 3) });
    });
  return { node, show };
}

/**
 * @param {Figure<Traits, Data>} figure @param {Run} run @param {number} t @param {number} index @param {number[]} values
 * @param {number} sure
 */
function speak(figure, run, t, index, [loss, newLoss, accuracy, newAccuracy], sure) {
  const classes = run.regions[index].length;
  const [n, m] = run.points.map((points) => points.length);
  const right = `${Math.round(accuracy * n)} / ${n}`;
  const newRight = `${Math.round(newAccuracy * m)} / ${m}`;
  const numbers = {
    t,
    loss: fixed(loss, 3),
    newLoss: fixed(newLoss, 3),
    right,
    newRight,
    knowing: fixed(Math.log(classes), 3),
    sure,
  };
  const low = run.curves[1][run.best];
  const count = Math.min(...run.answers[index]);
  const all = n + m;
  if (t === 0) figure.say(loss > Math.log(classes) ? "say_start_worse" : "say_start", numbers);
  else if (t >= 5 && count < 0.05 * all)
    figure.say("say_absent", { ...numbers, k: run.answers[index].indexOf(count), count, all });
  else if (t > run.best && newLoss > 1.2 * low)
    figure.say("say_overfit", { ...numbers, best: run.best, low: fixed(low, 3) });
  else if (t === run.best) figure.say("say_lowest", numbers);
  else figure.say("say_learning", numbers);
}
