// Words of the text have set a figure: it comes into view. Where the reader's place leaves the screen for that, there is a way back
// to the words: a button at the figure, and an entry in the history, so that Back of the browser leads there, too.

import { h } from "./dom.js";

let offered = new AbortController();

/** @param {HTMLElement} figure @param {HTMLAnchorElement} words */
export function bring(figure, words) {
  offered.abort();
  const bar = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
  const { top, bottom } = figure.getBoundingClientRect();
  const above = Math.max(0, bar - top);
  const below = Math.max(0, bottom - innerHeight);
  const move = above && below ? 0 : below ? Math.min(below, top - bar) : -above;
  const place = words.getBoundingClientRect().top - move;
  if (place < bar || place > innerHeight) {
    offerWayBack(figure, words);
    settle(figure);
  } else {
    figure.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}

/** Sections on the way get their true height only now, and push the figure off again. @param {HTMLElement} figure */
function settle(figure, frames = 12) {
  figure.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (frames > 0) requestAnimationFrame(() => settle(figure, frames - 1));
}

/** @param {HTMLElement} figure @param {HTMLAnchorElement} words */
function offerWayBack(figure, words) {
  const said = /** @type {HTMLElement | null} */ (document.querySelector("meta[name=book-words]"))?.dataset.back ?? "";
  offered = new AbortController();
  const { signal } = offered;
  const button = h("button", { class: "way-back", type: "button", text: said });
  figure.before(button);
  signal.addEventListener("abort", () => button.remove());
  history.pushState({ words: words.hash }, "", words.hash);
  button.focus({ preventScroll: true });
  const returned = () => {
    offered.abort();
    words.focus({ preventScroll: true });
  };
  addEventListener("popstate", returned, { signal });
  button.addEventListener("click", () => {
    if (history.state?.words === words.hash) {
      history.back(); // the page's own script brings the place back
    } else {
      words.scrollIntoView({ block: "center" }); // the reader has gone on from there
      returned();
    }
  });
}
