// Elements in one line. Nothing here knows about figures.

/** @import { Attributes, Child } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Set attributes: a function is a listener, true a bare attribute; false and null take it away;
 * `text` sets the content, `style` takes an object of properties.
 * @template {HTMLElement | SVGElement} Element
 * @param {Element} element
 * @param {Attributes} attributes
 */
export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, /** @type {EventListener} */ (value));
    else if (name === "text") write(element, attributes.text ?? "");
    else if (name === "style") style(element, attributes.style ?? {});
    else if (value === false || value == null) element.removeAttribute(name);
    else put(element, name, value === true ? "" : String(value));
  }
  return element;
}

/** @param {HTMLElement | SVGElement} element @param {Record<string, string | number | null>} properties */
function style(element, properties) {
  for (const [name, value] of Object.entries(properties))
    element.style.setProperty(name, value === null ? null : String(value));
}

/**
 * An attribute that stays the same costs the browser as much as one that changes: leave it alone.
 * @param {Element} element @param {string} name @param {string} value
 */
function put(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** A text in the node that is there already. @param {Element} element @param {string} text */
function write(element, text) {
  const { firstChild } = element;
  if (!(firstChild instanceof Text) || firstChild.nextSibling) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}

/** Elements and text out of lists in lists; null is left out. @param {Child[]} children @returns {(Node | string)[]} */
const flat = (children) => children.flatMap((child) => (Array.isArray(child) ? flat(child) : (child ?? [])));

/**
 * Make an HTML element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} [attributes] @param {Child[]} children
 */
export function h(tag, attributes = {}, ...children) {
  const element = set(document.createElement(tag), attributes);
  element.append(...flat(children));
  return element;
}

/**
 * Make an SVG element.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} [attributes] @param {Child[]} children
 */
export function s(tag, attributes = {}, ...children) {
  const element = set(document.createElementNS(SVG, tag), attributes);
  element.append(...flat(children));
  return element;
}

/**
 * The elements of a group one after the other, to be changed, and new ones where they do not suffice: to change one costs less
 * than to make one. `end` removes the others.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {SVGElement} group @param {Tag} tag what all of them are
 */
export function reusing(group, tag) {
  let count = 0;
  const next = () => {
    const there = group.children[count] ?? group.appendChild(s(tag));
    count += 1;
    return /** @type {SVGElementTagNameMap[Tag]} */ (there);
  };
  const end = () => [...group.children].slice(count).forEach((rest) => rest.remove());
  return Object.assign(next, { end });
}

// Jupyter imports this module once for each widget: all of them count in one place.
const COUNT = Symbol.for("nnlib.ids");
const page = /** @type {{[COUNT]?: number}} */ (/** @type {unknown} */ (globalThis));

/** Make an id that no other element of the page has, whatever else it contains. @param {string} stem */
export function uniqueId(stem) {
  page[COUNT] = (page[COUNT] ?? 0) + 1;
  return `nn-${stem}-${page[COUNT]}`;
}

/** The CSS color of a quantity, such as "weight" or "class0"; any other CSS color stays itself. @param {string} name */
export const color = (name) => (isQuantity(name) ? `var(--nn-${name})` : name);

/** The same for text, which needs more contrast than a mark: darker, where there is a darker twin. @param {string} name */
export const textColor = (name) => (isQuantity(name) ? `var(--nn-${name}-text, var(--nn-${name}))` : name);

const isQuantity = (/** @type {string} */ name) =>
  /^[a-z]+\d?$/.test(name) && !["none", "currentColor", "white", "black"].includes(name);

/** Open every fold in which an element lies, and itself if it is one. @param {Element} element */
export function unfoldAround(element) {
  for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null)
    fold.open = true;
}
