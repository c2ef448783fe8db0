// Who answers, and when: a code is typed, or the file of one who began elsewhere is brought.

import { h } from "../../core/index.js";
import { codeIn, PHASES } from "./codes.js";
import { opened } from "./files.js";
import { fileChoice, foot, heading, paragraph, radios } from "./parts.js";
import { language, t } from "./words.js";

/** @import { Phase } from "./codes.js" */
/** @import { Session } from "./types.js" */

/**
 * @param {{typed: string, phase: Phase | null, wrong: boolean}} known `wrong` where what the address has is no code
 * @param {(code: string, phase: Phase) => void} enter
 * @param {(session: Session) => void} takeUp
 */
export function who({ typed, phase, wrong }, enter, takeUp) {
  const said = h("p", { class: "study-missing", id: "study-no-code", role: "status", text: wrong ? t("no_code") : "" });
  const field = h("input", {
    id: "study-code",
    type: "text",
    value: typed,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 20,
    "aria-describedby": said.id,
    "aria-invalid": wrong && "true",
  });
  const phases = radios("phase", PHASES, phase);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    /** @type {HTMLInputElement[]} */
    const times = [...phases.querySelectorAll("input")];
    const chosen = PHASES[times.findIndex(({ checked }) => checked)];
    const code = codeIn(field.value);
    if (code && chosen) {
      enter(code, chosen);
      return;
    }
    field.setAttribute("aria-invalid", String(!code));
    said.textContent = t(code ? "no_phase" : "no_code");
    (code ? times[0] : field).focus();
  };
  const file = fileChoice("go_on_from", (text) => {
    const found = opened(text, language);
    if ("session" in found) takeUp(found.session);
    else file.refuse("refused" in found ? found.refused : "forms_later");
  });
  const form = h(
    "form",
    { submit, novalidate: true },
    h("p", {}, h("label", { for: field.id, text: t("code") }), " ", field),
    phases,
    said,
    foot(h("button", { class: "nn-button", "data-name": "enter", text: t("enter") })),
  );
  const more = h("details", {}, h("summary", { text: t("elsewhere") }), paragraph("elsewhere_how"), file.zone);
  return [heading(t("who")), form, more];
}
