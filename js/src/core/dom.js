// Elements in one line. Nothing here knows about figures.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Set attributes: a function is a listener, true a bare attribute; false and null take it away;
 * `text` sets the content, `style` takes an object of properties.
 * @param {Element} element
 * @param {Record<string, any>} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "text") element.textContent = value;
    else if (name === "style") for (const key in value) element.style.setProperty(key, value[key]);
    else if (value === false || value == null) element.removeAttribute(name);
    else put(element, name, value === true ? "" : String(value));
  }
  return element;
}

/** An attribute that stays the same costs the browser as much as one that changes: leave it alone. */
function put(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Make an HTML element. Children are elements or text; null is left out. */
export function h(tag, attributes = {}, ...children) {
  const element = set(document.createElement(tag), attributes);
  element.append(...children.flat(Infinity).filter((child) => child != null));
  return element;
}

/** Make an SVG element. */
export function s(tag, attributes = {}, ...children) {
  const element = set(document.createElementNS(SVG, tag), attributes);
  element.append(...children.flat(Infinity).filter((child) => child != null));
  return element;
}

// Jupyter imports this module once for each widget: all of them count in one place.
const COUNT = Symbol.for("nnlib.ids");

/** Make an id that no other element of the page has, whatever else stands on it. */
export function uniqueId(stem) {
  globalThis[COUNT] = (globalThis[COUNT] ?? 0) + 1;
  return `nn-${stem}-${globalThis[COUNT]}`;
}

/** The CSS color of a quantity, such as "weight" or "class0"; any other CSS color stays itself. */
export function color(name) {
  return /^[a-z]+\d?$/.test(name) && !["none", "currentColor", "white", "black"].includes(name)
    ? `var(--nn-${name})`
    : name;
}
