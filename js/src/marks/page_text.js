// The text of a page, and which node each of its letters stands in. A formula is one piece, its TeX between dollars: to mark a part
// of it would take it apart.

/** @import { Range as Letters } from "./quote.js" */

// What figures, cells and scripts put on a page is no text of the book's.
const LEFT_OUT =
  "script, style, noscript, button, input, textarea, .headerlink, .live-tick, .waiting, .facts, .interactive, .nn-figure, " +
  ".nn-paper, .cell_input, .cell_output > :not(figure), .highlight, .live-message, .minutes, [data-practice], .practice-link, .in-place, " +
  ".held > summary, .path-done, .kept-ref, .kept-marks, [role=status]";

/** @typedef {{node: Text | Element, start: number, end: number}} Piece */
/** @typedef {{text: string, pieces: Piece[]}} PageText */

/** @param {Node} node */
function accept(node) {
  if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
  if (!(node instanceof Element) || node.matches(LEFT_OUT)) return NodeFilter.FILTER_REJECT;
  return node.localName === "math" ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
}

/** @param {Element} root @returns {PageText} */
export function readPage(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, accept);
  /** @type {Piece[]} */
  const pieces = [];
  let text = "";
  while (walker.nextNode()) {
    const node = /** @type {Text | Element} */ (walker.currentNode);
    if (node instanceof Text && node.parentElement?.closest("math")) continue;
    const start = text.length;
    text +=
      node instanceof Text ? node.data.replace(/\s/g, " ") : `$${node.getAttribute("data-tex") ?? node.textContent}$`;
    pieces.push({ node, start, end: text.length });
  }
  return { text, pieces };
}

/** The letters of an element; null if it has none. @param {PageText} page @param {Element} element @returns {Letters | null} */
export function lettersOf({ pieces }, element) {
  const own = pieces.filter(({ node }) => element.contains(node));
  return own.length ? { start: own[0].start, end: own[own.length - 1].end } : null;
}

/** The letters that are selected, without spaces at the ends; null if there are none. @param {PageText} page @param {Range} range */
export function selectedIn({ text, pieces }, range) {
  const own = pieces.filter(({ node }) => range.intersectsNode(node));
  if (!own.length) return null;
  const [first, last] = [own[0], own[own.length - 1]];
  const { startContainer, startOffset, endContainer, endOffset } = range;
  let start = first.node === startContainer && first.node instanceof Text ? first.start + startOffset : first.start;
  let end = last.node === endContainer && last.node instanceof Text ? last.start + endOffset : last.end;
  while (start < end && text[start] === " ") start += 1;
  while (start < end && text[end - 1] === " ") end -= 1;
  return start < end ? { start, end } : null;
}

/**
 * Put a mark around all letters of some ranges. Where ranges overlap, there is one mark for all of them.
 * @template {Letters} Named
 * @param {PageText} page @param {Named[]} ranges @param {(covering: Named[]) => HTMLElement} make
 */
export function wrap({ pieces }, ranges, make) {
  for (const { node, start, end } of pieces) {
    const own = ranges.filter((range) => range.start < end && range.end > start);
    if (!own.length || isBetweenBlocks(node)) continue;
    const edges = own.flatMap((range) => [Math.max(range.start, start), Math.min(range.end, end)]);
    const cuts = node instanceof Text ? [...new Set(edges)].sort((a, b) => b - a) : [end, start];
    // From the end: what is cut off leaves the beginning of the text to its node.
    for (const [at, from] of cuts.slice(1).entries()) {
      const to = cuts[at];
      const covering = own.filter((range) => range.start < to && range.end > from);
      if (!covering.length) continue;
      const range = document.createRange();
      if (node instanceof Text) {
        range.setStart(node, from - start);
        range.setEnd(node, to - start);
      } else range.selectNode(node);
      range.surroundContents(make(covering));
    }
  }
}

/** Whether a text is only what stands between two paragraphs in the source. @param {Node} node */
const isBetweenBlocks = (node) =>
  node instanceof Text &&
  !node.data.trim() &&
  node.parentElement?.querySelector(":scope > :is(p, li, div, section, ul, ol, table, tr, td, dt, dd)") !== null;

/** Take marks away; the texts become whole again. @param {Iterable<Element>} marks */
export function unwrap(marks) {
  for (const mark of marks) {
    const { parentNode } = mark;
    mark.replaceWith(...mark.childNodes);
    parentNode?.normalize();
  }
}
