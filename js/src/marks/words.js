// What highlights and notes say, in the language of the page.

import catalogue from "words:messages/site/marks";
import { h } from "../core/dom.js";
import { languageOf, translator } from "../core/messages.js";

export const t = translator(catalogue, languageOf(document.documentElement));

/** @param {string} name of its words @param {() => void} click @param {string} [title] what it is about, for who hears it */
export const button = (name, click, title) =>
  h("button", {
    type: "button",
    class: "live-button",
    "data-name": name,
    text: t(name),
    "aria-label": title ? `${t(name)}: ${title}` : null,
    click,
  });
