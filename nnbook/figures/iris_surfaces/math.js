// A surface over a rectangle, seen from above and turned: the view of nnlib.plots.plot_surface.

const TURN = (-32 * Math.PI) / 180; // about the vertical
const TILT = (24 * Math.PI) / 180; // from above

/**
 * A point (x, y, height) on the paper.
 * @param {number[]} point
 * @param {{x: [number, number], y: [number, number], lift: number}} box `lift`: how long a height
 *   of 1 is, the side of the rectangle being 1
 * @returns {[number, number]}
 */
export function see([x, y, height = 0], { x: [left, right], y: [front, back], lift }) {
  const across = (x - left) / (right - left);
  const away = (y - front) / (back - front);
  const sideways = across * Math.cos(TURN) - away * Math.sin(TURN);
  const depth = across * Math.sin(TURN) + away * Math.cos(TURN);
  return [sideways, depth * Math.sin(TILT) + lift * height * Math.cos(TILT)];
}
