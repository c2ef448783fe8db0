import test from "node:test";
import { ACTIVATIONS } from "../src/math/activations.js";
import { close, fixtures } from "./close.js";

for (const [name, { z, f, slope }] of Object.entries(fixtures("activations"))) {
  test(`${name} and its slope are those of nnlib`, () => {
    z.forEach((at, index) => {
      close(ACTIVATIONS[name].f(at), f[index], 1e-12, `${name}(${at})`);
      close(ACTIVATIONS[name].derivative(at), slope[index], 1e-12, `${name}'(${at})`);
    });
  });
}
