// The first figure of the book, untouched, shows once that it moves: the input goes up and down, the network follows, and all is
// as before. Only what is drawn moves, not the state. Whoever does anything, or wants less motion, sees it at rest.

/** @import { Figure } from "../../../js/src/core/figure.js" */

const SPAN = 3000; // ms
const WAY = 0.4; // of x, to either side

/** What is added to the input now. @param {Figure} figure */
export function breath(figure) {
  let shift = 0;
  const rest = new AbortController();
  const begin = () => {
    const start = performance.now();
    const frame = (/** @type {number} */ now) => {
      const part = rest.signal.aborted ? 1 : Math.min(1, Math.max(0, (now - start) / SPAN));
      const eased = part * part * (3 - 2 * part);
      shift = part === 1 ? 0 : WAY * Math.sin(2 * Math.PI * eased);
      figure.refresh();
      if (part < 1) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
  if (figure.state.view !== "compact" || matchMedia("(prefers-reduced-motion: reduce)").matches)
    return { shift: () => 0 };
  const { signal } = rest;
  for (const event of ["pointerdown", "keydown", "wheel", "touchstart"])
    addEventListener(event, () => rest.abort(), { capture: true, passive: true, signal });
  figure.signal.addEventListener("abort", () => rest.abort());
  // Once it is seen: at the start of its page, or when the reader comes to it.
  const watch = new IntersectionObserver(
    (seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      begin();
    },
    { threshold: 0.5 },
  );
  watch.observe(figure.root);
  signal.addEventListener("abort", () => watch.disconnect());
  return { shift: () => shift };
}
