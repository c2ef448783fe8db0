// The program that does the same training, shown, selected and copied.

import { h } from "../../../js/src/core/index.js";

/** @import { Playground } from "./types.js" */

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
    "aria-label": t("copy_program"),
  });
  const answer = h("span", { class: "nn-pg-note", role: "status" });
  const button = h("button", {
    type: "button",
    class: "nn-button",
    "data-name": "copy-program",
    text: t("copy_program"),
    click: () => {
      area.hidden = false;
      area.value = program();
      area.select();
      // From a file, and without a secure connection, there is no navigator.clipboard.
      answer.textContent = document.execCommand("copy") ? t("copied") : "";
    },
  });
  figure.onReset(() => {
    area.hidden = true;
    answer.textContent = "";
  });
  return [h("div", { class: "nn-presets" }, button, answer), area];
}
