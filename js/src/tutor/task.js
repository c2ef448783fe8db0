// The task of an exercise as Markdown: what the reader sees of it, without what helps or answers.

const LEFT_OUT =
  "details, .interactive, .nn-figure, .cell, button, noscript, script, .headerlink, .live-tick, .waiting, [role=status], [hidden]";
const BLOCKS = "p, li, pre, tr, table, ul, ol, div, blockquote, dt, dd, figure";

/** @param {Element} item */
const bullet = (item) => {
  const list = item.parentElement;
  return list?.localName === "ol" ? `${[...list.children].indexOf(item) + 1}. ` : "- ";
};

/** @param {Node} node @returns {string} */
function textOf(node) {
  if (node instanceof Text) return node.data.replace(/\s+/g, " ");
  if (!(node instanceof Element) || node.matches(LEFT_OUT)) return "";
  const { localName } = node;
  if (localName === "math") return `$${node.getAttribute("data-tex") ?? node.textContent}$`;
  if (localName === "img") return `[${node.getAttribute("alt") ?? ""}]`;
  if (localName === "pre") return `\n\n\`\`\`python\n${node.textContent?.trimEnd()}\n\`\`\`\n\n`;
  const inner = [...node.childNodes].map(textOf).join("");
  if (localName === "code") return `\`${inner.trim()}\``;
  if (localName === "td" || localName === "th") return `${inner.trim()} | `;
  if (localName === "tr") return `\n| ${inner.trim()}`;
  if (localName === "li") return `\n\n${bullet(node)}${inner.trim()}`;
  return node.matches(BLOCKS) ? `\n\n${inner.trim()}\n\n` : inner;
}

/** @param {Element} box the admonition */
export const taskIn = (box) =>
  textOf(box)
    .replace(/[ \t]+\n/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
