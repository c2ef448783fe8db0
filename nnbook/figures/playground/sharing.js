// The program that does the same training, to be copied.

import { h } from "../../../js/src/core/index.js";

/** @import { Playground } from "./types.js" */

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

/** @param {Playground} figure @param {() => string} program */
export function makeSharing(figure, program) {
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
  const button = h("button", {
    type: "button",
    class: "nn-button",
    "data-name": "copy-program",
    text: t("copy_program"),
    click: async () => {
      area.hidden = false;
      area.value = program();
      answer.textContent = t((await copy(area)) ? "copied" : "copy_by_hand");
    },
  });
  figure.onReset(() => {
    area.hidden = true;
    answer.textContent = "";
  });
  return [h("div", { class: "nn-presets" }, button, answer), area];
}
