// A link to the present state, and the programs that do the same.

import { h } from "../../../js/src/core/index.js";

/** @import { Playground } from "./types.js" */
/** @typedef {{key: string}} Refused the key of the sentence that says why there is no text */
/** @typedef {Record<string, () => string | Refused>} Texts of a link, if there can be one, and of the programs, by these names */

/**
 * Put text on the clipboard; where the browser has none for us, it is selected for the reader.
 * @param {HTMLTextAreaElement} area
 */
async function copy(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.focus();
    area.select();
    return document.execCommand("copy");
  }
}

/** @param {Playground} figure @param {Texts} texts */
export function makeSharing(figure, texts) {
  const { t } = figure;
  const area = h("textarea", {
    class: "nn-pg-text",
    rows: 6,
    readonly: true,
    hidden: true,
    spellcheck: "false",
    "data-name": "shared",
    "aria-label": t("shared"),
  });
  const answer = h("span", { class: "nn-pg-note", role: "status", "data-name": "share-answer" });
  const share = (/** @type {string} */ name) =>
    h("button", {
      type: "button",
      class: "nn-button",
      "data-name": `copy-${name}`,
      text: t(`copy_${name}`),
      click: async () => {
        const text = texts[name]();
        const refused = typeof text !== "string";
        area.hidden = refused;
        area.value = refused ? "" : text;
        if (refused) answer.textContent = t(text.key);
        else answer.textContent = t((await copy(area)) ? "copied" : "copy_by_hand");
      },
    });
  figure.onReset(() => {
    area.hidden = true;
    answer.textContent = "";
  });
  return { buttons: Object.keys(texts).map(share), answer, area };
}
