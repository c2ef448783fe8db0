// Beside a figure's sentence: back to the start, another language where there is a choice, and whether what was done is kept.

import { h, set } from "./dom.js";
import { LANGUAGES } from "./messages.js";
import { roomy, sentences } from "./room.js";

/** @import { Figure } from "./figure.js" */

/** @param {Figure} figure */
export function footButtons(figure) {
  const again = h("button", {
    type: "button",
    class: "nn-button nn-reset",
    "data-name": "reset",
    text: figure.t("reset"),
    click: () => figure.reset(),
  });
  const lost = h("p", { class: "nn-lost" });
  figure.control(lost, () => {
    const isLost = figure.store.isLost?.();
    set(lost, { role: isLost ? "alert" : null, text: isLost ? figure.t("lost") : "" });
  });
  return [...languageSwitch(figure), again, lost];
}

/** @param {Figure} figure */
function languageSwitch({ switchable, language }) {
  if (!switchable) return [];
  const languages = Object.keys(LANGUAGES);
  const other = languages[(languages.indexOf(language) + 1) % languages.length];
  return [
    h("button", {
      type: "button",
      class: "nn-button nn-language",
      "data-name": "language",
      lang: LANGUAGES[other].tag,
      text: LANGUAGES[other].name,
      click: () => switchable(other),
    }),
  ];
}

/** The foot is as high as the tallest sentence, unless the figure has put its sentence elsewhere. @param {Figure} figure */
export function* reserve(figure) {
  if (figure.sentence.parentNode !== figure.foot) return;
  const all = sentences(figure);
  yield;
  figure.foot.prepend(roomy(figure.sentence, all));
}
