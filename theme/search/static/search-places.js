// The places of the book by their words, and which of them answer a query, the best first.
"use strict";

// How much it counts that a title has what was searched for: of a section, of a term, ...
const KINDS = { section: 1, term: 0.55, name: 0.3, exercise: 0.3 };
const TAUGHT = 0.61; // that a section teaches a term with this name
const OTHERWISE = 0.5; // or with this other name
const CHAPTER = 1.22; // that it is the title of a whole page
const ASKED = 1.3; // that it is a name of nnlib, for who asks for one
const FIRST = 1.15; // that a title begins with it
const CODE = /[\p{L}\d][._]\p{L}/u; // who writes so asks for a name of nnlib

/** Index the pages. @param {typeof BOOK_PAGES} pages */
function indexOf(pages) {
  /** @type {SearchIndex} */
  const index = { places: [], byStem: new Map(), forms: new Map(), terms: [], length: 0 };
  const { byStem, forms } = index;
  /** Where in its text a place has a word. @param {SearchWord} word @param {SearchPlace} place @returns {number[]} */
  const note = ({ form, stem }, place) => {
    const known = forms.get(form);
    if (known) known.count += 1;
    else forms.set(form, { stem, count: 1 });
    let places = byStem.get(stem);
    if (!places) {
      places = new Map();
      byStem.set(stem, places);
    }
    let positions = places.get(place);
    if (!positions) {
      positions = [];
      places.set(place, positions);
    }
    return positions;
  };
  const lastChapter = pages.findLastIndex(([, [first]]) => first?.[2]); // then comes the appendix
  pages.forEach(([address, rows], page) => {
    /** @type {SearchPlace[]} */
    const above = [];
    for (const [kind, depth, number, title, anchor, text, otherNames = [], sections = []] of rows) {
      above.length = depth;
      /** @type {SearchPlace} */
      const place = {
        kind,
        number,
        title,
        text,
        sections,
        above: [...above],
        address: anchor ? `${address}#${anchor}` : address,
        order: index.places.length,
        length: 0,
        names: [title, ...otherNames].map((name) => ({ name, words: wordsOf(name) })),
        taught: [],
        // A title in a chapter counts more than one in the appendix, and that of a larger part more.
        weight: KINDS[kind] * (kind !== "section" || page <= lastChapter ? 1 : 0.4) * (depth ? 0.97 ** depth : CHAPTER),
      };
      above.push(place);
      index.places.push(place);
      eachWord(text, (word) => {
        note(word, place).push(place.length);
        place.length += 1;
      });
      index.length += place.length;
    }
  });
  const at = new Map(index.places.map((place) => [place.address, place]));
  for (const term of index.places.filter(({ kind }) => kind === "term")) {
    for (const section of term.sections) {
      const named = term.names.map((name, at) => ({ ...name, weight: at === 0 ? TAUGHT : OTHERWISE }));
      at.get(section)?.taught.push(...named);
    }
    index.terms.push(...term.names.flatMap(({ name }) => name.match(/\p{Script=Han}{3,}/gu) ?? []));
  }
  for (const place of index.places) {
    // A query may also say in which chapter a place is.
    const names = [...place.names, ...place.taught, ...place.above.map((higher) => higher.names[0])];
    for (const { words } of names) for (const word of words) note(word, place);
  }
  return index;
}

/**
 * The stems that a word of the query may mean, each with a weight: itself, or what it is the beginning of.
 * @param {SearchWord} word @param {SearchIndex} index @param {boolean} isLast
 */
function meanings({ form, stem }, index, isLast) {
  /** @type {Map<string, number>} */
  const found = new Map(index.byStem.has(stem) ? [[stem, 1]] : []);
  const begins = form.length > 1 ? !isChinese(form) && (isLast || found.size === 0) : isChinese(form);
  if (!begins) return found;
  const most = found.size === 0 || isChinese(form) ? 1 : 0.4;
  for (const [other, { stem: meant }] of index.forms) {
    if (!other.startsWith(form)) continue;
    found.set(meant, Math.max(found.get(meant) ?? 0, (most * form.length) / other.length));
  }
  return found;
}

/**
 * Where the words of a query are: for each its form, its meanings, its rarity, and how often and where a place has it.
 * @param {SearchWord[]} words @param {SearchIndex} index @returns {SearchTerm[]}
 */
