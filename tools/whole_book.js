// Makes the whole book of the first page that is open: title page, contents, every page in its order, and at the end the
// hints and solutions. Anchors get the name of their page in front; links between pages become links within the book.
// `named`: formulas have names. Returns the entries of the contents: [level, title, id].
/** @param {{sources: {href: string, html: string}[], words: Record<string, string>, named: boolean}} book */
({ sources, words, named }) => {
  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag @param {object} properties @param {(Node | string)[]} children
   */
  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  /**
   * What is there; an error says what is not.
   * @param {string} selector @param {ParentNode} within
   */
  const the = (selector, within = document) => {
    const found = within.querySelector(selector);
    if (!found) throw new Error(`The book lacks ${selector}`);
    return found;
  };
  /** @param {string} id @param {(Node | string)[]} children */
  const link = (id, ...children) => element("a", { href: `#${id}` }, ...children);
  /** The place for the page number of the element with this id. @param {string} id */
  const pageNumber = (id) => {
    const number = element("span", { className: "page-number" });
    number.dataset.of = id;
    return number;
  };
  /** What a heading says, without its anchors. @param {Element} heading */
  const titleOf = (heading) =>
    [...heading.cloneNode(true).childNodes].filter((part) => !(part instanceof Element && part.id));
  const addressOf = (/** @type {string} */ href) => Object.assign(new URL(href, location.href), { hash: "" }).href;
  const slugs = new Map(
    sources.map(({ href }) => [addressOf(href), /** @type {RegExpMatchArray} */ (href.match(/(\w+)\.html/))[1]]),
  );

  /**
   * What a link of a page leads to in the book: a page, an anchor, or a place on the Web.
   * @param {string} href @param {string} address @param {string} published
   */
  function target(href, address, published) {
    const url = new URL(href, address);
    const slug = slugs.get(addressOf(url.href));
    if (slug) return `#${slug}${url.hash && `--${url.hash.slice(1)}`}`;
    return url.protocol === "file:" ? new URL(href, published).href : href;
  }

  /** The text of a page, with the pictures of its figures. @param {{href: string, html: string}} source */
  function chapterOf({ href, html }) {
    const page = new DOMParser().parseFromString(html, "text/html"); // without scripts, what <noscript> holds are elements
    const published = the("link[rel=canonical]", page).getAttribute("href") ?? "";
    const address = addressOf(href);
    const slug = slugs.get(address) ?? "";
    const article = document.importNode(the("article", page), true);
    // For a PDF a formula is a picture: its name is what it was written as.
    if (named)
      for (const formula of /** @type {NodeListOf<HTMLElement>} */ (article.querySelectorAll("[data-tex]")))
        Object.assign(formula, { role: "img", ariaLabel: formula.dataset.tex });
    const left = [
      ".headerlink",
      ".viewcode-link",
      "img.only-dark",
      "[data-practice=back]",
      ".practice-link",
      ".minutes",
    ];
    for (const part of article.querySelectorAll(left.join())) part.remove();
    for (const picture of article.querySelectorAll(":is(.nn-figure, [data-practice]) > noscript"))
      picture.parentElement?.replaceWith(...picture.childNodes);
    for (const other of article.querySelectorAll("noscript")) other.replaceWith(...other.childNodes);
    for (const frame of article.querySelectorAll("a.image-reference")) frame.replaceWith(...frame.childNodes);
    for (const image of article.querySelectorAll("img")) {
      Object.assign(image, { loading: "eager", src: new URL(image.getAttribute("src") ?? "", address) });
    }
    for (const anchor of article.querySelectorAll("a[href]")) {
      anchor.setAttribute("href", target(anchor.getAttribute("href") ?? "", address, published));
    }
    for (const fold of article.querySelectorAll("details.second-reading")) {
      const summary = the("summary", fold);
      summary.replaceWith(the(":is(h2, h3, h4)", summary));
      fold.replaceWith(...fold.childNodes);
    }
    for (const fold of article.querySelectorAll("details.held")) {
      the("summary", fold).remove();
      fold.replaceWith(...fold.childNodes);
    }
    for (const part of article.querySelectorAll("[id]")) part.id = `${slug}--${part.id}`;
    for (const heading of article.querySelectorAll("section > :is(h2, h3, h4)")) anchorAt(heading);
    article.id = slug;
    return article;
  }

  /** Anchors of a section lead to its heading: a page may end in between. @param {Element} heading */
  function anchorAt(heading) {
    const section = /** @type {Element} */ (heading.parentElement);
    heading.prepend(...[...section.children].filter((part) => part.matches("span[id]")));
    [heading.id, section.id] = [section.id, ""];
  }

  /** Takes the hints and solutions out of a chapter. @param {Element} article */
  function solutionsOf(article) {
    const heading = element("h2", { id: `solutions--${article.id}` }, ...titleOf(the("h1", article)));
    const section = element("section", {}, heading);
    for (const exercise of article.querySelectorAll(".exercise")) {
      const id = `solution--${exercise.id}`;
      const folds = [...exercise.querySelectorAll(":scope > details")];
      const last = folds.at(-1);
      if (!last) throw new Error(`${exercise.id} has no solution`);
      const [before, after] = words.solution_page.split("{page}");
      last.after(element("p", { className: "solution-page" }, link(id, before, pageNumber(id), after)));
      section.append(
        element("h3", { id }, link(exercise.id, ...titleOf(the(".admonition-title", exercise)))),
        ...folds,
      );
    }
    for (const fold of section.querySelectorAll("details")) fold.open = true;
    return section;
  }

  /** A line of the contents for an article, and one for each of its sections. @param {Element} article */
  function entryOf(article) {
    /** @param {Element} heading @param {string} id */
    const line = (heading, id) => element("li", {}, link(id, element("span", {}, ...titleOf(heading)), pageNumber(id)));
    const entry = line(the("h1", article), article.id);
    entry.append(element("ol", {}, ...[...article.querySelectorAll("h2")].map((heading) => line(heading, heading.id))));
    return entry;
  }

  /** Puts a chapter on pages of its own, with its title at their top. @param {Element} article @param {number} index */
  function bound(article, index) {
    const title = JSON.stringify(the("h1", article).textContent);
    document.head.append(element("style", {}, `@page chapter-${index} { @top-left { content: ${title}; } }`));
    const chapter = element("div", { className: index ? "frame page" : "frame landing" }, article);
    chapter.style.page = `chapter-${index}`;
    return chapter;
  }

  const articles = sources.map(chapterOf);
  const [title, subtitle] = articles[0].querySelectorAll("h1, h1 + p");
  const about = [...document.querySelectorAll(".colophon > span")].map((part) => element("p", {}, part.textContent));
  const cover = element(
    "section",
    { className: "cover" },
    element("p", { className: "cover-title" }, ...title.cloneNode(true).childNodes),
    subtitle.cloneNode(true),
    the(".logo"),
    element("p", { className: "cover-author" }, words.author),
    ...about,
  );
  title.textContent = the("nav.contents a").textContent;

  const sections = articles.filter((article) => article.querySelector(".exercise")).map(solutionsOf);
  const solutions = element(
    "article",
    { id: "solutions" },
    element("section", {}, element("h1", {}, words.solutions), ...sections),
  );

  const left = [...articles];
  const parts = document.querySelectorAll("nav.contents > :not(details), nav.contents > details > *");
  const lists = [...parts].map((part) =>
    part.matches("ul")
      ? element("ol", {}, ...[...part.children].map(() => entryOf(/** @type {Element} */ (left.shift()))))
      : element("p", { className: "part" }, part.textContent),
  );
  lists[lists.length - 1].append(entryOf(solutions));
  const contents = element("nav", { className: "book-contents" }, element("h1", {}, words.contents), ...lists);

  document.body.className = "measuring";
  document.body.replaceChildren(cover, contents, ...[...articles, solutions].map(bound));
  return [...contents.querySelectorAll("a")].map((line) => [
    line.closest("ol ol") ? 1 : 0,
    line.firstChild?.textContent,
    line.hash.slice(1),
  ]);
};
