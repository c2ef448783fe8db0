import shared from "words:messages/shared";
import { h } from "./dom.js";
import { translator } from "./messages.js";

/**
 * Say in a figure's place why it is not there.
 * @param {HTMLElement} root @param {string} language @param {unknown} error
 */
export function showError(root, language, error) {
  root.classList.add("nn-figure");
  root.replaceChildren(
    h(
      "p",
      { class: "nn-broken", role: "alert" },
      translator(shared, language)("broken"),
      " ",
      h("code", { text: error instanceof Error ? error.message : String(error) }),
    ),
  );
}
