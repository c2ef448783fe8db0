// 27 letters in the plane, while a network learns which letter follows: where they go, and what lies near what.

import { beside, color, fixed, h, roomy, set } from "../../../js/src/core/index.js";
import { isVowel, LETTERS, neighbors, setsOf, training, vowelPairs } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build, Point } from "../../../js/src/core/types.js" */
/** @import { How } from "./math.js" */

/** @typedef {{step: number, seed: number, letter: string}} Traits */
/** @typedef {How & {names: string}} Data */
/** @typedef {ReturnType<typeof training>} Run */

const SPEED = 200; // steps a second
const NEAR = 3; // letters that are named
const SEEDS = 100;
const REACHES = [1, 1.5, 2, 3, 4, 5, 6, 8]; // of the plane to either side
const KNOWING_NOTHING = Math.log(LETTERS.length);

/** How a letter is shown: the dot would be too small. @param {number} k */
const shown = (k) => (k === 0 ? "•" : LETTERS[k]);

/** The letters, the way of the chosen one, and lines to its neighbors. @param {Figure<Traits, Data>} figure */
function makePlane(figure) {
  const plot = figure.plot({
    x: [-1, 1],
    y: [-1, 1],
    xTicks: 3,
    yTicks: 3,
    equal: true,
    zero: true,
    maxHeight: 330,
    margin: { top: 12, right: 16, left: 34 },
    label: figure.t("plane"),
  });
  const way = plot.path({ color: "muted", width: 1.2, opacity: 0.8 });
  const ties = Array.from({ length: NEAR }, () => plot.line({ color: "weight", width: 1.6 }));
  const rings = [...LETTERS].map((_, k) =>
    isVowel(k) ? plot.dot({ color: "class0", fill: "none", stroke: "class0", r: 11, width: 1.2 }) : null,
  );
  const chosen = plot.dot({ color: "ink", fill: "none", stroke: "ink", r: 13, width: 2.2 });
  const names = [...LETTERS].map((_, k) =>
    plot.text({ anchor: "middle", dy: 6, size: 18, color: isVowel(k) ? "class0" : "ink" }),
  );
  const top = plot.text({ anchor: "middle", dy: 6, size: 19 }); // what is chosen lies on no other
  /** @type {Float64Array | null} */
  let points = null;
  plot.svg.classList.add("nn-tappable");
  set(plot.svg, {
    click: (event) => {
      if (!points) return;
      const [x, y] = plot.under(event);
      const at = points;
      const far = [...LETTERS].map((_, k) => Math.hypot(at[2 * k] - x, at[2 * k + 1] - y));
      figure.set({ letter: LETTERS[far.indexOf(Math.min(...far))] });
    },
  });
  return {
    plot,
    /** @param {Run} run @param {number} step @param {number} here @param {{letter: number}[]} near */
    draw(run, step, here, near) {
      const now = run.points(step);
      points = now;
      const farthest = Math.max(...now.map(Math.abs));
      const reach = REACHES.find((size) => size > 1.08 * farthest) ?? 1.08 * farthest;
      plot.domain({ x: [-reach, reach], y: [-reach, reach] });
      const every = Math.max(1, Math.floor(step / 300));
      /** @type {Point[]} */
      const trail = [];
      for (let t = 0; t <= step; t += every) trail.push([run.points(t)[2 * here], run.points(t)[2 * here + 1]]);
      way.points([...trail, [now[2 * here], now[2 * here + 1]]]);
      const place = (/** @type {number} */ k) => /** @type {Point} */ ([now[2 * k], now[2 * k + 1]]);
      ties.forEach((tie, i) => tie.at(...place(here), ...place(near[i].letter)));
      chosen.at(...place(here));
      names.forEach((name, k) => {
        name.at(...place(k), `\\text{${shown(k)}}`);
        rings[k]?.at(...place(k));
      });
      top.at(...place(here), `\\text{${shown(here)}}`, { color: isVowel(here) ? "class0" : "ink" });
    },
  };
}

