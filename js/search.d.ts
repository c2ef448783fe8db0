// What the scripts of the search hand to each other. The global scope is theirs: one declares, the next uses.

/** A place as theme/search/index.py writes it. */
type SearchRow = [
  kind: "section" | "term" | "name" | "exercise",
  depth: number,
  number: string,
  title: string,
  anchor: string,
  text: string,
  otherNames?: string[],
  sections?: string[],
];
/** search-index.js. */
declare const BOOK_PAGES: [address: string, rows: SearchRow[]][];

/** In plain letters, and without its ending. */
interface SearchWord {
  form: string;
  stem: string;
}
interface SearchName {
  name: string;
  words: SearchWord[];
}
interface SearchPlace {
  kind: SearchRow[0];
  number: string;
  title: string;
  text: string;
  address: string;
  /** The sections that teach a term. */
  sections: string[];
  /** What it is a part of, the page first. */
  above: SearchPlace[];
  order: number;
  /** In words. */
  length: number;
  names: SearchName[];
  /** The names of the terms that a section teaches, and how much each counts. */
  taught: (SearchName & { weight: number })[];
  weight: number;
}
interface SearchIndex {
  places: SearchPlace[];
  /** Stem -> place -> where in its text the stem is. */
  byStem: Map<string, Map<SearchPlace, number[]>>;
  /** Form -> its stem, and how often it is used. */
  forms: Map<string, { stem: string; count: number }>;
  /** The Chinese names of terms. */
  terms: string[];
  /** Of all texts, in words. */
  length: number;
}

/** A word of the query: the stems that it may mean, each with a weight, and where they are. */
interface SearchTerm {
  form: string;
  meant: Map<string, number>;
  places: Map<SearchPlace, { count: number; positions: number[] }>;
  rarity: number;
}
interface SearchHit {
  place: SearchPlace;
  score: number;
  /** That fits. */
  name: string;
}
/** A stretch of a text that is in the query. */
interface SearchMark {
  start: number;
  end: number;
  terms: Set<SearchTerm>;
}
