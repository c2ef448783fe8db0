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

  /** A formula as readers want it: brackets grow, in whatever font the e-reader has. @param {Element} formula */
  function forReaders(formula) {
    const source = formula.getAttribute("data-tex") ?? "";
    for (const math of [formula, ...all("math", formula)].filter(({ localName }) => localName === "math"))
      math.setAttribute("alttext", source); // readers without MathML take it for the formula
    for (const bracket of all("mo[class^=size]", formula)) {
      const size = `${[1.2, 1.8, 2.4, 3][Number(bracket.className.slice(-1)) - 1]}em`;
      for (const name of ["class", "stretchy"]) bracket.removeAttribute(name);
      for (const name of ["minsize", "maxsize"]) bracket.setAttribute(name, size);
    }
    /** @type {HTMLElement | null} */
    const block = formula.closest("div.math");
    if (formula.textContent.length <= (block ? 50 : 24)) return;
    const holder = block ?? element("span", "");
    if (!block) {
      formula.replaceWith(holder);
      holder.append(formula);
    }
    holder.classList.add("long");
    holder.tabIndex = 0; // the keyboard reaches what may scroll
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
  all("[data-tex]").forEach(forReaders);
  all(".nn-figure").forEach(toPaper);
  all(".page-number, .unfold, .tag_hide-input > .cell_input").forEach((part) => part.remove());
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
      if (child.attributes.length === 0 && child.matches("span")) child.replaceWith(...child.childNodes);
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
