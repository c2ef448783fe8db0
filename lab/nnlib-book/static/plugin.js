// Shows the book's notebooks in JupyterLab as its pages do: references as words and links, figures
// with their numbers, pictures that can be read in the dark. Only what is shown changes: the text
// of a cell stays as its author wrote it. jupyterlab-myst renders a notebook without the rest of
// the book, so it cannot know what `{numref}`, `{cite}`, `{term}` mean; references.json does
// (tools/lab_references.py).
// Written by hand as the container that JupyterLab's loader expects, so that it needs no build.
"use strict";
(() => {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const HERE = new URL(".", src);
  // The path of a notebook: in some folder, perhaps that of a translation, the page.
  const PAGE = /^(?:.*\/)??(?:([^/]+)\/)?(intro|chapters\/\w+)\.ipynb$/;

  const STYLE = `
    .nnlib-number { padding: 0 0 8px; color: var(--jp-content-font-color2);
      font-size: var(--jp-content-font-size0); margin-left: calc(var(--jp-cell-prompt-width) + 8px); }
    [data-jp-theme-light="false"] .nnlib-cell :is(.jp-RenderedSVG, .jp-RenderedImage) > img {
      background: #fff; border-radius: 4px; }`;

  /** @type {SharedModules} */
  let shared;

  /** Return a module that JupyterLab shares with its extensions. @param {string} name @returns {Promise<any>} */
  async function load(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  const text = (/** @type {string} */ value) => ({ type: "text", value });
  /** @type {(node: MystNode) => string} */
  const words = (node) => node.value ?? (node.children ?? []).map(words).join("");
  /** @param {string} url @param {MystNode[]} children @param {string} [title] @returns {MystNode} */
  const linkTo = (url, children, title) => ({ type: "link", url, children, ...(title && { title }) });

  /**
   * The way from a page of the book to another one, or to a cell of it.
   * @param {string} from @param {string[]} to page and place
   */
  function way(from, [page, place]) {
    const back = from.includes("/") ? "../" : "";
    return `${back}${page}${place ? `#${place}` : ""}`;
  }

  /**
   * A work of the bibliography: "Kingma and Ba [2015]" in a sentence, in brackets all of it.
   * @param {MystNode} node @param {BookReferences} book @returns {MystNode}
   */
  function work({ label = "", kind }, book) {
    const [authors, year, address, entry] = book.citations[label] ?? [label, ""];
    const shown = text(kind === "narrative" ? `${authors} [${year}]` : `${authors}, ${year}`);
    return address ? linkTo(address, [shown], entry) : shown;
  }

  /** @param {MystNode} node @param {BookReferences} book @param {string} from @returns {MystNode} */
  function label(node, book, from) {
    const [page, place, number, title] = book.labels[node.label ?? ""] ?? [];
    const own = words(node).replace("%s", number);
    const shown = text(own || (node.kind !== "ref" && number) || title || (node.label ?? ""));
    return page ? linkTo(way(from, [page, place]), [shown]) : shown;
  }

  /**
   * What replaces a node on the page, or nothing if the node may stay.
   * @param {MystNode} node @param {BookReferences} book @param {string} from @returns {MystNode | undefined}
   */
  function resolved(node, book, from) {
    if (node.type === "cite") return work(node, book);
    if (node.type === "citeGroup") {
      const [open, close] = node.kind === "narrative" ? ["", ""] : ["[", "]"];
      const works = (node.children ?? []).flatMap((child, i) => [text(i ? "; " : open), work(child, book)]);
      return { type: "span", children: [...works, text(close)] };
    }
    if (node.type === "crossReference") {
      if (!node.identifier?.startsWith("term-")) return label(node, book, from);
      const place = book.terms[node.label?.toLowerCase() ?? ""];
      return place ? linkTo(way(from, place), node.children ?? []) : text(words(node));
    }
    if (node.type === "link" && node.url?.startsWith("#")) {
      return label({ ...node, kind: "ref", label: node.url.slice(1) }, book, from);
    }
    if (node.type === "mystRole" && node.name?.startsWith("py:")) {
      return { type: "inlineCode", value: node.value?.replace(/^[~!.]+/, "") };
    }
    if (node.type === "mystRole" && node.name === "experiment") {
      const { value: name = "" } = node;
      const [value = name] = book.experiments[name] ?? [];
      return { type: name.includes(":") ? "inlineMath" : "inlineCode", value };
    }
    if (node.type === "mystRole" && node.name === "claim") {
      return text((book.claims[node.value ?? ""] ?? [])[0] ?? node.value ?? "");
    }
    return undefined;
  }

  /**
   * Number an equation as the book does; jupyterlab-myst counts all of a notebook, from 1.
   * @param {MystNode} node @param {BookReferences} book
   */
  function numberEquation(node, book) {
    const number = book.labels[node.label ?? ""]?.[2];
    node.enumerated = false;
    if (number) node.value += `\n\\tag{${number.slice(1, -1)}}`;
  }

  /**
   * Put words and links in the place of the references below a node.
   * @param {MystNode} parent @param {BookReferences} book @param {string} from
   */
  function resolve(parent, book, from) {
    if (parent.type === "math") numberEquation(parent, book);
    if (!parent.children) return; // a leaf must not get any: jupyterlab-myst would walk into them
    parent.children = parent.children.map((node) => {
      const found = resolved(node, book, from);
      if (!found) resolve(node, book, from);
      return found ?? node;
    });
  }

  async function makePlugin() {
    const { NotebookPanel } = await load("@jupyterlab/notebook");
    const books = fetch(new URL("references.json", HERE))
      .then((answer) => answer.json())
      .catch((error) => console.error("nnlib-book:", error)); // the chapters are shown all the same

    /**
     * Which page of the book a cell belongs to, and what this edition knows; others are left alone.
     * @param {string} path
     */
    async function placeOf(path) {
      const [, folder, page] = PAGE.exec(path) ?? [];
      const [original, ...translations] = page ? Object.entries((await books) ?? {}) : [];
      const [, book] = translations.find(([language]) => language === folder) ?? original ?? [];
      const isKnown = book && Object.values(book.labels).some(([file]) => file === `${page}.ipynb`);
      return isKnown ? { page, book } : undefined;
    }

    /**
     * Resolve what jupyterlab-myst has parsed on demand, by whichever cell is drawn.
     * @param {NotebookCell} cell @param {string} path
     */
    function showReferences(cell, path) {
      const place = placeOf(path);
      const parse = cell.updateFragmentMDAST;
      const done = new WeakSet();
      /** @type {Awaited<typeof place>} */
      let known;
      cell.updateFragmentMDAST = async () => {
        known = await place;
        await parse?.call(cell);
      };
      Object.defineProperty(cell, "fragmentMDAST", {
        get: () => {
          const tree = cell._fragmentMDAST;
          if (tree && known && !done.has(tree)) resolve(tree, known.book, known.page);
          if (tree) done.add(tree);
          return tree;
        },
      });
    }

    /** @param {NotebookCell} cell @param {string} path */
    async function showFigure(cell, path) {
      const { book } = (await placeOf(path)) ?? {};
      if (!book || cell.isDisposed) return;
      cell.node.classList.add("nnlib-cell");
      const name = cell.model.getMetadata("mystnb")?.figure?.name ?? "";
      const number = book.labels[name]?.[2];
      if (!number) return;
      const line = document.createElement("div");
      line.className = "nnlib-number";
      line.textContent = number;
      cell.node.append(line);
    }

    return {
      id: "nnlib-book:references",
      autoStart: true,
      requires: [NotebookPanel.IContentFactory],
      activate: (/** @type {unknown} */ _app, /** @type {ContentFactory} */ factory) => {
        document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
        const { createMarkdownCell, createCodeCell } = factory;
        const pathOf = (/** @type {CellOptions} */ options) => options.rendermime.resolver?.path ?? "";
        factory.createMarkdownCell = (options) => {
          const cell = createMarkdownCell.call(factory, options);
          if (cell.updateFragmentMDAST) showReferences(cell, pathOf(options));
          return cell;
        };
        factory.createCodeCell = (options) => {
          const cell = createCodeCell.call(factory, options);
          showFigure(cell, pathOf(options));
          return cell;
        };
      },
    };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["nnlib-book"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const plugin = await makePlugin();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
