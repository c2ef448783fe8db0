// The answer to a query: also to a mistyped one, and what to show of a place.
"use strict";

const MOST_WORDS = 16;
const SENTENCE_END = /(?:[.?!:] |[。？！])$/;
const EXCERPT = 180; // characters; a Chinese one counts twice

/**
 * The known form nearest to a mistyped one, of several the most frequent; "" if none is near.
 * @param {string} form @param {SearchIndex} index
 */
function nearestForm(form, { forms }) {
  const most = form.length < 4 ? 0 : form.length < 8 ? 1 : 2;
  let best = { distance: most + 1, count: 0, form: "" };
  for (const [other, { count }] of forms) {
    if (isChinese(other) || Math.abs(other.length - form.length) > most) continue;
    const distance = editDistance(form, other);
    if (distance < best.distance || (distance === best.distance && count > best.count))
      best = { distance, count, form: other };
  }
  return best.distance <= most ? best.form : "";
}

/** The two known words that were written as one, or "". @param {string} form @param {SearchIndex} index */
function parted(form, { forms }) {
  for (let at = 4; at <= form.length - 4; at += 1) {
    if (forms.has(form.slice(0, at)) && forms.has(form.slice(at))) return `${form.slice(0, at)} ${form.slice(at)}`;
  }
  return "";
}

/**
 * The Chinese name of a term nearest to a mistyped one, first in its beginning, then as a whole, of several the
 * longest; "" if none is near.
 * @param {string} run @param {SearchIndex} index
 */
function nearestTerm(run, { terms }) {
  let best = { distance: Math.floor(run.length / 3) + 0.5, term: "" };
  for (const term of terms) {
    const distance = editDistance(run, term, true) + editDistance(run, term) / 100 - term.length / 10_000;
    if (distance < best.distance) best = { distance, term };
  }
  return best.term;
}

/**
 * The query with other words for those that the book does not have; `found` places have all words as they are.
 * @param {string} query @param {SearchTerm[]} terms @param {number} found @param {SearchIndex} index
 */
function corrected(query, terms, found, index) {
  const known = new Set(terms.filter(({ meant }) => meant.size > 0).map(({ form }) => form));
  const runs = [...query.matchAll(RUNS)].map(({ 0: run, index: start }) => ({
    start,
    end: start + run.length,
    form: plainLetters(run),
  }));
  const frequent = (/** @type {string} */ form) => index.byStem.get(index.forms.get(form)?.stem ?? "")?.size ?? 0;
  const instead = (/** @type {string} */ form) => {
    if (isChinese(form)) return found === 0 && nearestTerm(form, index);
    if (index.forms.has(form) || EMPTY_WORDS.has(form)) return "";
    return parted(form, index) || (!known.has(form) && nearestForm(form, index));
  };
  let text = "";
  let done = 0;
  runs.forEach(({ start, end, form }, at) => {
    if (start < done) return;
    const joined = form + (runs[at + 1]?.form ?? "");
    const isOne = at + 1 < runs.length && !isChinese(joined) && frequent(joined) > found;
    text += query.slice(done, start) + (isOne ? joined : instead(form) || query.slice(start, end));
    done = isOne ? runs[at + 1].end : end;
  });
  return text + query.slice(done);
}

/**
 * The answer to a query: `hits`, the best first; whether they have all of its words; what was looked up; and
 * `instead`, the query that was answered, if the book does not have the words of this one. Null if it has no words.
 * @param {string} query @param {SearchIndex} index
 */
function answer(query, index) {
  const ask = (/** @type {string} */ text) => {
    const terms = lookUp(wordsOfQuery(text).slice(0, MOST_WORDS), index);
    return { terms, instead: "", ...rank(terms, index, CODE.test(text)) };
  };
  const asked = query.replace(EMPTY_CHINESE, " ").replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "") || query;
  const first = ask(asked);
  if (first.terms.length === 0) return null;
  const better = corrected(asked, first.terms, first.complete ? first.hits.length : 0, index);
  if (better === asked) return first;
  const second = { ...ask(better), instead: better };
  return second.complete || second.most > first.most ? second : first;
}

