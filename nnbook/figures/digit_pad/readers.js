// Who reads what is on the pad: a network, or besides it a convolution; then the reader sees both answers, and chooses whose way
// to it the figure shows.

import { fixed, h, roomy, set } from "../../../js/src/core/index.js";
import { kernelsOf, readByConvolution } from "./math/convolution.js";
import { layersOf, read } from "./math/reader.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Data, Traits } from "./digit_pad.js" */
/** @import { Answer } from "./math/reader.js" */

/** @typedef {{dense: Answer, convolution?: Answer}} Answers */

/** @param {Figure<Traits, Data>} figure */
export function makeReaders(figure) {
  const { t, data } = figure;
  const layers = layersOf(data.layers);
  const convolution = data.convolution ? kernelsOf(data.convolution) : null;
  const names = convolution ? ["answer_dense", "answer_convolution"] : ["answer"];
  const title = h("span", { text: t(names[0]) });
  const answer = h("output", { class: "nn-pad-answer", "data-name": "answer", "aria-live": "off" });
  const says = h(
    "div",
    { class: "nn-pad-says" },
    roomy(
      title,
      names.map((name) => t(name)),
    ),
    answer,
  );
  const choice = figure.choice("reader", { name: t("reader"), labels: (name) => t(`reader_${name}`) });
  const small = [...choice.querySelectorAll("label > span")].map((label) => {
    const shown = h("b", { class: "nn-pad-small" });
    label.append(" ", shown);
    return shown;
  });
  return {
    node: h("div", { class: "nn-pad-readers" }, convolution ? choice : null, says),
    counts: [layers[0].b.length, ...(convolution ? [convolution.dense.W.length] : [])],
    /** @param {number[]} x counts @returns {Answers} */
    read: (x) => ({
      dense: read(layers, x),
      ...(convolution ? { convolution: readByConvolution(convolution, x) } : {}),
    }),
    /** @param {Answers} answers @param {Traits["reader"]} reader */
    show: ({ dense, convolution: other }, reader) => {
      set(answer, { text: String((reader === "convolution" && other ? other : dense).first) });
      if (!other) return;
      set(title, { text: t(`answer_${reader}`) });
      [dense, other].forEach(({ first, p }, k) => set(small[k], { text: `${first} (${fixed(p[first])})` }));
    },
  };
}

/**
 * What two readers say of the same ink.
 * @param {Traits["digit"]} digit @param {Answer} dense @param {Answer} other
 */
export function versus(digit, dense, other) {
  const values = {
    digit,
    first: dense.first,
    second: other.first,
    p: fixed(dense.p[dense.first]),
    q: fixed(other.p[other.first]),
  };
  if (digit === "none") return { key: dense.first === other.first ? "both_agree" : "both_differ", values };
  const right = [dense, other].map(({ first }) => first === digit);
  const key = right[0] ? (right[1] ? "both_right" : "only_dense") : right[1] ? "only_convolution" : "neither";
  return { key, values };
}
