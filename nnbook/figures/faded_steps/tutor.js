// What a tutor may know of a calculation: what is given, the lines that are done, and the one that waits.

import { significant } from "../../../js/src/core/index.js";
import { lineState, openLine, writtenOut } from "../../../js/src/questions/calculation.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Calculation } from "../../../js/src/questions/calculation.js" */
/** @import { Asked } from "../../../js/src/tutor/text.js" */
/** @import { Traits } from "./faded_steps.js" */

/** @param {Figure<Traits, Calculation>} figure @returns {Asked} */
export function forTutor({ t, data, state: { round, tries }, said }) {
  const { given, lines } = data.rounds[round];
  const at = openLine(data, tries, round);
  const { symbol, name } = data.steps[at];
  const { limits, mistakes = {} } = lines[at];
  const what = (/** @type {number} */ line) => t(`steps.${data.steps[line].name}`);
  const done = lines.slice(0, at).map((line, index) => `- ${what(index)} $${writtenOut(data.steps[index], line)}$`);
  const { wrong } = lineState(data, tries, round, at);
  return {
    task: [given.map((one) => `$${one}$`).join(", "), ...done, `- ${what(at)} $${symbol} = {?}$`].join("\n\n"),
    tries: wrong.map(({ answer }) => `$${symbol} = ${significant(answer, 6)}$`),
    verdict: wrong.length ? said : "",
    mistakes: Object.keys(mistakes).map((mistake) => t(`mistakes.${name}.${mistake}`)),
    secret: { limits: limits ? [limits] : [] },
  };
}
