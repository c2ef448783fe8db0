// Jupyter: the state is the widget's model, and travels to Python and back.

import { Figure } from "./figure.js";

/** The module that anywidget asks for. @param {string} name of the Python class */
export function widget(name) {
  return {
    render({ model, el }) {
      const { traits, ...spec } = model.get("_spec");
      const get = () => Object.fromEntries(traits.map((trait) => [trait, model.get(trait)]));
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
      const make = () => {
        const made = new Figure(root, {
          name,
          spec,
          store,
          language: model.get("language"),
          switchable: (language) => {
            model.set("language", language);
            model.save_changes();
          },
        });
        // JupyterLab takes arrow keys for the notebook before a control sees them, unless told not to.
        for (const control of root.querySelectorAll("input, button, [tabindex]"))
          control.dataset.lmSuppressShortcuts = "true";
        return made;
      };
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
