import test from "node:test";
import { lossesAt } from "../src/math/binary_losses.js";
import { close, fixtures } from "./close.js";

const found = fixtures("binary_losses");

test("both losses and their slopes are those of nnlib, however far z is", () => {
  for (const { y, z, ...losses } of found.losses) {
    z.forEach((at, index) => {
      for (const name of ["square", "crossEntropy"]) {
        for (const part of ["L", "inP", "inZ"])
          close(lossesAt(at, y)[name][part], losses[name][part][index], 1e-12, `${name}.${part} at ${at}, y = ${y}`);
      }
    });
  }
});

test("where p keeps its digits, nnlib's losses of probabilities say the same", () => {
  for (const { y, z, loss, ...parts } of found.plain) {
    for (const [part, expected] of Object.entries(parts))
      close(lossesAt(z, y)[loss][part], expected, 1e-12, `${loss}.${part} at ${z}, y = ${y}`);
  }
});
