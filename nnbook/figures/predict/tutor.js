// What a tutor may know of a question: what it asks, what was answered, what is often overlooked.

import { significant } from "../../../js/src/core/index.js";
import { judge } from "../../../js/src/questions/judge.js";
import { orderOf } from "../../../js/src/questions/option_order.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Asked } from "../../../js/src/tutor/text.js" */
/** @import { Answer, Data, Traits } from "./predict.js" */

/**
 * Of options only what was said about those that were tried: about all but one, it would tell which one is right.
 * @param {Figure<Traits, Data>} figure
 * @returns {Asked}
 */
export function forTutor({ t, data, state: { name, tries }, said, root }) {
  const number = data.kind === "number";
  const why = (/** @type {string} */ mistake) => t(`mistakes.${mistake}`, data.values);
  const option = (/** @type {string} */ one) => t(`options.${one}`, data.values);
  const asked = [
    root.closest("[data-question]") ? t("question", data.values) : "",
    data.code ? `\`\`\`python\n${data.code}\n\`\`\`` : "",
    data.picture?.length ? `[${t("alt", data.values)}]` : "",
    ...(number ? [] : orderOf(name, data).map((one) => `- ${option(one)}`)),
  ];
  const mistaken = tries.flatMap((answer) => (judge(data, answer).verdict === "mistake" ? [String(answer)] : []));
  return {
    task: asked.filter(Boolean).join("\n\n"),
    tries: tries.map((answer) =>
      number ? `$${data.symbol} = ${significant(Number(answer), 6)}$` : option(String(answer)),
    ),
    verdict: tries.length ? said : "",
    mistakes: number ? Object.keys(data.mistakes).map(why) : mistaken.slice(0, -1).map(why),
    secret: { limits: number ? [data.limits] : [] },
  };
}
