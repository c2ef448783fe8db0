// Jupyter: the state is the widget's model, and travels to Python and back.

import { Figure } from "./figure.js";

/** @import { State } from "./types.js" */

/**
 * What anywidget hands over.
 * @typedef {object} Model
 * @property {(trait: string) => any} get the trait's value: JSON
 * @property {((trait: string, value: unknown) => void) & ((patch: State) => void)} set
 * @property {() => void} save_changes
 * @property {(event: string, callback: () => void) => void} on
 * @property {(event: string, callback: () => void) => void} off
 */

// What a control of a figure may use; all else is the notebook's, such as Ctrl+S and Shift+Enter.
const ARROWS = /^(Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown)$/;
const PRESSES = /^( |Enter|Delete|Backspace)$/;

/** JupyterLab moves from cell to cell by the keys that move a slider. @param {KeyboardEvent} event */
function keepOwnKeys(event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (ctrlKey || metaKey || altKey) return;
  if (ARROWS.test(key) || (PRESSES.test(key) && !shiftKey)) event.stopPropagation();
}

/** The module that anywidget asks for. @param {string} name of the Python class */
export function widget(name) {
  return {
    /** @param {{model: Model, el: HTMLElement}} place */
    render({ model, el }) {
      const { traits, ...spec } = model.get("_spec");
      const get = () => Object.fromEntries(traits.map((/** @type {string} */ trait) => [trait, model.get(trait)]));
      /** @type {import("./types.js").Store} */
      const store = {
        get,
        put: (patch) => {
          model.set(patch);
          model.save_changes();
        },
        listen: (callback, signal) => {
          model.on("change", callback);
          signal.addEventListener("abort", () => model.off("change", callback));
        },
      };
      const root = document.createElement("div");
      el.append(root);
      root.addEventListener("keydown", keepOwnKeys);
      const make = () =>
        new Figure(root, {
          name,
          spec,
          store,
          language: model.get("language"),
          switchable: (language) => {
            model.set("language", language);
            model.save_changes();
          },
        });
      let figure = make();
      const remake = () => {
        const { initial } = figure;
        figure.destroy();
        figure = make();
        figure.initial = initial;
      };
      model.on("change:language", remake);
      return () => {
        model.off("change:language", remake);
        figure.destroy();
      };
    },
  };
}
