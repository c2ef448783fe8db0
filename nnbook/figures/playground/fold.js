// A part of the playground that folds. Its title, a button, says what it holds at present. On a wide page all titles are in
// one row, and what is open lies below them: so no title moves away from the pointer.

import { h, set, uniqueId } from "../../../js/src/core/index.js";

/** @import { Playground } from "./types.js" */
/** @import { Child } from "../../../js/src/core/types.js" */

const OPEN = '.nn-pg-folds > .nn-pg-fold[aria-expanded="true"]'; // while one is, the plane stays in sight

/** @param {Playground} figure @param {string} name @param {string} title @param {Child[]} rows */
export function fold(figure, name, title, ...rows) {
  const held = h("span", { class: "nn-pg-held" });
  const panel = h("div", { class: "nn-pg-rows", id: uniqueId(name) }, rows);
  const button = h(
    "button",
    {
      type: "button",
      class: "nn-pg-fold",
      "data-name": `fold-${name}`,
      "aria-expanded": "false",
      "aria-controls": panel.id,
      click: () => {
        set(button, { "aria-expanded": String(!isOpen()) });
        set(figure.root, { "data-adjusting": figure.root.querySelector(OPEN) ? "true" : null });
        figure.measure();
        figure.refresh();
      },
    },
    h("span", { text: title }),
    held,
  );
  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  return {
    nodes: [button, panel],
    button,
    panel,
    isOpen,
    /** @param {string} text */
    hold: (text) => {
      set(held, { text });
    },
  };
}
