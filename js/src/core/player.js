// A player for what happens step by step: time is a number like any other, so that a moment can be stored, linked and tested.

import { slider } from "./controls.js";
import { h, set } from "./dom.js";
import { fixed } from "./format.js";

/** @import { Figure } from "./figure.js" */

/**
 * @typedef {object} PlayerOptions
 * @property {string} symbol mini-TeX
 * @property {string} [label] in words
 * @property {string} [name] what is read aloud instead, where the symbol says nothing
 * @property {() => number[]} [stops] the only values that it moves through, such as the epochs that were recorded
 * @property {() => number} [last] the last place; default that of the stops, or the trait's limit
 * @property {number | (() => number)} [speed] steps a second
 * @property {boolean} [back] whether there is a step back
 * @property {string} [verb] the message on the button; default "play"
 * @property {() => void} [begin] called before it plays
 * @property {boolean} [bare] only the button
 */

/**
 * Play, pause and step through a trait that counts.
 * @param {Figure} figure @param {string} trait @param {PlayerOptions} options
 */
export function player(figure, trait, options) {
  const { symbol, label, name, stops, speed = 10, back = true, verb = "play" } = options;
  const last = options.last ?? (() => (stops ? stops().length - 1 : figure.controls[trait].max));
  const at = () =>
    stops ? stops().findLastIndex((stop) => stop <= figure.state[trait]) : Math.min(figure.state[trait], last());
  const put = (/** @type {number} */ value) => {
    const place = Math.max(0, Math.min(last(), value));
    figure.set({ [trait]: stops ? stops()[place] : place });
  };
  const clock = clockOf(figure, {
    speed: () => (typeof speed === "function" ? speed() : speed),
    start: () => {
      options.begin?.();
      put(at() >= last() ? 0 : at());
    },
    move: (steps) => {
      if (steps > 0) put(at() + steps);
      return at() < last();
    },
  });
  const toggle = h("button", {
    type: "button",
    class: "nn-button nn-play",
    "data-name": options.bare ? verb : "play",
    click: () => (clock.playing() ? clock.pause() : clock.play()),
  });
  const updateToggle = () => {
    const words = figure.t(clock.playing() ? "pause" : verb);
    set(toggle, { text: words });
    set(toggle, { "data-playing": String(clock.playing()) });
  };
  if (options.bare) return figure.control(toggle, updateToggle);
  const stepper = (/** @type {"back" | "step"} */ key, /** @type {number} */ step) =>
    h("button", {
      type: "button",
      class: `nn-button nn-icon nn-${key}`,
      "data-name": key,
      "aria-label": figure.t(key),
      title: figure.t(key),
      click: () => {
        if (clock.playing()) clock.pause();
        put(at() + step);
      },
    });
  const [stepBack, stepOn] = [stepper("back", -1), stepper("step", 1)];
  const scrub = slider(figure, trait, {
    symbol,
    label,
    name,
    format: (value) => fixed(stops ? stops()[value] : value, 0),
    most: last,
    ...(stops ? { get: at, put, limits: { min: 0, max: last(), step: 1 } } : {}),
  });
  const buttons = h("div", { class: "nn-buttons" }, toggle, back ? stepBack : null, stepOn);
  const node = h("div", { class: "nn-player nn-aligned" }, buttons, scrub);
  return figure.control(node, () => {
    updateToggle();
    stepBack.disabled = at() <= 0;
    stepOn.disabled = at() >= last();
  });
}

/**
 * Call when the reader starts over or goes to an example, which is to be seen as it is: nothing runs on from there.
 * @param {Figure} figure @param {() => void} callback
 */
function onOtherState(figure, callback) {
  figure.onReset(callback);
  const listen = (/** @type {Event} */ { target }) => {
    if (/** @type {Element} */ (target).closest("[data-name^=preset-]")) callback();
  };
  figure.root.addEventListener("click", listen, { capture: true, signal: figure.signal });
}

/**
 * What makes the steps while it plays; it pauses with a reset and at an example, and ends with the figure.
 * @param {Figure} figure
 * @param {{speed: () => number, start: () => void, move: (steps: number) => boolean}} steps `move` says whether there are more
 */
function clockOf(figure, { speed, start, move }) {
  let playing = false;
  let request = 0;
  const pause = () => {
    playing = false;
    cancelAnimationFrame(request);
    figure.refresh();
  };
  const play = () => {
    playing = true;
    let before = performance.now();
    let due = 0; // steps that have been waited for and not yet made
    start();
    const frame = (/** @type {number} */ now) => {
      if (!playing || figure.signal.aborted) return;
      due += (Math.max(0, now - before) / 1000) * speed();
      before = now;
      const whole = Math.floor(due);
      due -= whole;
      if (move(whole)) request = requestAnimationFrame(frame);
      else pause();
    };
    request = requestAnimationFrame(frame);
  };
  figure.signal.addEventListener("abort", () => cancelAnimationFrame(request));
  onOtherState(figure, () => {
    if (playing) pause();
  });
  return { play, pause, playing: () => playing };
}