/**
 * The terms that look a little like a query that nothing was found for: those that share most pairs of letters.
 * @param {string} query @param {SearchIndex} index
 */
function similarTerms(query, { places }) {
  const pairs = (/** @type {string} */ text) =>
    new Set(wordsOf(text).flatMap(({ form }) => Array.from(form.slice(1), (letter, at) => form[at] + letter)));
  const wanted = pairs(query);
  const likeness = (/** @type {string} */ name) => {
    const own = pairs(name);
    return [...own].filter((pair) => wanted.has(pair)).length / Math.max(own.size, wanted.size);
  };
  return places
    .filter(({ kind }) => kind === "term")
    .map((place) => ({ place, like: likeness(place.title) }))
    .filter(({ like }) => like > 0.3)
    .sort((a, b) => b.like - a.like)
    .slice(0, 3)
    .map(({ place }) => place);
}

const width = (/** @type {string} */ text) => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);

/** The stretches of a text that are words of the query. @param {string} text @param {SearchTerm[]} terms */
function marksIn(text, terms) {
  /** @type {SearchMark[]} */
  const marks = [];
  eachWord(text, ({ form, stem }, start, end) => {
    const term = terms.find(({ meant }) => meant.has(stem));
    if (!term) return;
    const stop = isChinese(form) ? start + Math.min(term.form.length, end - start) : end;
    // Pairs of Chinese characters overlap.
    const last = marks.at(-1);
    if (last && last.end >= start) last.end = Math.max(stop, last.end);
    else marks.push({ start, end: stop, terms: new Set() });
    marks[marks.length - 1].terms.add(term);
  });
  return marks;
}

/**
 * The mark from which on most of the query's words come, and come soon.
 * @param {SearchMark[]} marks @param {number} room
 */
function bestMark(marks, room) {
  const value = (/** @type {SearchMark} */ first) => {
    /** Each with the way to it. @type {Map<SearchTerm, number>} */
    const terms = new Map();
    for (const { start, terms: some } of marks) {
      if (start < first.start || start >= first.start + room / 2) continue;
      for (const term of some) if (!terms.has(term)) terms.set(term, start - first.start);
    }
    return 1000 * [...terms.keys()].reduce((sum, { rarity: rare }) => sum + rare, 0) - Math.max(...terms.values());
  };
  return marks.reduce((best, mark) => (value(mark) > value(best) ? mark : best));
}

/**
 * Where an excerpt begins that is to show a mark: with its sentence, or some words before it.
 * @param {string} text @param {SearchMark} mark @param {number} room
 */
function beginOf(text, mark, room) {
  const earliest = Math.max(0, mark.start - room / 2);
  const sentences = [...text.slice(earliest, mark.start).matchAll(/[.?!:] (?=\p{Lu})|[。？！]/gu)];
  if (earliest === 0) return 0;
  const last = sentences.at(-1);
  if (last) return earliest + last.index + last[0].length;
  const space = text.indexOf(" ", mark.start - room / 4);
  return space < mark.start && space >= 0 ? space + 1 : mark.start;
}

/**
 * A piece of the text of a place that shows the words: plain and marked pieces in turn.
 * @param {SearchPlace} place @param {SearchTerm[]} terms
 */
function excerptOf({ kind, text }, terms) {
  if (text === "") return [];
  const room = Math.floor(EXCERPT * (text.length / width(text)));
  const marks = marksIn(text, terms);
  const begin = kind === "term" || marks.length === 0 ? 0 : beginOf(text, bestMark(marks, room), room);
  let end = Math.min(text.length, begin + room);
  while (end < text.length && /^[^\W\d_]{2}$/.test(text.slice(end - 1, end + 1))) end -= 1; // not within a word
  const pieces = [begin === 0 || SENTENCE_END.test(text.slice(0, begin)) ? "" : "… "];
  let done = begin;
  for (const { start, end: stop } of marks) {
    if (start < begin || stop > end) continue;
    pieces[pieces.length - 1] += text.slice(done, start);
    pieces.push(text.slice(start, stop), "");
    done = stop;
  }
  pieces[pieces.length - 1] += end < text.length ? `${text.slice(done, end).trimEnd()} …` : text.slice(done);
  return pieces;
}
