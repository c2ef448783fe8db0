// One training step of the playground beside synaptic's and TensorFlow Playground's:
//
//   make bench-playground NN=path/to/nn.ts
//
// A step takes a batch of 10 through a network 2-8-8-2 and back and updates its weights; the page's
// also shuffles and gathers the batch. All train in this process, in turns, on the same samples;
// what counts is the best of many short runs. Without nn.ts (github.com/tensorflow/playground, in
// src) only synaptic is compared. First all sides are checked to arrive at the same weights.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BATCH, Page, Synaptic, tensorflowPlayground } from "./contestants.js";

const RATE = 0.05;
const LIMITS = { synaptic: 1, "nn.ts": 0.35 };
const [ROUNDS, STEPS] = [1000, 100];
const SELDOM = 2 ** 16; // from here on the page keeps one step in 1,024: the record is no part of a step

/** nn.ts as its own compiler settings make it: fields that are only declared are not there. */
async function compiled(path) {
  const { transform } = createRequire(new URL("../../js/", import.meta.url))("esbuild");
  const options = { loader: "ts", tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } } };
  const { code } = await transform(readFileSync(path, "utf8"), options);
  return import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
}

const largest = (a, b) => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

/** Train the page and another side on the same samples. @returns how far they are apart, and how far they came */
function apart(Other, activation, rate, batch) {
  const page = new Page(activation, rate, batch);
  const start = page.weights;
  const other = new Other(activation, rate, start);
  for (let step = 0; step < 1000; step += 1) {
    page.step();
    other.step(page.samples);
  }
  return [largest(page.weights, other.weights), largest(page.weights, start)];
}

/** synaptic is a gradient descent on single samples only in the limit of small steps. */
const AGREE = {
  synaptic: (Other, activation) => {
    const [difference, way] = apart(Other, activation, 1e-6, 1);
    return difference <= 1e-4 * way;
  },
  "nn.ts": (Other, activation) => apart(Other, activation, RATE, BATCH)[0] <= 1e-9,
};

/** Microseconds a step. */
function timeOf(side, batches) {
  const begin = performance.now();
  for (let step = 0; step < STEPS; step += 1) side.step(batches[step % batches.length]);
  return (1000 * (performance.now() - begin)) / STEPS;
}

function measure(others, activation) {
  const page = new Page(activation, RATE);
  const start = page.weights;
  const batches = [];
  for (let step = 0; step < SELDOM; step += 1) {
    page.step();
    if (step < page.run.perEpoch) batches.push(page.samples);
  }
  const sides = { page };
  for (const [name, Other] of Object.entries(others))
    sides[name] = new Other(activation, name === "synaptic" ? RATE / BATCH : RATE, start);
  const best = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, side] of Object.entries(sides))
      best[name] = Math.min(best[name] ?? Infinity, timeOf(side, batches));
  }
  return best;
}

const path = process.argv[2];
const others = { synaptic: Synaptic, ...(path && { "nn.ts": tensorflowPlayground(await compiled(path)) }) };
const headings = Object.keys(others).map((name) => `${name.padStart(10)}  page/${name} (limit ${LIMITS[name]})`);
console.log(`${"us a step".padEnd(10)}${"page".padStart(8)}${headings.join("")}`);
for (const activation of ["tanh", "sigmoid", "relu"]) {
  for (const [name, Other] of Object.entries(others)) {
    if (!AGREE[name](Other, activation))
      throw new Error(`${activation}: the page and ${name} end with different weights`);
  }
  const best = measure(others, activation);
  const cells = Object.keys(others).map(
    (name) =>
      best[name].toFixed(2).padStart(10) +
      (best.page / best[name]).toFixed(2).padStart(`  page/${name} (limit ${LIMITS[name]})`.length),
  );
  console.log(`${activation.padEnd(10)}${best.page.toFixed(2).padStart(8)}${cells.join("")}`);
}
