// What the parts of the playground hand to each other.

import type { Figure } from "../../../js/src/core/figure.js";
import type { Room } from "./math/dense.js";
import type { Sets, Settings } from "./math/plane_data.js";
import type { Run } from "./math/run.js";

export type Traits = Settings & { step: number; challenge: number };
/** The figure; its irises are numbers separated by spaces. */
export type Playground = Figure<Traits, { iris: string }>;

/** What belongs to a state. */
export interface Training {
  sets: Sets;
  run: Run;
  /** What the units and outputs give in the middle of each cell of the plane, in a grid of that size. */
  overPlane(size: number): Room;
}

/** Red, green and blue, from 0 to 255. */
export type Rgb = number[];
/** Name of a quantity -> its color. */
export type Shades = Record<string, Rgb>;
