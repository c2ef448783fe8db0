// One of several in a list that opens: where buttons side by side would be too many.

import { h } from "../../../js/src/core/index.js";

/** @import { Playground } from "./types.js" */

/**
 * A native list with its label; the value "" says what it is when it is none of them, and cannot be chosen.
 * @param {Playground} figure
 * @param {{name: string, label: string, groups: Record<string, string[]>, words: (value: string) => string, get: () => string,
 *   put: (value: string) => void}} options groups: their names ("" for none), and the values in each
 */
export function pick(figure, { name, label, groups, words, get, put }) {
  const options = Object.values(groups)
    .flat()
    .map((value) => h("option", { value, hidden: value === "" }));
  const isOf = (/** @type {string[]} */ values) => options.filter((option) => values.includes(option.value));
  const list = h(
    "select",
    { class: "nn-button", "data-name": name, "aria-label": label, change: () => put(list.value) },
    Object.entries(groups).flatMap(([group, values]) =>
      group ? [h("optgroup", { label: group }, isOf(values))] : isOf(values),
    ),
  );
  return figure.control(
    h("label", { class: "nn-pg-pick" }, h("small", { "aria-hidden": "true", text: label }), list),
    () => {
      for (const option of options) {
        const text = words(option.value);
        if (option.textContent !== text) option.textContent = text;
      }
      if (list.value !== get()) list.value = get();
    },
  );
}

/**
 * The same for a trait.
 * @param {Playground} figure @param {"dataset" | "activation" | "loss"} name @param {(value: string) => string} words
 */
export const pickTrait = (figure, name, words) =>
  pick(figure, {
    name,
    label: figure.t(name),
    groups: { "": figure.controls[name].values },
    words,
    get: () => figure.state[name],
    put: (value) => figure.set({ [name]: value }),
  });
