// Sphinx's translations come with a rule for plurals, as text to be made a function, which the page's policy forbids.
// The one translation here is Chinese, which has no plurals.
"use strict";
Documentation.addTranslations = (catalog) => {
  Object.assign(Documentation.TRANSLATIONS, catalog.messages);
  Documentation.PLURAL_EXPR = () => 0;
};
