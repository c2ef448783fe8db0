// Sliders, choices, buttons, and a player for what happens step by step: native elements all.

import { color, h, set } from "./dom.js";
import { fixed } from "./format.js";
import { ghost } from "./room.js";
import { math, plain } from "./typeset.js";

/** Decimals that the steps of a slider need. */
function decimalsOf(step) {
  const [, decimals = ""] = String(step).split(".");
  return decimals.length;
}

/** Where a value stands on its slider, and back. A logarithmic slider has 200 places, fewer for whole numbers. */
function scaleOf({ min, max, step, scale, whole }) {
  if (scale !== "log") return { min, max, step, place: (x) => x, value: (x) => x };
  const places = 200;
  const ratio = Math.log(max / min);
  const exact = (at) => min * Math.exp((ratio * at) / places);
  if (!whole) {
    return {
      min: 0,
      max: places,
      step: 1,
      place: (x) => (places * Math.log(x / min)) / ratio,
      value: (at) => Number(exact(at).toPrecision(3)),
    };
  }
  // Each place has a number of its own, so that no press of a key is lost between two small ones.
  const values = [...new Set(Array.from({ length: places + 1 }, (_, at) => Math.round(exact(at))))];
  const nearest = (x) =>
    values.reduce((best, value, at) => (Math.abs(value - x) < Math.abs(values[best] - x) ? at : best), 0);
  return { min: 0, max: values.length - 1, step: 1, place: nearest, value: (at) => values[at] };
}

/**
 * A slider for a trait; its limits are those that Python declares.
 * @param {import("./figure.js").Figure} figure
 * @param {string} name of the trait
 * @param {{symbol: string, label?: string, name?: string, color?: string, format?: (value: number) => string,
 *   get?: () => number, put?: (value: number) => void, limits?: object, most?: () => number}} options
 *   symbol in mini-TeX; label in words, read aloud after the symbol; `name`: what is read aloud
 *   instead, where the symbol says nothing; `get`, `put` and `limits`
 *   for a value that is not a trait of its own, such as one entry of a list; `most` where the
 *   upper limit moves, such as the last step of a path
 */
export function slider(figure, name, options) {
  const limits = options.limits ?? figure.controls[name];
  const get = options.get ?? (() => figure.state[name]);
  const put = options.put ?? ((value) => figure.set({ [name]: value }));
  const scale = scaleOf(limits);
  const format = options.format ?? ((value) => fixed(value, decimalsOf(limits.step)));
  const spoken = options.name ?? [plain(options.symbol), options.label].filter(Boolean).join(", ");
  const input = h("input", {
    type: "range",
    min: scale.min,
    max: scale.max,
    step: scale.step,
    "aria-label": spoken,
    "data-name": name,
    input: () => put(scale.value(Number(input.value))),
  });
  const output = h("output", { class: "nn-value", "aria-live": "off" }); // the input says it, and the sentence what follows
  const node = h(
    "label",
    { class: "nn-slider", style: options.color ? { "--c": color(options.color) } : {} },
    h(
      "span",
      { class: "nn-symbol", "aria-hidden": "true" },
      math(options.symbol),
      options.label ? h("small", { text: options.label }) : null,
    ),
    input,
    output,
  );
  let shown = null;
  return figure.control(node, () => {
    const value = options.most ? Math.min(get(), options.most()) : get();
    if (options.most) input.max = String(scale.place(options.most()));
    // A control whose value is the same keeps what the reader is just doing with it.
    if (Number(input.value) !== scale.place(value)) input.value = String(scale.place(value));
    const text = format(value);
    if (text !== shown) {
      shown = text;
      output.replaceChildren(math(text));
      input.setAttribute("aria-valuetext", plain(text));
    }
    const part = (scale.place(value) - scale.min) / (input.max - scale.min);
    input.style.setProperty("--part", `${Math.max(0, Math.min(1, part)) * 100}%`);
  });
}

/**
 * One of several: buttons side by side.
 * @param {Record<string, string> | ((value: any) => string)} labels value -> text, or a function;
 *   text that starts with "$" is mini-TeX. `name`: what is read aloud, where the label is a symbol
 */
export function choice(figure, name, { label, name: spoken = label, labels, values = figure.controls[name].values }) {
  const group = `${figure.id}-${name}`;
  const inputs = values.map((value) =>
    h("input", {
      type: "radio",
      name: group,
      value: String(value),
      "data-name": name,
      change: () => figure.set({ [name]: value }),
    }),
  );
  const textOf = typeof labels === "function" ? labels : (value) => labels[value];
  const face = (text) => (text.startsWith("$") ? math(text.slice(1)) : text);
  const node = h(
    "div",
    { class: "nn-choice", role: "radiogroup", "aria-label": spoken },
    label ? h("span", { class: "nn-choice-name", "aria-hidden": "true" }, face(label)) : null,
    values.map((value, index) => h("label", {}, inputs[index], h("span", {}, face(textOf(value))))),
  );
  return figure.control(node, () =>
    inputs.forEach((input, index) => {
      input.checked = figure.state[name] === values[index];
    }),
  );
}

