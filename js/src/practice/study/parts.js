// What the screens of a study are made of.

import { saveFile } from "../../core/files.js";
import { h } from "../../core/index.js";
import { choosing } from "../../reading/page_parts.js";
import { nameOf, packed } from "./files.js";
import { t } from "./words.js";

/** @import { Child } from "../../core/types.js" */
/** @import { Session } from "./types.js" */

/** @param {string} name @param {() => void} click */
export const button = (name, click) =>
  h("button", { type: "button", class: "nn-button", "data-name": name, text: t(name), click });

/** @param {Child[]} buttons */
export const foot = (...buttons) => h("div", { class: "practice-foot" }, buttons);

/** @param {string} key @param {Record<string, unknown>} [values] */
export const paragraph = (key, values) => h("p", { text: t(key, values) });

/** What a screen begins with: it gets the focus, so that it is read aloud. @param {string} text */
export const heading = (text) => h("h2", { class: "study-heading", tabindex: "-1", text });

/** @param {Session} session */
export const save = (session) => saveFile(packed(session), "application/json", nameOf(session));

/**
 * A place where a file is chosen or dropped.
 * @param {string} name of its button @param {(text: string) => void} take
 */
export function fileChoice(name, take) {
  const said = h("p", { class: "study-missing", role: "status" });
  const zone = h("div", { class: "study-drop" });
  const choose = choosing(zone, false, async ([file]) => {
    if (!file) return;
    try {
      take(await file.text());
    } catch {
      refuse("refused_text");
    }
  });
  const refuse = (/** @type {string} */ key) => {
    said.textContent = t(key);
  };
  zone.prepend(button(name, choose), " ", h("span", { class: "practice-soft", text: t("or_drop") }), said);
  return { zone, refuse };
}

/**
 * Some things to choose from, of which at first one or none is chosen.
 * @param {string} name @param {string[]} values @param {string | null} [chosen]
 */
export const radios = (name, values, chosen) =>
  h(
    "fieldset",
    { "data-name": name },
    h("legend", { text: t(name) }),
    values.map((value) =>
      h(
        "label",
        {},
        h("input", { type: "radio", name: `study-${name}`, value, checked: value === chosen, required: true }),
        h("span", { text: t(value) }),
      ),
    ),
  );
