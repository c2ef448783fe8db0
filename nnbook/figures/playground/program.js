// The same training as a program for nnlib, with the page's points, first weights and batch order.

import { ACTIVATIONS } from "../../../js/src/math/activations.js";
import { PageRandom } from "../../../js/src/math/random.js";
import { Dense } from "./math/dense.js";

/** @import { Sets } from "./math/plane_data.js" */
/** @import { Run } from "./math/run.js" */
/** @typedef {Float64Array | Uint16Array | Uint8Array} Packable */

const LEAST = 200;
const MOST = 2000; // steps: the order of the samples is written down for each epoch

/** @param {Packable} array */
function base64(array) {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replace(/.{76}(?=.)/g, '$&"\n    "');
}

/** @param {Packable} array @param {string} kind */
const packed = (array, kind) => `unpacked(\n    "${base64(array)}",\n    "${kind}",\n)`;
const float = (/** @type {number} */ x) => (Number.isInteger(x) ? `${x}.0` : String(x));
const list = (/** @type {Float64Array} */ values) => `[${Array.from(values, float).join(", ")}]`;

/** @param {Dense} net @param {number} l */
function linear(net, l) {
  const { w, b, end } = net.places[l];
  const fanOut = net.sizes[l + 1];
  const rows = Array.from(
    { length: net.sizes[l] },
    (_, i) => `            ${list(net.parameters.subarray(w + i * fanOut, w + (i + 1) * fanOut))},`,
  );
  return [
    "    nnlib.Linear.from_arrays(",
    "        [",
    ...rows,
    "        ],",
    `        ${list(net.parameters.subarray(b, end))},`,
    "    ),",
  ].join("\n");
}

/**
 * The program: the points, the first network, the order of the samples, the steps.
 * @param {{run: Run, sets: Sets}} training
 * @param {string} link
 */
export function programOf({ run, sets }, link) {
  const { settings, classes } = run;
  const { train, validation } = sets;
  const wanted = Math.min(MOST, Math.max(LEAST, run.step));
  const steps = run.diverged ? Math.min(wanted, run.diverged.step) : wanted;
  const net = new Dense(run.net.sizes, settings.activation).initialize(
    new PageRandom(2 * settings.seed + 2),
    settings.start,
  );
  const shuffled = run.batch < train.n;
  const random = new PageRandom(2 * settings.seed + 3);
  const epochs = Math.max(1, Math.ceil(steps / run.perEpoch));
  const orders = Uint16Array.from(
    Array.from({ length: shuffled ? epochs : 0 }, () => [...random.permutation(train.n)]).flat(),
  );
  const fresh = validation.n > 0;
  const standardized = settings.standardized && train.n > 1;
  const { reduction, target } = run.loss;
  const isOneHot = target === "same shape";
  const lossOf = (/** @type {string} */ part) =>
    `nnlib.${settings.loss}(model.forward(X${part}), y${part})${reduction === "sum" ? ` / len(X${part})` : ""}`;
  const layers = net.places
    .map((_, l) => linear(net, l))
    .join(`\n    nnlib.${ACTIVATIONS[settings.activation].layer}(),\n`);
  const lines = [
    `# ${link}`,
    "import base64",
    "",
    "import numpy as np",
    "",
    "import nnlib",
    "",
    run.diverged ? 'np.seterr(over="ignore", invalid="ignore")\n' : null,
    "",
    "def unpacked(text, kind):",
    "    return np.frombuffer(base64.b64decode(text), kind)",
    "",
    "",
    `X = ${packed(train.x, "<f8")}.reshape(-1, 2)`,
    `y = ${packed(train.y, "u1")}.astype(int)`,
    fresh ? `X_val = ${packed(validation.x, "<f8")}.reshape(-1, 2)` : null,
    fresh ? `y_val = ${packed(validation.y, "u1")}.astype(int)` : null,
    shuffled ? `orders = ${packed(orders, "<u2")}.reshape(-1, len(X))` : "orders = [np.arange(len(X))]",
    standardized ? "X, scaler = nnlib.standardize(X)" : null,
    standardized && fresh ? "X_val = scaler.transform(X_val)" : null,
    isOneHot ? `y = nnlib.one_hot(y, ${classes})` : null,
    isOneHot && fresh ? `y_val = nnlib.one_hot(y_val, ${classes})` : null,
    "",
    "model = nnlib.Sequential(",
    layers,
    ")",
    `optimizer = nnlib.SGD(\n    model.parameters(), lr=${float(settings.rate)}, momentum=${float(settings.momentum)}, ` +
      `weight_decay=${float(settings.decay)}\n)`,
    `slope = nnlib.${settings.loss}_derivative`,
    `batch_size, steps = ${run.batch}, ${steps}`,
    "per_epoch = -(-len(X) // batch_size)",
    "losses, validation_losses = [], []",
    "",
    "for count in range(steps + 1):",
    `    losses.append(${lossOf("")})`,
    fresh ? `    validation_losses.append(${lossOf("_val")})` : null,
    "    if count == steps:",
    "        break",
    "    epoch, batch = divmod(count, per_epoch)",
    `    order = orders[${shuffled ? "epoch" : "0"}]`,
    "    rows = np.array_split(order, per_epoch)[batch]",
    "    output = model.forward(X[rows])",
    "    optimizer.zero_grad()",
    "    model.backward(slope(output, y[rows]))",
    "    optimizer.step()",
    "",
    "for count in range(0, steps + 1, max(1, steps // 20)):",
    `    print(count, losses[count]${fresh ? ", validation_losses[count]" : ""})`,
    "",
  ];
  return lines.filter((line) => line !== null).join("\n");
}
