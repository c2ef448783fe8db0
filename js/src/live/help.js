// One sentence of help for the errors that beginners make.

const FULL_WIDTH = /[\u3000-\u303f\uff00-\uffef\u2018-\u201d]|U\+(?:3000|00A0)\b/; // Python does not print spaces that it refuses
const SHAPES =
  /broadcast|not aligned|mismatch in its core dimension|shape mismatch|all the input array dimensions|cannot reshape/;

/** @import { PythonError } from "./protocol.js" */
/** @typedef {{key: string, values?: Record<string, string>}} Help a key of the words, and what fills its places */

/**
 * Which sentence helps with an error; null where none does.
 * @param {PythonError} error
 * @param {string} code that was run
 * @param {{below: string[], elsewhere: string[]}} known names that cells further down make, and those that exercises do
 * @returns {Help | null}
 */
export function helpFor({ name, message, undefined: missing }, code, known = { below: [], elsewhere: [] }) {
  const blank = /(^|[^.\w"'[])\.\.\.(?![.\w"'])/m.test(code);
  if (blank && /ellipsis/i.test(message)) return { key: "help_blank" };
  if (name === "NameError" || name === "UnboundLocalError") {
    const unknown = missing ?? /'(\w+)'/.exec(message)?.[1];
    if (!unknown) return null;
    if (known.below.includes(unknown)) return { key: "help_name_below", values: { name: unknown } };
    if (known.elsewhere.includes(unknown)) return { key: "help_name_elsewhere", values: { name: unknown } };
    return { key: "help_name", values: { name: unknown } };
  }
  if (name === "SyntaxError" && FULL_WIDTH.test(message)) return { key: "help_full_width" };
  if (name === "SyntaxError" && /expected ':'/.test(message)) return { key: "help_colon" };
  if (name === "SyntaxError" && /never closed|unmatched|does not match|unterminated|EOF/.test(message))
    return { key: "help_brackets" };
  if (name === "IndentationError" || name === "TabError") return { key: "help_indent" };
  if (name === "ModuleNotFoundError" || name === "ImportError") return { key: "help_missing_module" };
  if (name === "ValueError" && SHAPES.test(message)) return { key: "help_shapes" };
  if (name === "IndexError") return { key: "help_index" };
  if (/NoneType/.test(message)) return { key: "help_none" };
  if (name === "TypeError" && /function|method/.test(message) && /unsupported operand|not subscriptable/.test(message))
    return { key: "help_function" };
  return blank ? { key: "help_blank" } : null;
}

/**
 * The error that a verdict tells of, if it does: "... your code stopped with NameError: name 'x' is not defined." Where the
 * mistake is known, its sentence has already said what to do.
 * @param {{text: string, mistake: string | null}} verdict
 */
export function errorIn({ text, mistake }) {
  if (mistake) return null;
  const [, name, message] = /\b([A-Z]\w*Error): ([^\n]*)/.exec(text) ?? [];
  return name ? { name, message } : null;
}
