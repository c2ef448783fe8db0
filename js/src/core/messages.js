// The words of the figures, from the catalogue in nnlib/messages, in the reader's language.

/** The languages of the book; a page's `zh-CN` is `zh`. */
export const LANGUAGES = ["en", "zh"];

/** The language nearest to an element. @param {Element} element */
export function languageOf(element) {
  const tag = element.closest("[lang]")?.getAttribute("lang") ?? document.documentElement.lang ?? "";
  const language = tag.toLowerCase().split("-")[0];
  return LANGUAGES.includes(language) ? language : "en";
}

/**
 * Look up messages by key and fill in {places}.
 * @param {Record<string, Record<string, string>>} catalogue language -> key -> text
 */
export function translator(catalogue, language) {
  return (key, values = {}) => {
    const text = catalogue[language]?.[key];
    if (text === undefined) throw new Error(`No message ${key} in ${language}`);
    return text.replace(/\{(\w+)\}/g, (place, name) => {
      if (!(name in values)) throw new Error(`Message ${key} needs ${name}`);
      return String(values[name]);
    });
  };
}
