// Words of the text have set a figure: it comes into view. Where the reader's place leaves the screen for that, there is a way back
// to the words: a button at the figure, and an entry in the history, so that Back of the browser leads there, too.

import { h } from "./dom.js";

const HELD = 1500; // ms

let offered = new AbortController();
let moved = new AbortController();

/** @param {HTMLElement} figure @param {HTMLAnchorElement} words */
export function bring(figure, words) {
  offered.abort();
  moved.abort();
  const bar = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
  const { top, bottom } = figure.getBoundingClientRect();
  const above = Math.max(0, bar - top);
  const below = Math.max(0, bottom - innerHeight);
  const move = above && below ? 0 : below ? Math.min(below, top - bar) : -above;
  const place = words.getBoundingClientRect().top - move;
  if (place < bar || place > innerHeight) {
    offerWayBack(figure, words);
  } else {
    figure.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
}

/**
 * Sections and figures on the way get their true height only now, and push off again what was brought into view: it is brought there
 * until all have come, or until the reader moves.
 * @param {() => void} bringThere
 */
function hold(bringThere) {
  moved.abort();
  moved = new AbortController();
  const { signal } = moved;
  const end = performance.now() + HELD;
  const follow = () => {
    if (signal.aborted || performance.now() > end) return;
    bringThere();
    requestAnimationFrame(follow);
  };
  follow();
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"])
    addEventListener(type, () => moved.abort(), { passive: true, capture: true, signal });
}

/** @param {HTMLElement} figure @param {HTMLAnchorElement} words */
function offerWayBack(figure, words) {
  const said = /** @type {HTMLElement | null} */ (document.querySelector("meta[name=book-words]"))?.dataset.back ?? "";
  offered = new AbortController();
  const { signal } = offered;
  const top = words.getBoundingClientRect().top;
  const button = h("button", { class: "way-back", type: "button", text: said });
  figure.before(button);
  signal.addEventListener("abort", () => button.remove());
  history.pushState({ words: words.hash }, "", words.hash);
  button.focus({ preventScroll: true });
  hold(() => {
    // The button last: of a figure higher than the screen, the lower end would be in view, and the way back above it.
    for (const part of [figure, button]) part.scrollIntoView({ block: "nearest", behavior: "instant" });
  });
  const returned = () => {
    offered.abort();
    words.focus({ preventScroll: true });
    hold(() => {
      scrollBy({ top: words.getBoundingClientRect().top - top, behavior: "instant" });
      words.scrollIntoView({ block: "nearest", behavior: "instant" }); // the screen may be another
    });
  };
  addEventListener("popstate", returned, { signal });
  button.addEventListener("click", () => {
    if (history.state?.words === words.hash) {
      history.back();
    } else {
      returned(); // the reader has gone on from there
    }
  });
}
