// Names where curves end, so that nobody has to tell them by color.

/** @import { Plot } from "../core/plot.js" */

const LINE_OF_TEXT = 17; // px

/**
 * Names to the right of the ends of two curves, moved apart where they would meet, and off the axis' name.
 * @param {Plot} plot @param {ReturnType<Plot["text"]>[]} marks
 * @param {number[]} values at the right end @param {string[]} texts mini-TeX
 */
export function nameEnds(plot, marks, values, texts) {
  const last = plot.sx.domain()[1];
  const floor = plot.sy.range()[0] - (plot.options.xLabel ? LINE_OF_TEXT : 0);
  const heights = values.map((value) => plot.sy(value));
  const [high, low] = heights[0] <= heights[1] ? [0, 1] : [1, 0];
  const missing = Math.max(0, LINE_OF_TEXT - (heights[low] - heights[high]));
  heights[low] = Math.min(heights[low] + missing / 2, floor);
  heights[high] = Math.min(heights[high], heights[low] - LINE_OF_TEXT);
  const zero = plot.sy.domain()[0];
  marks.forEach((mark, index) =>
    mark.at(last, zero, texts[index], { dx: 8, dy: heights[index] - plot.sy(zero) + 4.5 }),
  );
}
