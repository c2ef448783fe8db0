// What answers a question of the text is folded (theme/reading/answer_first.py). It opens with the reader's answer; before the page is
// shown, where that was given before. A part of site-early.js.
"use strict";
{
  /** Whether the reader has answered rightly or has seen the answer; also whether it was skipped, when that could be. */
  const isDone = (/** @type {HTMLElement} */ { dataset: { question, right = "null" } }) => {
    try {
      if (localStorage.getItem("nnlib-book:skipped")?.includes(`"${question}"`)) return true;
      const { tries = [], shown, compared } = JSON.parse(localStorage.getItem(`nnlib.${question}`) ?? "{}");
      const limits = JSON.parse(right);
      const fits = (/** @type {unknown} */ one) =>
        Array.isArray(limits) ? limits[0] <= Number(one) && Number(one) <= limits[1] : [null, one].includes(limits);
      return shown || compared || tries.some(fits);
    } catch {
      return false; // forbidden or damaged
    }
  };
  const openDone = () => {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const folds = document.querySelectorAll("details.held:not([open])");
    for (const fold of folds) fold.open = isDone(fold);
  };
  const beforePaint = () => {
    openDone();
    if (document.readyState === "loading") requestAnimationFrame(beforePaint);
  };
  beforePaint();
  const watch = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const { place = "", progress = "" } = /** @type {HTMLElement} */ (target).dataset;
      const [, name] = place.split("/");
      const done = ["right", "shown", "guessed", ...(name.startsWith("draw.") ? ["wrong"] : [])];
      const fold = done.includes(progress) && document.querySelector(`details.held[data-question="${name}"]`);
      if (fold instanceof HTMLDetailsElement) fold.open = true;
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    openDone();
    watch.observe(document.body, { subtree: true, attributeFilter: ["data-progress"] });
  });
  addEventListener("storage", openDone); // answered in another tab
}
