// Two ways to train, compared on splits that the reader draws: the differences, their mean, its interval.

import { fixed, glyph } from "../../../js/src/core/index.js";
import { average, estimate, piled, possible, taken } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Plot } from "../../../js/src/core/plot.js" */
/** @import { Build, Interval } from "../../../js/src/core/types.js" */
/** @import { Estimate } from "./math.js" */

/** @typedef {"loss" | "layer" | "width"} Comparison */
/** @typedef {{comparison: Comparison, splits: number, drawn: number}} Traits */
/** @typedef {{counts: Record<Comparison, string>, test: number}} Data counts of flowers, of the so many of a test set */

/** What there is room for: of single differences, and of means. @type {Record<Comparison, [Interval, Interval]>} */
const VIEWS = {
  loss: [
    [-0.1, 0.1],
    [-0.04, 0.04],
  ],
  layer: [
    [-0.1, 0.1],
    [-0.04, 0.04],
  ],
  width: [
    [-0.1, 0.8],
    [-0.1, 0.4],
  ],
};
const SPEED = 2; // draws a second
const TICKS = 4;

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t, controls, data } = figure;
  const most = controls.drawn.max;
  const counts = Object.fromEntries(
    Object.entries(data.counts).map(([name, text]) => [name, text.split(" ").map(Number)]),
  );
  const pile = makePile(figure);
  const rows = makeRows(figure, most);
  yield;
  const last = () => possible(counts[figure.state.comparison].length, figure.state.splits, most);
  const [mean, error] = ["mean", "error"].map((name) => figure.readout(name));
  figure.show(
    figure.choice("comparison", {
      name: t("comparison"),
      labels: { loss: t("loss"), layer: t("layer"), width: t("width") },
    }),
    figure.row(pile.plot, rows.plot),
    figure.foot,
    figure.row(mean, error),
    figure.panel(figure.slider("splits", { symbol: "n", label: t("splits") })),
    figure.player("drawn", {
      symbol: "\\text{#}",
      name: t("drawn"),
      label: t("drawn"),
      stops: () => Array.from({ length: last() }, (_, at) => at + 1),
      speed: SPEED,
      verb: "draw",
    }),
  );

  return (state) => {
    const time = Math.min(state.drawn, last());
    const all = counts[state.comparison].map((count) => count / data.test);
    const found = Array.from({ length: time }, (_, at) => estimate(taken(all, state.splits, at + 1)));
    const [now, truth] = [found[time - 1], average(all)];
    pile.draw(state, taken(counts[state.comparison], state.splits, time), now);
    rows.draw(state, found, truth);
    mean.show(`\\text{${t("mean")}} = \\c{prediction}{${fixed(now.mean, 3)}}`);
    error.show(`s = ${fixed(now.sd, 3)}, \\,\\text{${t("error")}} = ${fixed(now.error, 3)}`);
    speak(figure, state, found, truth);
  };
}

/** The differences of the last splits, piled up, with their mean. @param {Figure<Traits, Data>} figure */
function makePile(figure) {
  const plot = figure.plot({
    x: [0, 1],
    y: [0, 10],
    yTicks: [],
    xTicks: TICKS,
    xLabel: "d",
    ratio: 0.5,
    margin: { left: 18, right: 48 },
    label: figure.t("differences"),
  });
  const zero = plot.line({ color: "muted", width: 1 });
  const band = plot.rect({ fill: "prediction", opacity: 0.22 });
  const middle = plot.line({ color: "prediction", width: 2 });
  const dots = plot.path({ color: "background", width: 1, fill: "prediction", clip: false });

  /** @param {Traits} state @param {number[]} counts @param {Estimate} now */
  function draw({ comparison, splits }, counts, { mean, low, high }) {
    const { places, tallest } = piled(counts);
    const top = Math.max(10, splits / 2.5, tallest + 1);
    plot.domain({ x: VIEWS[comparison][0], y: [0, top] });
    zero.at(0, 0, 0, top);
    band.at(low, 0, high, top);
    middle.at(mean, 0, mean, top);
    const r = Math.max(1.5, Math.min(4.5, (plot.sy(0) - plot.sy(1)) / 2));
    const at = (/** @type {[number, number]} */ [count, height]) =>
      glyph("circle", plot.sx(count / figure.data.test), plot.sy(height - 0.5), r);
    dots.d(places.map(at).join(""));
    plot.describe(`n = ${splits}; d: ${fixed(low, 3)} … ${fixed(high, 3)}`);
  }
  return { plot, draw };
}

/** An interval for each time that splits were drawn. @param {Figure<Traits, Data>} figure @param {number} most */
function makeRows(figure, most) {
  const plot = figure.plot({
    x: [0, 1],
    y: [most + 1, 0],
    yTicks: [],
    xTicks: TICKS,
    xLabel: `\\text{${figure.t("mean")}}`,
    ratio: 0.5,
    margin: { left: 18, right: 48 },
    label: figure.t("intervals"),
  });
  const zero = plot.line({ color: "muted", width: 1 });
  const all = plot.line({ color: "target", width: 1.5, dash: "5 4" });
  const name = plot.text({ color: "target", dx: 7, dy: -7 });
  const lines = Array.from({ length: most }, () => plot.line({ width: 2.5 }));
  const means = lines.map(() => plot.dot({ color: "ink", r: 3.5 }));

  /** @param {Traits} state @param {Estimate[]} found @param {number} truth */
  function draw({ comparison }, found, truth) {
    plot.domain({ x: VIEWS[comparison][1], y: [most + 1, 0] });
    zero.at(0, 0, 0, most + 1);
    all.at(truth, 0, truth, most + 1);
    name.at(truth, most + 1, `\\text{${figure.t("all_splits")}}`);
    lines.forEach((line, at) => {
      const one = found[at];
      if (!one) {
        line.hide();
        means[at].hide();
        return;
      }
      const inside = holds(one, truth);
      line.style({ color: inside ? "prediction" : "loss", width: 2.5, dash: inside ? null : "3 3" });
      line.at(one.low, at + 1, one.high, at + 1);
      means[at].at(one.mean, at + 1);
    });
    plot.describe(found.map(({ low, high }) => `${fixed(low, 3)} … ${fixed(high, 3)}`).join("; "));
  }
  return { plot, draw };
}

/** @param {Estimate} one @param {number} value */
const holds = ({ low, high }, value) => low <= value && value <= high;

/** @param {Figure<Traits, Data>} figure @param {Traits} state @param {Estimate[]} found @param {number} truth */
function speak(figure, { comparison, splits }, found, truth) {
  const now = found[found.length - 1];
  const inside = found.filter((one) => holds(one, truth)).length;
  const values = {
    splits,
    low: fixed(now.low, 4),
    high: fixed(now.high, 4),
    times: found.length,
    inside,
    all: fixed(truth, 3),
    better: figure.t(`${comparison}_${now.mean > 0 ? "first" : "second"}`),
  };
  const said = holds(now, 0) ? "undecided" : now.mean > 0 ? "first" : "second";
  figure.say(found.length > 1 ? `${said}_again` : said, values);
}
