// Play, pause, one step, and from the beginning. The page trains as many steps between two frames
// as the reader wants and the processor allows.

import { fixed, h, set } from "../../../js/src/core/index.js";

import { pick } from "./pick.js";

/** @import { Attributes } from "../../../js/src/core/types.js" */
/** @import { Run } from "./math/run.js" */
/** @import { Playground } from "./types.js" */

/** Steps. @type {Record<string, number>} */
const PER_SECOND = { slow: 5, medium: 100, fast: Infinity };
const BUDGET = 4; // ms of each frame for training

/**
 * @param {Playground} figure
 * @param {() => Run} runOf
 * @param {() => void} paint bring only the pictures up to date
 */
export function makePlayer(figure, runOf, paint) {
  const { t } = figure;
  const { max: last } = figure.controls.step;
  let speed = "medium";
  let reached = 1; // the furthest step of this run: so far one can go back and forth
  const isComplete = () => runOf().step >= last;
  const isStuck = () => runOf().diverged !== null || runOf().train.n === 0;
  const over = () => isComplete() || isStuck();

  const clock = clockOf(figure, {
    speed: () => PER_SECOND[speed],
    train: (steps) => runOf().advance(Math.min(last, runOf().step + steps)),
    paint,
    isBehind: () => figure.state.step !== runOf().step,
    settle: () => figure.set({ step: runOf().step }),
    over,
  });
  /** @param {string} name @param {Attributes} attributes @param {() => void} click */
  const button = (name, attributes, click) =>
    h("button", { type: "button", class: "nn-button", "data-name": name, ...attributes, click });
  const playButton = button("play", { class: "nn-button nn-play nn-pg-play" }, () => {
    if (clock.playing()) return clock.pause();
    if (isComplete()) figure.set({ step: 0 });
    clock.play();
  });
  const next = button("next", { class: "nn-button nn-icon nn-step", "aria-label": t("step"), title: t("step") }, () => {
    if (clock.playing()) clock.pause();
    figure.set({ step: Math.min(last, runOf().step + 1) });
  });
  const restart = button(
    "restart",
    { class: "nn-button nn-icon nn-pg-restart", "aria-label": t("restart"), title: t("restart_hint") },
    () => figure.set({ step: 0 }),
  );
  const scrub = figure.slider("step", {
    symbol: "t",
    label: t("step_label"),
    format: (value) => fixed(value, 0),
    most: () => reached,
  });
  const node = h(
    "div",
    { class: "nn-player nn-pg-player" },
    playButton,
    restart,
    next,
    pick(figure, {
      name: "speed",
      label: t("speed"),
      groups: { "": Object.keys(PER_SECOND) },
      words: (name) => t(`speed_${name}`),
      get: () => speed,
      put: (name) => {
        speed = name;
      },
    }),
    scrub,
  );
  figure.control(node, () => {
    const words = t(clock.playing() ? "pause" : "play");
    set(playButton, { text: words });
    set(playButton, { "data-playing": String(clock.playing()) });
    playButton.disabled = isStuck() && !clock.playing();
    next.disabled = over();
    restart.disabled = figure.state.step === 0;
  });
  return {
    node,
    isPlaying: clock.playing,
    /** Stop, if it plays. */
    rest: () => clock.playing() && clock.pause(),
    /** Note how far the run has come; a new run begins at the start. */
    note: (/** @type {Run} */ run) => {
      reached = Math.max(1, run.kept.at(-1)?.step ?? 1, run.step);
    },
  };
}

/**
 * Trains between two frames while it plays; it pauses with a reset, and ends with the figure.
 * @param {Playground} figure
 * @param {{speed: () => number, train: (steps: number) => void, paint: () => void, isBehind: () => boolean, settle: () => void,
 *   over: () => boolean}} steps
 */
function clockOf(figure, { speed, train, paint, isBehind, settle, over }) {
  let playing = false;
  let request = 0;
  const pause = () => {
    playing = false;
    cancelAnimationFrame(request);
    settle();
  };
  const play = () => {
    playing = true;
    let before = performance.now();
    let due = 1;
    let cost = 0.3; // ms of a step, as measured
    let turn = 0;
    const frame = (/** @type {number} */ now) => {
      if (!playing || figure.signal.aborted) return;
      due += (Math.max(0, Math.min(100, now - before)) / 1000) * Math.min(speed(), 1e6);
      before = now;
      const steps = Math.min(Math.floor(due), Math.max(1, Math.floor(BUDGET / cost)));
      due = Math.min(due - steps, 1);
      if (steps > 0) {
        const start = performance.now();
        train(steps);
        cost = 0.8 * cost + (0.2 * (performance.now() - start)) / steps;
      }
      // Three frames have the pictures and the next one the numbers: either fits into its time.
      turn = (turn + 1) % 4;
      if (turn > 0) paint();
      else if (isBehind()) settle();
      if (over()) pause();
      else request = requestAnimationFrame(frame);
    };
    request = requestAnimationFrame(frame);
    figure.refresh();
  };
  figure.signal.addEventListener("abort", () => cancelAnimationFrame(request));
  figure.onReset(() => playing && pause());
  return { play, pause, playing: () => playing };
}
