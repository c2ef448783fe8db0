// A convolution: a picture that can be painted, a kernel of nine numbers, and the map that it makes.

/** @import { Build } from "../../../js/src/core/types.js" */

/** @type {Build<any>} */
export default function build(figure) {
  return () => figure.say("plain", {});
}
