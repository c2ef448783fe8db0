/** @import { Build } from "../../../js/src/core/types.js" */

/** @type {Build} */
export default function build(figure) {
  return () => figure.say("plain");
}