/** Yes or no. */
export function toggle(figure, name, { label }) {
  const input = h("input", {
    type: "checkbox",
    "data-name": name,
    change: () => figure.set({ [name]: input.checked }),
  });
  const node = h("label", { class: "nn-toggle" }, input, h("span", { text: label }));
  return figure.control(node, () => {
    input.checked = figure.state[name];
  });
}

/** A button with a text. */
export function button(figure, { name, label, click, enabled, pressed }) {
  const node = h("button", { type: "button", class: "nn-button", "data-name": name, text: label, click });
  return figure.control(node, () => {
    if (enabled) node.disabled = !enabled();
    if (pressed) node.setAttribute("aria-pressed", String(Boolean(pressed())));
  });
}

/** The presets that Python declares, one button each; the words are the messages `preset_NAME`. */
export function presets(figure, names = Object.keys(figure.presets)) {
  const chosen = (preset) =>
    Object.entries(preset).every(([key, value]) => JSON.stringify(figure.state[key]) === JSON.stringify(value));
  return h(
    "div",
    { class: "nn-presets", role: "group", "aria-label": figure.t("presets") },
    names.map((name) =>
      button(figure, {
        name: `preset-${name}`,
        label: figure.t(`preset_${name}`),
        click: () => figure.set(figure.presets[name]),
        pressed: () => chosen(figure.presets[name]),
      }),
    ),
  );
}

/**
 * Play, pause and step through a trait that counts: time is a number like any other, so that a
 * moment can be stored, linked and tested. Playing moves by `speed` steps a second. `stops`, if
 * given, returns the only values that it moves through, such as the epochs that were recorded.
 */
export function player(
  figure,
  name,
  {
    symbol,
    label,
    name: spoken,
    stops,
    last = () => (stops ? stops().length - 1 : figure.controls[name].max),
    speed = 10,
    back = true,
  },
) {
  let playing = false;
  let request = 0;
  const at = () =>
    stops ? stops().findLastIndex((stop) => stop <= figure.state[name]) : Math.min(figure.state[name], last());
  const put = (value) => {
    const place = Math.max(0, Math.min(last(), value));
    figure.set({ [name]: stops ? stops()[place] : place });
  };
  const pause = () => {
    playing = false;
    cancelAnimationFrame(request);
    figure.refresh();
  };
  const play = () => {
    playing = true;
    let before = performance.now();
    let due = 0; // steps that have been waited for and not yet made
    put(at() >= last() ? 0 : at());
    const frame = (now) => {
      if (!playing || figure.signal.aborted) return;
      due += (Math.max(0, now - before) / 1000) * (typeof speed === "function" ? speed() : speed);
      before = now;
      const whole = Math.floor(due);
      due -= whole;
      if (whole > 0) put(at() + whole);
      if (at() >= last()) pause();
      else request = requestAnimationFrame(frame);
    };
    request = requestAnimationFrame(frame);
  };
  figure.signal.addEventListener("abort", () => cancelAnimationFrame(request));
  figure.onReset(() => playing && pause());
  const toggleButton = h("button", {
    type: "button",
    class: "nn-button nn-play",
    "data-name": "play",
    click: () => (playing ? pause() : play()),
  });
  const move = (step) => () => {
    if (playing) pause();
    put(at() + step);
  };
  const stepBack = h("button", {
    type: "button",
    class: "nn-button nn-icon nn-back",
    "data-name": "back",
    "aria-label": figure.t("back"),
    title: figure.t("back"),
    click: move(-1),
  });
  const stepOn = h("button", {
    type: "button",
    class: "nn-button nn-icon nn-step",
    "data-name": "step",
    "aria-label": figure.t("step"),
    title: figure.t("step"),
    click: move(1),
  });
  const places = stops ? { get: at, put, limits: { min: 0, max: last(), step: 1 } } : {};
  const scrub = slider(figure, name, {
    symbol,
    label,
    name: spoken,
    format: (value) => fixed(stops ? stops()[value] : value, 0),
    most: last,
    ...places,
  });
  const node = h("div", { class: "nn-player" }, toggleButton, back ? stepBack : null, stepOn, scrub);
  return figure.control(node, () => {
    const words = figure.t(playing ? "pause" : "play");
    if (toggleButton.textContent !== words) toggleButton.textContent = words;
    set(toggleButton, { "data-playing": String(playing) });
    stepBack.disabled = at() <= 0;
    stepOn.disabled = at() >= last();
  });
}

/**
 * A number or a formula that the figure keeps current; tests read it by its name. It has room for
 * each of `forms`, the longest that it takes.
 */
export function readout(name, { label, color: shade, forms = [] } = {}) {
  const value = h("span", { class: "nn-live-value", "data-name": name, style: shade ? { color: color(shade) } : {} });
  const node = label
    ? h("div", { class: "nn-readout" }, h("span", { class: "nn-readout-name" }, math(label)), value)
    : h(
        "div",
        { class: "nn-formula nn-place" },
        value,
        forms.map((form) => ghost(math(form))),
      );
  let shown = null;
  return Object.assign(node, {
    /** Show mini-TeX. */
    show: (source) => {
      if (source === shown) return;
      shown = source;
      value.replaceChildren(math(source));
    },
  });
}
