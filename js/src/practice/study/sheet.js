// `practice.html?codes`: for teachers, a sheet of codes to be printed and cut. It is kept nowhere.

import { h } from "../../core/index.js";
import { MOST, sheet } from "./codes.js";
import { button, foot, heading, paragraph } from "./parts.js";
import { t } from "./words.js";

const USUAL = 40;

const random = () => crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;

/** Where students answer; a file is elsewhere on each computer. */
const address = () => (location.protocol === "file:" ? "" : `${location.origin}${location.pathname}?study`);

/** @param {HTMLElement} place @param {string} asked how many */
export function codeSheet(place, asked) {
  const count = h("input", {
    id: "study-count",
    type: "number",
    min: 2,
    max: MOST,
    value: Number(asked) >= 2 ? Math.min(Number(asked), MOST) : USUAL,
  });
  const cards = h("ul", { class: "study-cards", "aria-label": t("codes") });
  const make = () => {
    const codes = sheet(Math.max(2, count.valueAsNumber || USUAL), random);
    cards.replaceChildren(
      ...codes.map((code) =>
        h(
          "li",
          {},
          h("strong", { translate: "no", text: code }),
          h("span", { text: t("card") }),
          h("span", { class: "study-address", text: address() }),
        ),
      ),
    );
  };
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    make();
  };
  const form = h(
    "form",
    { submit },
    h("p", {}, h("label", { for: count.id, text: t("how_many") }), " ", count),
    foot(
      h("button", { class: "nn-button", "data-name": "codes_new", text: t("codes_new") }),
      button("print", () => print()),
    ),
  );
  const head = heading(t("codes"));
  place.replaceChildren(head, paragraph("codes_how"), form, cards);
  make();
  head.focus();
}
