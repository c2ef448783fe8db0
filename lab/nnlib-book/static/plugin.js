// Shows the book's notebooks in JupyterLab as its pages do: references as words and links, figures
// with their numbers, pictures that can be read in the dark. Only what is shown changes: the text
// of a cell stays as its author wrote it. jupyterlab-myst renders a notebook without the rest of
// the book, so it cannot know what `{numref}`, `{cite}`, `{term}` mean; references.json does
// (tools/references.py).
// Written by hand as the container that JupyterLab's loader expects, so that it needs no build.
"use strict";
(() => {
  const HERE = new URL(".", document.currentScript.src);
  // Where a notebook of the book is: the folder that holds the book, the edition, the page.
  const PAGE = /^(.*?)(zh\/)?(intro|chapters\/\w+)\.ipynb$/;

  const STYLE = `
    .nnlib-number { padding: 0 0 8px; color: var(--jp-content-font-color2);
      font-size: var(--jp-content-font-size0); margin-left: calc(var(--jp-cell-prompt-width) + 8px); }
    [data-jp-theme-light="false"] .jp-RenderedSVG > img,
    [data-jp-theme-light="false"] .jp-RenderedImage > img { background: #fff; border-radius: 4px; }`;

  let shared;

  /** Return a module that JupyterLab shares with its extensions. */
  async function load(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  const text = (value) => ({ type: "text", value });
  const words = (node) => node.value ?? (node.children ?? []).map(words).join("");
  const linkTo = (url, children, title) => ({ type: "link", url, title, children });

  /** The way from a page of the book to another one, or to a cell of it. */
  function way(from, [page, place]) {
    const back = from.includes("/") ? "../" : "";
    return `${back}${page}${place ? `#${place}` : ""}`;
  }

  /** What stands for a node on the page, or nothing if the node may stay. */
  function resolved(node, book, from) {
    if (node.type === "citeGroup") {
      const cited = node.children.map((child) => resolved({ ...child, inGroup: true }, book, from) ?? child);
      const list = cited.flatMap((child, i) => (i ? [text("; "), child] : [child]));
      return { type: "span", children: [text("["), ...list, text("]")] };
    }
    if (node.type === "cite") {
      const [authors, year, address, title] = book.citations[node.label] ?? [node.label];
      const shown = node.inGroup ? `${authors}, ${year}` : `${authors} [${year}]`;
      return address ? linkTo(address, [text(shown)], title) : text(shown);
    }
    if (node.type === "crossReference") {
      const term = node.label?.startsWith("term-") && words(node);
      if (term) {
        const place = book.terms[node.label.slice("term-".length).toLowerCase()];
        return place ? linkTo(way(from, place), [text(term)]) : text(term);
      }
      const label = book.labels[node.label];
      if (!label) return text(words(node) || node.label);
      const [page, place, number, title] = label;
      const own = words(node).replace("%s", number);
      const shown = own || (node.kind === "ref" ? title : number) || title;
      return linkTo(way(from, [page, place]), [text(shown)]);
    }
    if (node.type === "link" && node.url?.startsWith("#")) {
      const label = book.labels[node.url.slice(1)];
      return label && linkTo(way(from, label), node.children?.length ? node.children : [text(label[3])]);
    }
    if (node.type === "mystRole" && node.name?.startsWith("py:")) {
      return { type: "inlineCode", value: node.value.replace(/^[~!.]+/, "") };
    }
    return undefined;
  }

  /** Put words and links in the place of the references below a node. */
  function resolve(parent, book, from) {
    parent.children = parent.children?.map((node) => {
      const found = resolved(node, book, from);
      if (!found) resolve(node, book, from);
      return found ?? node;
    });
  }

  async function makePlugin() {
    const { NotebookPanel } = await load("@jupyterlab/notebook");
    const books = fetch(new URL("references.json", HERE)).then((answer) => answer.json());

    /** Which page of the book a cell belongs to, and what this edition knows. */
    async function placeOf(path) {
      const [, , chinese, page] = PAGE.exec(path) ?? [];
      return page && { page, book: (await books)[chinese ? "zh" : "en"] };
    }

    function showReferences(cell, path) {
      const parse = cell.updateFragmentMDAST; // of jupyterlab-myst
      cell.updateFragmentMDAST = async () => {
        await parse.call(cell);
        const place = await placeOf(path);
        if (place && cell.fragmentMDAST) resolve(cell.fragmentMDAST, place.book, place.page);
      };
    }

    async function showNumber(cell, path) {
      const name = cell.model.getMetadata("mystnb")?.figure?.name;
      const place = name && (await placeOf(path));
      const number = place?.book.labels[name]?.[2];
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
      activate: (app, factory) => {
        document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
        const { createMarkdownCell, createCodeCell } = factory;
        const pathOf = (options) => options.rendermime.resolver?.path ?? "";
        factory.createMarkdownCell = (options) => {
          const cell = createMarkdownCell.call(factory, options);
          if (cell.updateFragmentMDAST) showReferences(cell, pathOf(options));
          return cell;
        };
        factory.createCodeCell = (options) => {
          const cell = createCodeCell.call(factory, options);
          showNumber(cell, pathOf(options));
          return cell;
        };
      },
    };
  }

  (window._JUPYTERLAB ??= {})["nnlib-book"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const plugin = await makePlugin();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
