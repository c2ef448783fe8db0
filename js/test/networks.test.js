import assert from "node:assert/strict";
import test from "node:test";
import * as dosage from "../src/math/dosage.js";
import { forward } from "../src/math/mlp.js";
import { crossEntropy, crossEntropyGradient, logSoftmax, softmax, softmaxJacobian } from "../src/math/softmax.js";
import { allClose, close, fixtures } from "./close.js";

const found = fixtures("networks");

/** A sum of terms of both signs is as exact as its largest term, not as its result. */
function closeSum(actual, expected, size, where) {
  assert.ok(
    Math.abs(actual - expected) <= 1e-12 * Math.max(size, Math.abs(expected)),
    `${where}: ${actual} instead of ${expected}`,
  );
}

test("the dosage network predicts and differentiates as nnlib does", () => {
  for (const { activation, theta, predictions, ssr, gradient } of found.dosage) {
    const size = 1 + Math.max(...theta.map(Math.abs)) ** 2;
    dosage.POINTS.forEach(([x], index) =>
      closeSum(dosage.forward(theta, x, activation).prediction, predictions[index], size, activation),
    );
    closeSum(dosage.ssr(theta, dosage.POINTS, activation), ssr, size ** 2, "SSR");
    dosage
      .gradient(theta, dosage.POINTS, activation)
      .forEach((value, k) => closeSum(value, gradient[k], size ** 2, `d/d${dosage.PARAMETERS[k]}`));
  }
});

test("softmax, its logarithm, its Jacobian and the cross-entropy are those of nnlib", () => {
  for (const { z, softmax: p, log_softmax: logs, jacobian, loss, gradient } of found.softmax) {
    allClose(softmax(z), p, 1e-12, `softmax(${z})`);
    allClose(logSoftmax(z), logs, 1e-12, `log softmax(${z})`);
    allClose(softmaxJacobian(z), jacobian, 1e-12, `J(${z})`);
    close(crossEntropy(z, 0), loss, 1e-12, `loss(${z})`);
    allClose(crossEntropyGradient(z, 0), gradient, 1e-12, `gradient(${z})`);
  }
});

test("a network of any size gives the outputs of nnlib", () => {
  for (const { layers, x, output, activation } of found.mlp) {
    x.forEach((row, n) =>
      forward(layers, row, activation).output.forEach((value, k) => closeSum(value, output[n][k], 50, activation)),
    );
  }
});
