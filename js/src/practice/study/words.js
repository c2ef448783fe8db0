// What a study says, in the language of the page.

import words from "words:messages/site/study";
import { languageOf, translator } from "../../core/messages.js";

export const language = languageOf(document.documentElement);
export const t = translator(words, language);
