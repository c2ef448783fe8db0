// In which order the options of a question stand.

/**
 * What the order of a question's options follows from. (With this number the right ones of the book are about as often first as last.)
 * @param {string} name @param {Record<string, unknown>} values
 */
export const seedOf = (name, values) => `5 ${name} ${JSON.stringify(values)}`;

/**
 * The names of the options as they stand: shuffled, but what an experiment told is in the order of sizes, and the names of panels in
 * that of the panels.
 * @param {string} name of the question
 * @param {{options: string[], estimate?: boolean, values: Record<string, unknown>, picture?: {name: string}[]}} data
 */
export function orderOf(name, { options, estimate, values, picture = [] }) {
  const panels = picture.map((panel) => panel.name);
  if (estimate || options.every((option) => panels.includes(option))) return options;
  return shuffledBy(options, seedOf(name, values));
}

/**
 * The same things in an order that follows from a text, and from nothing else: the place of the right answer tells nothing, and is
 * the same at each visit.
 * @param {string[]} names @param {string} seed
 */
export function shuffledBy(names, seed) {
  const place = (/** @type {string} */ name) => {
    let hash = 2166136261; // FNV-1a, then the mixing of MurmurHash3: the last letters count as much as the first
    for (const letter of `${seed}/${name}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  };
  return [...names].sort((one, other) => place(one) - place(other));
}
