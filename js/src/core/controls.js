// Sliders, choices, buttons, readouts: native elements all.

import { color, h, set } from "./dom.js";
import { honest } from "./equality.js";
import { fixed } from "./format.js";
import { plain } from "./minitex.js";
import { ghost } from "./room.js";
import { math, phrase, showMath } from "./typeset.js";

/** @import { Figure } from "./figure.js" */
/** @import { Limits, Trait } from "./types.js" */

/** Decimals that the steps of a slider need. @param {number} step */
function decimalsOf(step) {
  const [, decimals = ""] = String(step).split(".");
  return decimals.length;
}

/**
 * From a value to its place on the slider, and back. A logarithmic slider has 200 places, fewer for whole numbers.
 * @param {Limits} limits
 * @returns {{min: number, max: number, step: number, place: (value: number) => number, value: (place: number) => number}}
 */
function scaleOf({ min, max, step, scale, whole }) {
  if (scale !== "log") return { min, max, step, place: (x) => x, value: (x) => x };
  const places = 200;
  const ratio = Math.log(max / min);
  const exact = (/** @type {number} */ at) => min * Math.exp((ratio * at) / places);
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
  const nearest = (/** @type {number} */ x) =>
    values.reduce((best, value, at) => (Math.abs(value - x) < Math.abs(values[best] - x) ? at : best), 0);
  return { min: 0, max: values.length - 1, step: 1, place: nearest, value: (at) => values[at] };
}

/**
 * @typedef {{symbol: string, label?: string, name?: string, color?: string, format?: (value: number) => string,
 *   get?: () => number, put?: (value: number) => void, limits?: Limits, most?: () => number}} SliderOptions
 */

/**
 * A slider for a trait; its limits are those that Python declares.
 * @param {Figure} figure
 * @param {string} name of the trait
 * @param {SliderOptions} options
 *   symbol in mini-TeX; label in words, read aloud after the symbol; `name`: what is read aloud
 *   instead, where the symbol says nothing; `get`, `put` and `limits`
 *   for a value that is not a trait of its own, such as one entry of a list; `most` where the
 *   upper limit moves, such as the last step of a path
 */
export function slider(figure, name, options) {
  const limits = options.limits ?? figure.controls[name];
  const get = options.get ?? (() => figure.state[name]);
  const put = options.put ?? ((/** @type {number} */ value) => figure.set({ [name]: value }));
  const scale = scaleOf(limits);
  const format = options.format ?? ((/** @type {number} */ value) => fixed(value, decimalsOf(limits.step)));
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
  const output = h("output", { class: "nn-value", "aria-live": "off", "aria-hidden": "true" }); // the input says it
  const node = h(
    "label",
    {
      class: options.label ? "nn-slider nn-labelled" : "nn-slider",
      style: options.color ? { "--c": color(options.color) } : {},
    },
    h(
      "span",
      { class: "nn-symbol", "aria-hidden": "true" },
      math(options.symbol),
      options.label ? h("small", { text: options.label }) : null,
    ),
    input,
    output,
  );
  let shown = "";
  return figure.control(node, () => {
    const value = options.most ? Math.min(get(), options.most()) : get();
    if (options.most) set(input, { max: scale.place(options.most()) });
    // A control whose value is the same keeps what the reader is just doing with it.
    if (Number(input.value) !== scale.place(value)) input.value = String(scale.place(value));
    const text = format(value);
    if (text !== shown) {
      shown = text;
      showMath(output, text);
      input.setAttribute("aria-valuetext", plain(text));
    }
    const part = (scale.place(value) - scale.min) / (Number(input.max) - scale.min);
    input.style.setProperty("--part", `${Math.max(0, Math.min(1, part)) * 100}%`);
  });
}

/**
 * @typedef {object} ChoiceOptions
 * @property {string} [label] text that starts with "$" is mini-TeX
 * @property {string} [name] what is read aloud, where the label is a symbol
 * @property {Record<string, string> | ((value: Trait) => string)} labels value -> text, as that of the label
 * @property {Trait[]} [values] default those that Python declares
 * @property {() => Trait} [get] what is chosen, if it is not a trait of its own
 * @property {(value: Trait) => void} [put]
 */

/** One of several: buttons side by side. @param {Figure} figure @param {string} trait its name @param {ChoiceOptions} options */
export function choice(figure, trait, { label, name = label, labels, values, ...options }) {
  const get = options.get ?? (() => figure.state[trait]);
  const put = options.put ?? ((/** @type {Trait} */ value) => figure.set({ [trait]: value }));
  const group = `${figure.id}-${trait}`;
  const all = values ?? figure.controls[trait].values;
  const inputs = all.map((value) =>
    h("input", {
      type: "radio",
      name: group,
      value: String(value),
      "data-name": trait,
      change: () => put(value),
    }),
  );
  const textOf = typeof labels === "function" ? labels : (/** @type {Trait} */ value) => labels[value];
  const symbolic = (/** @type {string} */ text) => text.startsWith("$");
  const face = (/** @type {string} */ text) => (symbolic(text) ? math(text.slice(1)) : text);
  const named = (/** @type {string} */ text) =>
    h(
      "span",
      { class: `nn-choice-name${symbolic(text) ? " nn-choice-symbol" : ""}`, "aria-hidden": "true" },
      face(text),
    );
  const node = h(
    "div",
    { class: "nn-choice", role: "radiogroup", "aria-label": name },
    label ? named(label) : null,
    all.map((value, index) => h("label", {}, inputs[index], h("span", {}, face(textOf(value))))),
  );
  return figure.control(node, () =>
    inputs.forEach((input, index) => {
      input.checked = get() === all[index];
    }),
  );
}

/** Yes or no. @param {Figure} figure @param {string} name @param {{label: string}} options */
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

/**
 * A button with a text.
 * @typedef {{name: string, label: string, click: (event: PointerEvent) => void, enabled?: () => boolean,
 *   pressed?: () => unknown}} ButtonOptions
 * @param {Figure} figure @param {ButtonOptions} options
 */
export function button(figure, { name, label, click, enabled, pressed }) {
  const node = h("button", { type: "button", class: "nn-button", "data-name": name, click }, phrase(label));
  return figure.control(node, () => {
    if (enabled) node.disabled = !enabled();
    if (pressed) set(node, { "aria-pressed": String(Boolean(pressed())) });
  });
}

/**
 * The presets that Python declares, one button each, several behind their name; the words are the messages `preset_NAME`.
 * @param {Figure} figure
 */
export function presets(figure, names = Object.keys(figure.presets), label = figure.t("presets")) {
  const chosen = (/** @type {import("./types.js").State} */ preset) =>
    Object.entries(preset).every(([key, value]) => JSON.stringify(figure.state[key]) === JSON.stringify(value));
  return h(
    "div",
    { class: "nn-presets", role: "group", "aria-label": label },
    names.length > 1 ? h("span", { class: "nn-choice-name", "aria-hidden": "true", text: label }) : null,
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
 * A number or a formula that the figure keeps current; tests read it by its name. It has room for
 * each of `forms`, the longest that it takes.
 * @param {string} name @param {{label?: string, color?: string, forms?: string[]}} [options]
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
  let shown = "";
  return Object.assign(node, {
    /** Show mini-TeX. @param {string} source */
    show: (source) => {
      if (source === shown) return;
      shown = source;
      const formula = honest(source);
      showMath(value, formula);
      // Read aloud as a whole, not as its letters, indices and exponents one by one.
      set(value, { role: formula ? "img" : null, "aria-label": formula ? plain(formula) : null });
    },
  });
}
