// The course of a training of the dosage network along a logarithmic axis of time: when which lamp was lit, and the SSR.

import { color, set } from "../core/index.js";
import { isDark } from "../math/dead_neurons.js";

/** @import { Figure } from "../core/figure.js" */
/** @import { Plot } from "../core/plot.js" */
/** @import { Training } from "../math/dead_neurons.js" */

const FLOOR = 1e-5; // of the plot of the SSR
const LOST = 2 / 3; // the SSR of a network that gives the same for every dosage
const TIME = { xLog: true, x: /** @type {[number, number]} */ ([0.72, 2001]) };
const MARGIN = { left: 42, right: 18 };

/**
 * Moments enough for the picture: all at first, then a few for each pixel of the logarithmic axis.
 * @param {number} last
 */
export function sampled(last) {
  const times = [];
  for (let t = 0; t <= last; t += Math.max(1, Math.floor(t / 120))) times.push(t);
  return times;
}

/**
 * From where to where something holds, on an axis where step t fills the place around t + 1.
 * @param {number[]} times @param {(step: number) => unknown} holds
 */
function stretches(times, holds) {
  /** @type {[number, number][]} */
  const found = [];
  /** @type {number | null} */
  let from = null;
  for (const step of times) {
    if (holds(step) && from === null) from = step + 0.7;
    if (!holds(step) && from !== null) {
      found.push([from, step + 0.7]);
      from = null;
    }
  }
  if (from !== null) found.push([from, times[times.length - 1] + 1.7]);
  return found;
}

/**
 * What comes after a moment is pale.
 * @param {Plot} plot @param {ReturnType<Plot["rect"]>} future @param {ReturnType<Plot["line"]>} cursor
 * @param {number} step
 */
function showMoment(plot, future, cursor, step) {
  const [low, high] = plot.sy.domain();
  future.at(step + 1, low, plot.sx.domain()[1], high);
  cursor.at(step + 1, low, step + 1, high);
}

/**
 * @param {Figure} figure
 * @param {{last: () => number, text: (ssr: number) => string}} options the last step of the run; an SSR as it is read aloud
 */
export function makeCourse(figure, options) {
  const film = makeFilm(figure);
  const descent = makeDescent(figure, options);
  const plots = [film.plot, descent.plot];
  let drawn = "";
  /** @type {Training | null} */
  let drawnRun = null;
  return {
    nodes: plots.map(({ node }) => node),
    /** @param {Training} run @param {number} step @param {number} ssr @param {boolean} isRelu */
    draw(run, step, ssr, isRelu) {
      for (const plot of plots) plot.domain({ x: [0.72, 1.3 * (run.last + 1)] });
      const place = plots.map(({ width }) => width).join();
      if (run !== drawnRun || place !== drawn) {
        // What the run looks like as a whole; only when there is another run or another width.
        [drawnRun, drawn] = [run, place];
        const times = sampled(run.last);
        film.drawRun(run, times, isRelu);
        descent.drawRun(run, times);
      }
      film.draw(step);
      descent.draw(step, ssr);
    },
  };
}

/** Six lamps, two nodes on three points; shaded where a node is dark on all of them. @param {Figure} figure */
function makeFilm(figure) {
  const plot = figure.plot({
    ...TIME,
    margin: { ...MARGIN, top: 2, bottom: 4 },
    y: [6.5, -0.9],
    axes: false,
    ratio: 0.24,
    maxHeight: 78,
    label: figure.t("plot_film"),
  });
  const shades = [0, 1].map(() => plot.path({ color: "none", fill: "loss", opacity: 0.16 }));
  const lights = Array.from({ length: 6 }, () => plot.path({ color: "activation", width: 6 }));
  for (const { element } of lights) set(element, { "stroke-linecap": "butt" });
  const names = [0, 1].map(() => plot.text({ color: "activation", anchor: "end", dx: -8, dy: 5, size: 15 }));
  const future = plot.rect({ fill: "background", opacity: 0.62 });
  const cursor = plot.line({ color: "ink", width: 1 });
  return {
    plot,
    /** @param {Training} run @param {number[]} times @param {boolean} isRelu */
    drawRun(run, times, isRelu) {
      lights.forEach((light, at) => {
        const y = at + 0.6 * Math.floor(at / 3);
        const lit = stretches(times, (step) => (run.lit[step] >> at) & 1);
        light.points(
          lit.flatMap(
            ([from, to]) =>
              /** @type {[number, number][]} */ ([
                [from, y],
                [to, y],
                [to, NaN],
              ]),
          ),
        );
      });
      shades.forEach((shade, k) => {
        const [top, bottom] = [plot.sy(3.6 * k - 0.6), plot.sy(3.6 * k + 2.6)];
        const boxes = stretches(times, (step) => isDark(run.lit[step], k)).map(([from, to]) => [
          plot.sx(from),
          plot.sx(to),
        ]);
        shade.d(boxes.map(([from, to]) => `M${from},${top}H${to}V${bottom}H${from}Z`).join(""));
        set(shade.element, { fill: color(isRelu ? "loss" : "muted") });
      });
    },
    /** @param {number} step */
    draw(step) {
      names.forEach((name, k) => name.at(0.72, 3.6 * k + 1, `z_${k + 1}`));
      showMoment(plot, future, cursor, step);
    },
  };
}

/** The SSR, with a handle on the moment. @param {Figure} figure @param {Parameters<typeof makeCourse>[1]} options */
function makeDescent(figure, { last, text }) {
  const plot = figure.plot({
    ...TIME,
    margin: MARGIN,
    y: [FLOOR, 20],
    yLog: true,
    xLabel: "t",
    yLabel: "\\text{SSR}",
    ratio: 0.32,
    maxHeight: 110,
    label: figure.t("plot_loss"),
    xTicks: [1, 2, 11, 101, 1001],
    xFormat: (value) => String(value - 1),
    yTicks: [1e-4, 1e-2, 1],
    yFormat: (value) => (value === 1 ? "1" : `10^{${Math.round(Math.log10(value))}}`),
  });
  const lost = plot.line({ color: "muted", width: 1, dash: "1 4" });
  const curve = plot.path({ color: "loss", width: 2.2 });
  const future = plot.rect({ fill: "background", opacity: 0.62 });
  const lostName = plot.text({ color: "muted", anchor: "end", dy: -5 });
  const cursor = plot.line({ color: "ink", width: 1 });
  const grip = plot.handle({
    name: "moment",
    label: figure.t("moment"),
    color: "loss",
    step: [1, 0],
    limits: () => ({ min: 1, max: last() + 1 }),
    move: (x) => figure.set({ step: Math.max(0, Math.min(last(), Math.round(x) - 1)) }),
  });
  return {
    plot,
    /** @param {Training} run @param {number[]} times */
    drawRun: (run, times) => curve.points(times.map((step) => [step + 1, Math.max(run.ssr[step], 1e-30)])),
    /** @param {number} step @param {number} ssr */
    draw(step, ssr) {
      const [, end] = plot.sx.domain();
      showMoment(plot, future, cursor, step);
      lost.at(0.72, LOST, end, LOST);
      lostName.at(end, LOST, "2/3");
      grip.at(step + 1, Math.max(FLOOR, Math.min(20, ssr)), { text: `t = ${step}, SSR = ${text(ssr)}` });
    },
  };
}
