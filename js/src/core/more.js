// What a figure does not open with. Picture, main control and sentence fit on one screen of a phone, so what does not
// belong to them comes after: the rest as it is, a second picture beside the first where there is room, and further
// instruments in a fold.
//
//   figure.show(plot.node, slider, figure.foot, beside(second.node), formula);   // the foot has the sentence
//   const fold = more(figure, third.node, table);
//   draw: if (fold.open) third.draw(state);   // what is not seen need not be drawn; opening it draws anew

import { h } from "./dom.js";

/** @import { Figure } from "./figure.js" */
/** @import { Child } from "./types.js" */

/** A part of the body: beside its first part where the page is wide enough, else where it is. @param {Child[]} content */
export function beside(...content) {
  return h("div", { class: "nn-aside" }, content);
}

/**
 * A fold at the end of a figure, beside its reset; its name is the message "more", the figure's own if it has one. Whether it is open
 * is remembered for the visit.
 * @param {Figure} figure @param {Child[]} rows
 */
export function more(figure, ...rows) {
  const key = `nnlib.more.${figure.name}`;
  const fold = h(
    "details",
    { class: "nn-more", "data-name": "more", open: recall(key) },
    h("summary", { text: figure.t("more") }),
    h("div", { class: "nn-rows" }, rows),
  );
  fold.addEventListener("toggle", () => {
    remember(key, fold.open);
    figure.measure();
    figure.refresh();
  });
  figure.aloud.before(h("div", { class: "nn-end" }, fold, figure.foot.querySelector(".nn-reset")));
  return fold;
}

/**
 * A fold that some states do not have: there the reset is back beside the sentence.
 * @param {Figure} figure @param {Child[]} rows
 */
export function moreAtTimes(figure, ...rows) {
  const reset = /** @type {HTMLElement} */ (figure.foot.querySelector(".nn-reset"));
  const fold = more(figure, ...rows);
  const end = /** @type {HTMLElement} */ (reset.parentElement);
  return {
    /** Whether what is in it is seen. */
    isOpen: () => !end.hidden && fold.open,
    /** @param {boolean} visible */
    show: (visible) => {
      end.hidden = !visible;
      const home = visible ? end : figure.foot;
      if (reset.parentNode !== home) home.append(reset);
    },
  };
}

/** @param {string} key */
function recall(key) {
  try {
    return sessionStorage.getItem(key) === "open";
  } catch {
    return false;
  }
}

/** @param {string} key @param {boolean} open */
function remember(key, open) {
  try {
    if (open) sessionStorage.setItem(key, "open");
    else sessionStorage.removeItem(key);
  } catch {
    // Where nothing may be kept, the fold works all the same.
  }
}
