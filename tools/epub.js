// Cuts the whole book that is open (whole_book.js) into the files of an EPUB. Nothing in them can be clicked but links:
// formulas are MathML, folds are open, questions have their choices below them.
// Returns { files: [{ name, title, body, properties }], pictures: [address] }; the second file is the contents.
() => {
  /** @param {string} selector @param {ParentNode} within */
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  /**
   * What is there; an error says what is not.
   * @param {string} selector @param {ParentNode} within
   */
  const the = (selector, within = document) => {
    const found = within.querySelector(selector);
    if (!found) throw new Error(`The book lacks ${selector}`);
    return found;
  };
  /** @param {string} tag @param {string} className @param {(Node | string)[]} children */
  const element = (tag, className, ...children) => {
    const made = Object.assign(document.createElement(tag), { className });
    made.append(...children);
    return made;
  };
  /** @param {Element} old @param {string} tag @param {string} className */
  const turnInto = (old, tag, className) => old.replaceWith(element(tag, className, ...old.childNodes));

  /**
   * The site's formulas come twice, as HTML and as MathML; punctuation marks next to them are only in the HTML.
   * @param {Element} formula
   */
  function toMathml(formula) {
    const math = the("math", formula);
    const marks = all(".mark", formula);
    const annotation = the("annotation", math);
    math.setAttribute("alttext", annotation.textContent); // readers without MathML take it for the formula
    annotation.parentElement?.replaceWith(the("semantics > *", math));
    for (const sign of all("mo", math)) space(sign);
    const opening = marks.filter((mark) => !mark.previousSibling).map((mark) => mark.textContent);
    const closing = marks.filter((mark) => mark.previousSibling).map((mark) => mark.textContent);
    const holder = /** @type {HTMLElement} */ (formula.closest(".math"));
    if (math.textContent.length > (holder.matches("div") ? 50 : 24)) {
      holder.classList.add("long");
      holder.tabIndex = 0; // the keyboard reaches what may scroll
    }
    formula.replaceWith(...opening, math, ...closing);
  }

  const opens = (/** @type {Element | null} */ sign) =>
    !sign || (sign.matches("mo") && !/^[)\]}|!′]$/.test(sign.textContent));

  /**
   * Spaces that TeX makes and KaTeX's MathML lacks: one on each side of ln in 2 ln x, none in ln(x); none after the sign in (-x).
   * @param {Element} sign
   */
  function space(sign) {
    const [before, after] = [sign.previousElementSibling, sign.nextElementSibling];
    if (/^[−+±]$/.test(sign.textContent) && before && opens(before)) sign.setAttribute("form", "prefix");
    if (sign.textContent !== "\u2061" || !before) return; // the invisible sign after the name of a function
    if (after && !/^[([{]/.test(after.textContent)) sign.setAttribute("rspace", "0.17em");
    if (opens(before.previousElementSibling)) return;
    const gap = document.createElementNS(sign.namespaceURI, "mspace");
    gap.setAttribute("width", "0.17em");
    before.before(gap);
  }

  /** A question's choices, or a line for its number. @param {Element} figure */
  function toPaper(figure) {
    const choices = all(".nn-option > span", figure).map((choice) => element("li", "", ...choice.childNodes));
    const asked = all(".nn-asked, .nn-entry > .nn-math", figure);
    const line = element("span", "blank", "\u2003".repeat(6));
    const cell = /** @type {Element} */ (figure.closest(".cell"));
    cell.replaceWith(
      choices.length
        ? element("ul", "choices", ...choices)
        : element("p", "", asked[0], " ", line, " ", ...asked.slice(1)),
    );
  }

  /** The contents as readers want them: one list, with the parts of the book as its entries. @param {Element} contents */
  function tableOfContents(contents) {
    const list = element("ol", "");
    let innermost = list;
    for (const part of all(":scope > :is(ol, p)", contents)) {
      if (part.matches("ol")) {
        innermost.append(...part.children);
      } else {
        innermost = element("ol", "");
        list.append(element("li", "", element("span", "part", part.textContent), innermost));
      }
    }
    for (const line of all("a", list)) line.textContent = line.textContent.trim();
    for (const empty of all("ol:empty", list)) empty.remove();
    const navigation = element("nav", "", the("h1", contents), list);
    navigation.setAttributeNS("http://www.idpf.org/2007/ops", "epub:type", "toc");
    navigation.setAttribute("role", "doc-toc");
    return navigation;
  }

  dispatchEvent(new Event("beforeprint")); // now each question has its choices
  all(".katex").forEach(toMathml);
  all(".nn-figure").forEach(toPaper);
  all(".page-number, .unfold, .second-reading > summary, article:not(#solutions) .hide, .hide > summary").forEach(
    (part) => part.remove(),
  );
  all("summary").forEach((summary) => turnInto(summary, "p", "summary"));
  all("article details").forEach((fold) => turnInto(fold, "div", fold.className));

  const cover = the(".cover");
  const contents = tableOfContents(the(".book-contents"));
  const articles = all("article");
  /** @type {[name: string, part: Element][]} */
  const parts = [
    ["cover", cover],
    ["contents", contents],
    ...articles.map((article) => /** @type {[string, Element]} */ ([article.id, article])),
  ];
  const fileOf = new Map(
    articles.flatMap((article) => [article, ...all("[id]", article)].map(({ id }) => [id, `${article.id}.xhtml`])),
  );

  const pictures = new Set();
  for (const [, part] of parts) {
    for (const image of part.querySelectorAll("img")) {
      pictures.add(image.src);
      image.setAttribute("src", `images/${new URL(image.src).pathname.split("/").at(-1)}`);
    }
    for (const link of /** @type {HTMLAnchorElement[]} */ (all("a[href^='#']", part))) {
      const id = link.hash.slice(1);
      link.setAttribute("href", fileOf.get(id) + (articles.some((article) => article.id === id) ? "" : link.hash));
    }
    for (const child of [part, ...all("*", part)]) {
      for (const { name } of [...child.attributes]) {
        if (/^(data-.*|style|loading)$/.test(name) || child.getAttribute(name) === "") child.removeAttribute(name);
      }
      if (child.attributes.length === 0 && child.matches("span:not(.katex *)")) child.replaceWith(...child.childNodes);
    }
  }

  const files = parts.map(([name, part]) => ({
    name: `${name}.xhtml`,
    title: the("h1, .cover-title", part).textContent.trim(),
    body: new XMLSerializer().serializeToString(part),
    properties: ["nav", "math", "svg"]
      .filter((tag) => part.matches(tag) || part.querySelector(tag))
      .map((tag) => (tag === "math" ? "mathml" : tag)),
  }));
  return { files, pictures: [...pictures] };
};
