// A neuron with the curve that bends inside it.

import { color, s, set, uniqueId } from "../../../js/src/core/index.js";
import { ACTIVATIONS } from "../../../js/src/math/activations.js";

/** @import { Unit } from "../../../js/src/core/diagram.js" */

export const R = 30; // px; radius of a neuron

/** Inside a hidden neuron: the curve that bends, and where on it the neuron now is. @param {Unit} unit */
export function lens({ element }) {
  const id = uniqueId("lens");
  const axis = s("path", { stroke: color("muted"), "stroke-width": 0.8 });
  const curve = s("path", { fill: "none", stroke: color("activation"), "stroke-width": 1.8 });
  const rise = s("path", { stroke: color("activation"), "stroke-width": 1.2, "stroke-dasharray": "2 2" });
  const dot = s("circle", { r: 3.5, fill: color("activation") });
  const inside = s("g", { "clip-path": `url(#${id})` }, axis, curve, rise, dot);
  element.append(s("clipPath", { id }, s("circle", { r: R - 1 })), inside);
  const base = R * 0.42;
  /** @param {string} activation @param {number} reach @param {number} z @param {boolean} bent */
  const draw = (activation, reach, z, bent) => {
    const { f } = ACTIVATIONS[activation];
    const scale = (0.72 * R) / reach;
    const tall = activation === "sigmoid" ? 0.85 * R : scale;
    const at = (/** @type {number} */ x) => [x * scale, base - f(x) * tall];
    const points = Array.from({ length: 49 }, (_, i) =>
      at((i / 24 - 1) * reach)
        .map((n) => n.toFixed(1))
        .join(),
    );
    set(curve, { d: `M${points.join("L")}` });
    set(axis, { d: `M${-R},${base}H${R}` });
    const [x, y] = at(z);
    const visibility = bent ? null : "hidden";
    set(rise, { d: `M${x},${base}V${y}`, visibility });
    set(dot, { cx: x, cy: y, visibility });
    return [x, bent ? y : base];
  };
  return { inside, draw };
}
