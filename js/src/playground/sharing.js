// A link to the present state, and the program that does the same.

import { h } from "../core/index.js";

/** Put text on the clipboard; where the browser has none for us, it is selected for the reader. */
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

/** @param {{link?: () => string, program: () => string}} texts */
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
  const share = (name) =>
    h("button", {
      type: "button",
      class: "nn-button",
      "data-name": `copy-${name}`,
      text: t(`copy_${name}`),
      click: async () => {
        area.hidden = false;
        area.value = texts[name]();
        answer.textContent = t((await copy(area)) ? "copied" : "copy_by_hand");
      },
    });
  figure.onReset(() => {
    area.hidden = true;
    answer.textContent = "";
  });
  return { buttons: Object.keys(texts).map(share), answer, area };
}