const lookUp = (words, index) =>
  words.map((word, at) => {
    const meant = meanings(word, index, at === words.length - 1);
    /** @type {SearchTerm["places"]} */
    const places = new Map();
    for (const [other, weight] of meant) {
      for (const [place, positions] of index.byStem.get(other) ?? []) {
        const entry = places.get(place) ?? { count: 0, positions: [] };
        entry.count += weight * positions.length;
        entry.positions.push(...positions);
        places.set(place, entry);
      }
    }
    return { form: word.form, meant, places, rarity: rarity(places.size, index) };
  });

/** @param {number} count @param {SearchIndex} index */
const rarity = (count, { places }) => Math.log(1 + (places.length - count + 0.5) / (count + 0.5));

/** How close together a text has the words: 1 side by side, 0 if not all of them. @param {number[][]} lists */
function closeness(lists) {
  if (lists.some((positions) => positions.length === 0)) return 0;
  const all = lists
    .flatMap((positions, which) => positions.map((position) => ({ position, which })))
    .sort((a, b) => a.position - b.position);
  const counts = lists.map(() => 0);
  let missing = lists.length;
  let shortest = Infinity;
  for (let begin = 0, end = 0; end < all.length; end += 1) {
    counts[all[end].which] += 1;
    if (counts[all[end].which] === 1) missing -= 1;
    for (; missing === 0; begin += 1) {
      shortest = Math.min(shortest, all[end].position - all[begin].position + 1);
      counts[all[begin].which] -= 1;
      if (counts[all[begin].which] === 0) missing += 1;
    }
  }
  return lists.length / Math.max(shortest, lists.length);
}

/**
 * How well a name matches what was searched for: best if it has all of it and nothing else.
 * @param {SearchName} name @param {SearchTerm[]} terms @param {SearchIndex} index
 */
function fitOfName({ words }, terms, index) {
  const wanted = terms.reduce((sum, term) => sum + term.rarity, 0);
  const strengths = terms.map(({ meant }) => Math.max(0, ...words.map(({ stem }) => meant.get(stem) ?? 0)));
  const found = terms.reduce((sum, term, k) => sum + strengths[k] * term.rarity, 0) / wanted;
  if (strengths.includes(0)) return 4 * found;
  // The last character of a Chinese name is in the pair before it, too.
  const own = words.filter(({ form }) => !(isChinese(form) && form.length === 1));
  const rest = own.filter(({ stem }) => !terms.some(({ meant }) => meant.has(stem)));
  if (rest.length === 0) return 18 * found;
  const more = rest.reduce((sum, { stem }) => sum + rarity(index.byStem.get(stem)?.size ?? 0, index), 0);
  const first = terms.some(({ meant }) => meant.has(words[0].stem)) ? FIRST : 1;
  return 14 * found * first * (0.6 + (0.4 * wanted) / (wanted + more));
}

/**
 * How often the text has the words, rare ones counting more (BM25), and how close together.
 * @param {SearchPlace} place @param {SearchTerm[]} terms @param {SearchIndex} index
 */
function fitOfText(place, terms, index) {
  const size = 0.25 + (0.75 * place.length * index.places.length) / index.length;
  const wanted = terms.reduce((sum, term) => sum + term.rarity, 0);
  const often = terms.reduce((sum, { places, rarity: rare }) => {
    const count = places.get(place)?.count ?? 0;
    return sum + (rare * count * 2.2) / (count + 1.2 * size);
  }, 0);
  return often / wanted + 1.5 * closeness(terms.map(({ places }) => places.get(place)?.positions ?? []));
}

/**
 * The places that have the most of the words, all if there are such, the best first, each with the name that fits.
 * @param {SearchTerm[]} terms @param {SearchIndex} index @param {boolean} isCode
 */
function rank(terms, index, isCode) {
  /** @type {Map<SearchPlace, number>} */
  const counts = new Map();
  for (const { places } of terms) for (const place of places.keys()) counts.set(place, (counts.get(place) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  /** @type {SearchHit[]} */
  const hits = [];
  for (const [place, count] of counts) {
    if (count < most) continue;
    const known = terms.filter(({ places }) => places.has(place));
    const fits = (/** @type {SearchName[]} */ names) => names.map((name) => fitOfName(name, known, index));
    const names = fits(place.names);
    const best = Math.max(...names);
    const weight = isCode && place.kind === "name" ? ASKED : place.weight;
    const taught = Math.max(0, ...fits(place.taught).map((fit, at) => fit * place.taught[at].weight));
    const score = Math.max(weight * best, taught) + fitOfText(place, known, index);
    // What only the title of its chapter says does not make a place an answer.
    if (score > 0) hits.push({ place, score, name: place.names[names.indexOf(best)].name });
  }
  hits.sort((a, b) => b.score - a.score || a.place.order - b.place.order);
  return { hits, most, complete: most === terms.length };
}
