// The probabilities as a point among corners, one for each class; up to three classes it can be dragged.

import { fixed, SHAPES } from "../../../js/src/core/index.js";
import { softmax } from "../../../js/src/math/softmax.js";
import { EACH, INDEX, total } from "./jacobian.js";
import { corners, logits, place, probabilities } from "./math.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Interval, State } from "../../../js/src/core/types.js" */

/** How the chosen column of the Jacobian is drawn. */
export const ARROW = { color: "gradient", width: 2, arrow: true, clip: false };
const LEAST = 0.002; // as near to an edge of the simplex as the point can be dragged
/** @type {Record<number, Interval>} */
const HEIGHTS = { 3: [-0.85, 1.35], 5: [-0.95, 1.25] };

/** @param {Figure} figure with traits z, c and T */
export function simplex(figure) {
  const plot = figure.plot({
    x: [-1.35, 1.35],
    y: [-0.85, 1.35],
    axes: false,
    equal: true,
    maxHeight: 250,
    label: figure.t("simplex"),
  });
  const pairs = EACH.flatMap((i) => EACH.slice(0, i).map((k) => [i, k]));
  const edges = pairs.map(() => plot.line({ color: "muted", width: 1, clip: false }));
  const path = plot.path({ color: "muted", width: 1.5, dash: "3 4", clip: false });
  const marks = EACH.map((i) => plot.dot({ color: `class${i}`, shape: SHAPES[i], r: 8 }));
  const names = EACH.map(() => plot.text({ anchor: "middle", dy: 5 }));
  const arrow = plot.line(ARROW);
  const shadow = plot.dot({ color: "ink", shape: "diamond", r: 7 });
  const point = plot.handle({
    name: "point",
    label: figure.t("point"),
    color: "ink",
    shape: "diamond",
    r: 7,
    step: [0.02, 0.02],
    move: (x, y) => {
      // Any common shift gives the same p: the mean of the logits stays, where the sliders allow it.
      const { z, T } = figure.state;
      const { reach } = figure.data;
      const mean = Math.max(-0.8, Math.min(0.8, total(z) / z.length));
      const wish = logits(probabilities([x, y], z.length, LEAST), T, mean);
      figure.set({ z: wish.map((value) => Number(Math.max(-reach, Math.min(reach, value)).toFixed(2))) });
    },
  });
  return {
    plot,
    /** @param {State} state @param {number[]} p @param {number[][]} slopes @param {number} j */
    show({ z, c, T }, p, slopes, j) {
      const K = p.length;
      const at = corners(K);
      plot.domain({ y: HEIGHTS[K] ?? [-1.1, 1.1] });
      edges.forEach((edge, index) => {
        const [i, k] = pairs[index];
        if (i < K) edge.at(...at[i], ...at[k]);
        else edge.hide();
      });
      EACH.forEach((i) => {
        if (i >= K) {
          marks[i].hide();
          names[i].hide();
          return;
        }
        marks[i].at(...at[i]);
        names[i].at(1.22 * at[i][0], 1.22 * at[i][1], `p_${i + 1}`);
      });
      // From the corner of the largest, at temperature 0, to the middle, at temperature infinity.
      const along = Array.from({ length: 61 }, (_, n) => T * 10 ** (n / 15 - 2));
      path.points(along.map((heat) => place(softmax(z.map((/** @type {number} */ value) => (value + c) / heat)), at)));
      const [x, y] = place(p, at);
      const [u, v] = place(
        p.map((value, i) => value + slopes[i][j]),
        at,
      );
      if (Math.hypot(u - x, v - y) < 0.01) arrow.hide();
      else arrow.at(x, y, u, v);
      (K > 3 ? point : shadow).hide();
      const text = p.map((value, i) => `p${INDEX[i]} = ${fixed(value, 3)}`).join(", ");
      if (K > 3) shadow.at(x, y);
      else point.at(x, y, { text });
    },
  };
}
