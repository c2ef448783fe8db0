// The pictures of a training: the plane and the network, both drawn from what the cells of a grid leave in the network.

import { COARSE, DRAFT, FINE } from "./plane.js";

/** @import { makeNetwork } from "./network_view.js" */
/** @import { makePlane } from "./plane.js" */
/** @import { Training } from "./types.js" */

const SLOW = 6; // ms: pictures that take longer are drawn in fewer cells

/**
 * Draws in pieces or at once; in fewer cells where the processor is slow, in most when all is at rest.
 * @param {ReturnType<typeof makePlane>} plane @param {ReturnType<typeof makeNetwork>} network
 */
export function makePainter(plane, network) {
  let cost = 0; // ms of the pictures, as measured
  const sizeOf = (/** @type {boolean} */ isSharp) => (isSharp ? FINE : cost > SLOW ? DRAFT : COARSE);
  /** One picture after the other. @param {Training} training */
  function* pieces({ sets, run, overPlane }, isSharp = false) {
    const size = sizeOf(isSharp);
    const room = overPlane(size);
    plane.draw(sets, room.z[room.z.length - 1], size, run.loss.target === "labels");
    yield;
    network.draw(run, room, size, !isSharp);
  }
  return {
    pieces,
    all: (/** @type {Training} */ training, isSharp = false) => {
      const start = performance.now();
      for (const _ of pieces(training, isSharp));
      // Once slow, slow for a while: a tint that changes its grain from frame to frame would flicker.
      if (!isSharp) cost = Math.max(0.98 * cost, 0.7 * cost + 0.3 * (performance.now() - start));
    },
  };
}
