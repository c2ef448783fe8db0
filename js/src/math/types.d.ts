// What the mathematics of the figures passes around.

/** Anything that can be read by its index: a list or a typed array. */
export type Numbers = number[] | Float64Array;

/** (x, y) in the plane. */
export type Point = [number, number];

/** A fully connected layer, z = x W + b: W row by row, a row for each input. */
export interface Layer {
  W: number[][];
  b: number[];
}