/** The loss on the names kept aside, up to now. @param {Figure<Traits, Data>} figure */
function makeLoss(figure) {
  const last = figure.controls.step.max;
  const plot = figure.plot({
    x: [0, last],
    y: [1.7, 3.9],
    xLabel: "t",
    yLabel: "L",
    xTicks: [0, last / 2, last],
    yTicks: [2, 3],
    ratio: 0.62,
    maxHeight: 170,
    margin: { right: 26 },
    label: figure.t("loss_plot"),
  });
  const nothing = plot.line({ color: "muted", width: 1, dash: "2 3" });
  const name = plot.text({ color: "muted", anchor: "end", dy: -5 });
  const curve = plot.path({ color: "loss", width: 2 });
  const now = plot.dot({ color: "loss" });
  return {
    plot,
    /** @param {number[]} losses */
    draw(losses) {
      const { every } = figure.data;
      nothing.at(0, KNOWING_NOTHING, last, KNOWING_NOTHING);
      name.at(last, KNOWING_NOTHING, `\\ln ${LETTERS.length}`);
      curve.points(losses.map((loss, i) => [i * every, loss]));
      now.at((losses.length - 1) * every, losses[losses.length - 1]);
    },
  };
}

/** @type {Build<Traits, Data>} */
export default function* build(figure) {
  const { t, data } = figure;
  figure.number = "0.00";
  const sets = setsOf(data.names.split(" "), data);
  yield;
  let seed = -1;
  /** @type {Run} */
  let run;
  const current = () => {
    if (figure.state.seed !== seed) run = training(figure.state.seed, sets, data);
    seed = figure.state.seed;
    return run;
  };
  const plane = makePlane(figure);
  yield;
  const loss = makeLoss(figure);
  const vowels = h("p", { "data-name": "vowels" });
  const key = h("p", { class: "nn-embedding-key" }, h("span", { style: { "--c": color("class0") } }), t("key"));
  const letter = figure.slider("letter", {
    symbol: `\\text{${t("chosen")}}`,
    limits: { min: 0, max: LETTERS.length - 1, step: 1, scale: "linear" },
    get: () => LETTERS.indexOf(figure.state.letter),
    put: (k) => figure.set({ letter: LETTERS[k] }),
    format: (k) => `\\text{${shown(k)}}`,
  });
  const another = figure.button({
    name: "another",
    label: t("another"),
    click: () => figure.set({ seed: (figure.state.seed + 1) % SEEDS }),
  });
  figure.body.classList.add("nn-larger-first");
  figure.show(
    plane.plot.node,
    figure.player("step", { symbol: "t", label: t("steps"), speed: SPEED, verb: "train" }),
    figure.panel(letter, another),
    figure.foot,
    beside(loss.plot.node, key, roomy(vowels, [t("vowels", { pairs: 5 })])),
  );

  return (state) => {
    const [going, here] = [current(), LETTERS.indexOf(state.letter)];
    const points = going.points(state.step);
    const near = neighbors(points, here).slice(0, NEAR);
    plane.draw(going, state.step, here, near);
    const losses = going.losses(state.step);
    loss.draw(losses);
    set(vowels, { text: t("vowels", { pairs: vowelPairs(points) }) });
    speak(figure, state, losses[losses.length - 1], here, near);
  };
}

/**
 * @param {Figure<Traits, Data>} figure @param {Traits} state @param {number} loss
 * @param {number} here @param {{letter: number, distance: number}[]} near
 */
function speak(figure, { step }, loss, here, near) {
  const named = (/** @type {number} */ k) => (k === 0 ? figure.t("end") : LETTERS[k]);
  /** @param {{letter: number, distance: number}} neighbor @param {number} i @returns {[string, string][]} */
  const labeled = ({ letter, distance }, i) => [
    [`letter${i + 1}`, named(letter)],
    [`distance${i + 1}`, fixed(distance)],
  ];
  const values = {
    t: step,
    here: named(here),
    loss: fixed(loss),
    n: fixed(Math.exp(loss), 1),
    near: figure.t("near", Object.fromEntries(near.flatMap(labeled))),
  };
  figure.say(step === 0 ? "say_start" : "say_training", values);
}
