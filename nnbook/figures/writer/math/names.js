// How near a name is to those of a list.

/** How many letters have to be put in, taken out or exchanged, after Levenshtein. @param {string} one @param {string} other */
export function editDistance(one, other) {
  const row = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    let diagonal = row[0];
    row[0] = i;
    for (let j = 1; j <= other.length; j += 1) {
      const cost = Math.min(row[j] + 1, row[j - 1] + 1, diagonal + Number(one[i - 1] !== other[j - 1]));
      diagonal = row[j];
      row[j] = cost;
    }
  }
  return row[other.length];
}

/** The first of the names that is nearest to a word. @param {string} word @param {string[]} names */
export function nearest(word, names) {
  let [best, least] = ["", Infinity];
  for (const name of names) {
    if (Math.abs(name.length - word.length) >= least) continue; // at least so far away
    const distance = editDistance(word, name);
    if (distance < least) [best, least] = [name, distance];
  }
  return { name: best, distance: least };
}
