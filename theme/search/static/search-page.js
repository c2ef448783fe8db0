// The search page: it asks the index while one types, and shows the answer. Only text is put into the page, no markup.
"use strict";
{
  const AT_ONCE = 20; // results, before one asks for more
  const LONGEST = 200; // characters of a query that are read
  const REST = 150; // milliseconds without a key, so that screen readers hear answers, not letters

  // What the template (search.html) has is there.
  const field = /** @type {HTMLInputElement} */ (document.querySelector("article .search-form input"));
  const summary = /** @type {HTMLElement} */ (document.querySelector(".search-summary"));
  const results = /** @type {HTMLElement} */ (document.getElementById("search-results"));
  const words = /** @type {Record<string, string>} */ (results.dataset);
  const index = indexOf(BOOK_PAGES);

  /**
   * An element with text and elements in it.
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} name @param {object} properties @param {(Node | string)[]} content
   */
  const element = (name, properties, ...content) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...content);
    return made;
  };

  const titleOf = (/** @type {SearchPlace} */ { number, title }) => (number ? `${number} ${title}` : title);

  /**
   * A link to a place: where it is, then its title, and the other name by which it was found.
   * @param {{place: SearchPlace, name?: string}} hit
   */
  function linkTo({ place, name = place.title }) {
    const path = place.above.map((above) => `${titleOf(above)} › `).join("");
    const title = titleOf(place) + (name === place.title ? "" : ` (${name})`);
    return element("a", { href: place.address }, element("span", { className: "path" }, path), title);
  }

  /** @param {SearchHit} hit @param {SearchTerm[]} terms */
  function resultOf(hit, terms) {
    const pieces = excerptOf(hit.place, terms).map((piece, at) => (at % 2 ? element("mark", {}, piece) : piece));
    const excerpt = element("p", { className: "context" }, ...pieces);
    if (hit.place.kind === "name") excerpt.lang = "en"; // docstrings are English in every edition
    return element("li", {}, linkTo(hit), excerpt);
  }

  /**
   * Show the first hits, and a button for more of them, from which the focus goes on to the first new one.
   * @param {SearchHit[]} hits @param {SearchTerm[]} terms
   */
  function show(hits, terms) {
    const list = element("ol", { className: "search" });
    const more = element("button", { className: "more", type: "button" }, words.more);
    const add = () => {
      const shown = list.children.length;
      list.append(...hits.slice(shown, shown + AT_ONCE).map((hit) => resultOf(hit, terms)));
      if (list.children.length === hits.length) more.remove();
      return list.children[shown];
    };
    results.replaceChildren(list, more);
    add();
    more.addEventListener("click", () => add().querySelector("a")?.focus());
  }

  /** @param {string} query */
  function showNothing(query) {
    summary.textContent = words.nothing.replace("{query}", () => query);
    const glossary = index.places.find(({ kind }) => kind === "term")?.above.slice(-1) ?? [];
    const terms = similarTerms(query, index);
    const list = element(
      "ul",
      { className: "search" },
      ...[...terms, ...glossary].map((place) => element("li", {}, linkTo({ place }))),
    );
    results.replaceChildren(element("p", {}, terms.length > 0 ? words.similar : words.glossary), list);
  }

  function ask() {
    const query = field.value.trim().slice(0, LONGEST);
    const found = answer(query, index);
    if (!found && query) {
      showNothing(query);
      return;
    }
    if (!found) {
      summary.textContent = words.ask;
      results.replaceChildren();
      return;
    }
    const { hits, terms, instead, complete } = found;
    if (hits.length === 0) {
      showNothing(query);
      return;
    }
    const count = hits.length === 1 ? words.one : words.found.replace("{count}", String(hits.length));
    const sentence = !complete ? words.parts : instead ? words.corrected : "{found}";
    summary.textContent = sentence.replace("{found}", count).replace("{query}", () => instead);
    show(hits, terms);
  }

  let waiting = 0;
  const askSoon = (/** @type {Event & {isComposing?: boolean}} */ event) => {
    if (event.isComposing) return; // letters on their way to Chinese characters
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      ask();
      // Back from a result, and after a reload, one finds the results again.
      history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    }, REST);
  };
  field.addEventListener("input", askSoon);
  field.addEventListener("compositionend", askSoon);
  field.form?.addEventListener("submit", (event) => {
    event.preventDefault();
    field.blur(); // the keyboard of a phone makes room
  });

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (!field.value) field.focus();
  ask();
}
