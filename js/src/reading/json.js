// JSON that others may have written: what nests too deep can be read, but not written again.

/** Lists in lists; the book writes five. */
export const DEEPEST = 20;

/** How deep lists and objects lie in each other. @param {string} text of JSON */
export function depthOf(text) {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted && sign === "\\") at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === "[" || sign === "{") deepest = Math.max(deepest, ++depth);
    else if (sign === "]" || sign === "}") depth -= 1;
  }
  return deepest;
}

/** @param {string} text @returns {any} undefined for what is no JSON, or too deep to be written again */
export function parsed(text) {
  try {
    return depthOf(text) > DEEPEST ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
