// Gradient descent on all seven parameters of the dosage network, step by step as far as somebody looks.

import { evaluate, moment } from "../../../../js/src/math/dead_neurons.js";

/** @import { Numbers } from "../../../../js/src/math/types.js" */

/**
 * @typedef {object} Descent
 * @property {(step: number) => number} reach go so far, or to the last step with numbers that can be shown; returns where it is
 * @property {(step: number) => number[]} thetaAt the parameters after a step that was reached
 * @property {Float64Array} losses the SSR after each step that was reached
 * @property {() => number} last the last step there is, as far as is known
 */

const BEYOND = 1e6; // an SSR that no picture shows: the rate is too large

/**
 * @param {{theta: Numbers, activation: string, rate: number, steps: number}} run the start; at most so many steps
 * @returns {Descent}
 */
export function descent({ theta, activation, rate, steps }) {
  const now = moment();
  const path = new Float64Array(7 * (steps + 1));
  const losses = new Float64Array(steps + 1);
  const place = (/** @type {number} */ step) => path.subarray(7 * step, 7 * step + 7);
  const setting = { activation, alpha: 0 };
  let known = 0;
  let last = steps;
  path.set(theta);
  losses[0] = evaluate(place(0), setting, now).ssr;
  function advance() {
    const next = place(known + 1);
    place(known).forEach((value, k) => {
      next[k] = value - rate * now.gradient[k];
    });
    const { ssr } = evaluate(next, setting, now);
    if (!(ssr < BEYOND)) last = known;
    else {
      known += 1;
      losses[known] = ssr;
    }
  }
  return {
    losses,
    last: () => last,
    thetaAt: (step) => [...place(step)],
    reach(step) {
      while (known < step && known < last) advance();
      return Math.min(step, last);
    },
  };
}

/** The run of a state, remembered until another is needed. */
export function descents() {
  let key = "";
  /** @type {Descent} */
  let run;
  return (/** @type {Parameters<typeof descent>[0]} */ wish) => {
    const wanted = [wish.activation, wish.rate, wish.steps, ...wish.theta].join();
    if (wanted !== key) run = descent(wish);
    key = wanted;
    return run;
  };
}
