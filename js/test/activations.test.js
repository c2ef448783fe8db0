import assert from "node:assert/strict";
import test from "node:test";
import { ACTIVATION_LAYERS } from "../src/math/activation_layers.js";
import { ACTIVATIONS } from "../src/math/activations.js";
import { close, fixtures } from "./close.js";

for (const [name, { z, f, slope }] of Object.entries(fixtures("activations"))) {
  test(`${name} and its slope are those of nnlib`, () => {
    z.forEach((at, index) => {
      close(ACTIVATIONS[name].f(at), f[index], 1e-12, `${name}(${at})`);
      close(ACTIVATIONS[name].derivative(at), slope[index], 1e-12, `${name}'(${at})`);
    });
  });

  test(`${name} is as steep as it says`, () => {
    const steepest = Math.max(...slope.filter((value) => !Number.isNaN(value)).map(Math.abs));
    close(ACTIVATIONS[name].steepest, steepest, 1e-3, name);
  });

  test(`${name} over arrays: the same values, and slopes from them`, () => {
    const { forward, backward } = ACTIVATION_LAYERS[name];
    const [a, back] = [new Float64Array(z.length), new Float64Array(z.length).fill(1)];
    forward(z, a, z.length);
    assert.deepEqual(
      [...a],
      z.map((at) => ACTIVATIONS[name].f(at)),
    );
    backward(a, back, z.length, Float64Array.from(z));
    z.forEach((at, index) =>
      assert.ok(
        Number.isNaN(at) || Math.abs(back[index] - slope[index]) <= 1e-15,
        `${name}'(${at}): ${back[index]} instead of ${slope[index]}`,
      ),
    );
  });
}
