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
      const [, name = ""] = place.split("/");
      const done = ["right", "shown", "guessed", ...(name.startsWith("draw.") ? ["wrong"] : [])];
      const fold = done.includes(progress) && document.querySelector(`details.held[data-question="${name}"]`);
      if (fold instanceof HTMLDetailsElement) fold.open = true;
    }
  });
  document.addEventListener("DOMContentLoaded", () => {
    openDone();
    watch.observe(document.body, { subtree: true, attributeFilter: ["data-progress"] });
  });
  // One way to the answer: what opens the fold shows it in the question's box, too, and that opens the fold.
  document.addEventListener("click", (event) => {
    const line = event.target instanceof Element ? event.target.closest("details.held > summary") : null;
    const { question } = line?.parentElement?.dataset ?? {};
    /** @type {HTMLElement | null} */
    const show = document.querySelector(`[data-place$="/${question}"] [data-name="show"]:not([hidden])`);
    if (!line || !show) return; // the figure sleeps
    event.preventDefault();
    show.click();
  });
  addEventListener("storage", openDone); // answered in another tab
}
