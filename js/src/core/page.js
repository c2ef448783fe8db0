// The built page: no kernel. Each element that the build made from a notebook's stored state
// becomes the figure.

import { complain, Figure, memory } from "./figure.js";
import { languageOf } from "./messages.js";

/** Bring the figures of a page to life; an element that has come to life already stays. */
export function hydrate(root = document) {
  for (const element of root.querySelectorAll(".nn-figure[data-state]")) {
    const stored = element.dataset.state;
    element.removeAttribute("data-state");
    try {
      const { figure, state, ...spec } = JSON.parse(stored);
      if (!figure || typeof state !== "object" || state === null) throw new Error("No state");
      new Figure(element, { name: figure, spec, store: memory(state) });
    } catch (error) {
      complain(element, languageOf(element), error);
    }
  }
}
