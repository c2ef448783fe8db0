// What the PDF says of parts of the whole book that is open (whole_book.js), beyond what the browser writes into it.
// Returns { formulas: { name: MathML }, places: { anchor that a link leads to: heading of its section } }.
() => {
  const ADDED = ["data-tex", "role", "aria-label", "class", "style"];
  /** @type {Map<string, string>} */
  const formulas = new Map();
  /** @type {NodeListOf<HTMLElement>} */
  const all = document.querySelectorAll("[data-tex]");
  for (const formula of all) {
    const math = formula.closest("math") ?? formula.querySelector("math");
    const name = formula.ariaLabel ?? "";
    if (!math || formulas.has(name)) continue;
    const copy = /** @type {Element} */ (math.cloneNode(true));
    for (const part of [copy, ...copy.querySelectorAll("*")])
      for (const attribute of ADDED) part.removeAttribute(attribute);
    formulas.set(name, new XMLSerializer().serializeToString(copy));
  }
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll("a[href^='#']");
  const places = [...links].map(({ hash }) => {
    const id = decodeURIComponent(hash.slice(1));
    const heading = document.getElementById(id)?.closest("section, article")?.querySelector("h1, h2, h3, h4");
    return [id, heading?.textContent.trim() ?? document.title];
  });
  return { formulas: Object.fromEntries(formulas), places: Object.fromEntries(places) };
};
