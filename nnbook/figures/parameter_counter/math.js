// How many parameters a network for pictures has, and a convolution beside it.

export const KERNEL = 3; // the convolution's window is 3 x 3 ...
export const FILTERS = 64; // ... and it has so many, each with weights of its own
const BYTES = 4; // of a number in float32

/**
 * Weights and biases of a fully connected network.
 * @param {number[]} sizes widths, as nnlib.parameter_count takes them
 */
export function parameterCount(sizes) {
  return sizes.slice(1).reduce((sum, size, layer) => sum + (sizes[layer] + 1) * size, 0);
}

/** @param {number} parameters */
export const megabytes = (parameters) => (BYTES * parameters) / 1e6;

/**
 * Everything that follows from the picture, the blocks it is pooled by, and two widths. Rows and
 * columns at the rim that fill no block are left out.
 * @param {{height: number, width: number, channels: number, pool: number, hidden: number, outputs: number}} state
 */
export function count({ height, width, channels, pool, hidden, outputs }) {
  const [rows, columns] = [Math.floor(height / pool), Math.floor(width / pool)];
  const inputs = rows * columns * channels;
  const window = KERNEL * KERNEL * channels;
  const convolved = rows * columns * FILTERS; // a rim of zeros: the window fits at every place
  return {
    rows,
    columns,
    inputs,
    window,
    leftOut: [height % pool, width % pool],
    unpooled: height * width * channels,
    first: parameterCount([inputs, hidden]),
    second: parameterCount([hidden, outputs]),
    convolution: (window + 1) * FILTERS,
    convolved,
    multiplications: window * convolved,
  };
}
