// Decision regions as nnlib records them: two characters a coordinate, in parts of the window.

/**
 * Outlines, each a list of corners [x, y] from 0 to 1. A point is inside the region if it is inside
 * an odd number of them.
 * @param {string} text outlines separated by spaces
 * @param {string} alphabet 64 characters, in the order of their values
 */
export function outlines(text, alphabet) {
  const coordinate = (word, at) => (alphabet.indexOf(word[at]) * 64 + alphabet.indexOf(word[at + 1])) / 4095;
  return text.split(" ").filter(Boolean).map((word) =>
    Array.from({ length: word.length / 4 }, (_, corner) => [coordinate(word, 4 * corner), coordinate(word, 4 * corner + 2)]));
}
