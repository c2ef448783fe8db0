// A curve of the text, drawn before one sees it. The question is above it; one commits to a curve,
// then the true one appears over it, with one sentence on the difference that matters.

import { h, roomy, set } from "../../../js/src/core/index.js";
import { complete, judgeDrawing, reaches, UNSET } from "../../../js/src/questions/drawing.js";
import { curvePad } from "./curve_pad.js";

/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { PadData } from "./curve_pad.js" */

/** @typedef {{heights: number[], compared: boolean, shown: boolean}} Traits */
/** @typedef {PadData & {values: Record<string, unknown>}} Data */

/** @type {Build<Traits, Data>} */
export default function build(figure) {
  const { t, data } = figure;
  let problem = ""; // the key of a message: why there is nothing to compare yet
  const over = () => figure.state.compared || figure.state.shown;

  const pad = curvePad(figure, {
    open: () => !over(),
    change: (heights) => {
      problem = "";
      figure.set({ heights });
    },
  });
  const compare = () => {
    const { heights } = figure.state;
    problem = reaches(heights) ? "" : heights.length ? "short" : "empty";
    if (problem) figure.refresh();
    else figure.set({ heights: complete(heights), compared: true });
    if (!problem) pad.focus(); // this button is gone
  };
  const reveal = () => {
    problem = "";
    figure.set({ shown: true });
    pad.focus();
  };
  const show = h("button", {
    type: "button",
    class: "nn-link",
    "data-name": "show",
    text: t("show_answer"),
    click: reveal,
  });
  const check = h("button", {
    type: "button",
    class: "nn-button nn-main",
    "data-name": "check",
    text: t("check"),
    click: compare,
  });
  figure.onReset(() => {
    problem = "";
    pad.again();
    if (figure.root.contains(document.activeElement)) pad.focus(); // so is the button that starts again
  });
  const yours = h("span", { class: "nn-yours", text: t("yours") });
  const legend = h(
    "p",
    { class: "nn-drawn-names", "aria-hidden": "true" },
    yours,
    h("span", { class: "nn-true", style: { "--c": `var(--nn-${data.color})` }, text: t("true") }),
  );

  const reason = t("reason", data.values);
  const before = ["start", "drawn", "short", "empty"].map((key) => t(key));
  figure.show(pad.node, figure.foot, legend, roomy(figure.sentence, before));
  figure.foot.prepend(check);
  figure.root.append(show); // the last line of all

  return ({ heights, compared, shown }) => {
    // What was remembered may come from another edition of the book.
    if (heights.length && heights.length !== data.places) throw new Error(`${heights.length} heights`);
    const finished = compared || shown;
    if (finished) problem = "";
    const judged = compared ? judgeDrawing(data, heights) : null;
    const drawn = heights.some((height) => height !== UNSET);
    let progress = drawn ? "drawn" : "open";
    yours.hidden = !drawn;
    legend.hidden = !finished;
    check.hidden = show.hidden = finished;
    if (shown) progress = "shown";
    if (judged) progress = judged.verdict === "right" ? "right" : "wrong";
    set(figure.root, { "data-progress": progress });
    pad.draw(finished);
    if (problem) figure.say(problem);
    else if (judged?.verdict === "mistake") figure.say(`mistakes.${judged.name}`, data.values);
    else if (judged) figure.say(judged.verdict === "right" ? "right" : "other", { reason });
    else if (shown) figure.say("shown", { reason });
    else figure.say(progress === "drawn" ? "drawn" : "start");
  };
}
