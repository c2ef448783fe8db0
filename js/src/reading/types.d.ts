// What the modules about the reader's own record hand to each other.

import type { Taken } from "../practice/types.js";
import type { Choice, Quantity } from "../questions/judge.js";

/** Where one stopped: a section, a block in it, how far below the screen's upper edge; or the beginning of a page. */
export interface Place {
  page: string;
  id?: string;
  index?: number;
  top?: number;
  open?: boolean;
  number: string;
  title: string;
  lang: string;
  at: number;
}
/** Under `nnlib-book:read`: chapter#section -> when it was read. */
export interface Reading {
  v: 1;
  read: Record<string, number>;
  place?: Place;
}

export interface Section {
  id: string;
  number: string;
  title: string;
  minutes: number;
}
/** Where something is asked: the section below the page's title, and whether it is for a second reading. */
export interface Asked {
  section: string;
  more: boolean;
}
export interface Chapter {
  name: string;
  page: string;
  number: string;
  title: string;
  /** Of the path; those that hold the exercises are counted by the exercises. */
  sections: Section[];
  asked: {
    predict: Record<string, Asked & { data: Choice | Quantity }>;
    draw: Record<string, Asked>;
    steps: Record<string, Asked>;
  };
  exercises: Record<string, { title: string; more: boolean; minutes: [number, number] }>;
}
/** What the build writes into _static/progress-book.js. */
export interface Book {
  language: string;
  version: string;
  chapters: Chapter[];
  words: Record<string, string>;
}
/** What the build writes into _static/progress-mistakes.js: prediction -> its words. */
export type Mistakes = Record<
  string,
  { question: string; options?: Record<string, string>; mistakes: Record<string, string> }
>;

/** How a prediction went. */
export type Outcome = "first" | "later" | "shown" | "open" | "guessed";
export interface Answered {
  outcome: Outcome;
  /** What the first answer was taken for: a mistake or option, "large", "small"; null if it was right, or a guess. */
  first: string | null;
}
export interface Sum {
  chapter: Chapter;
  read: Set<string>;
  answered: Map<string, Answered>;
  solved: Set<string>;
  due: number;
  /** From how many to how many minutes what is not read and not solved of the path takes. */
  left: number[];
  besides: Besides;
}
/** What is done and not counted toward the path. */
export interface Besides {
  /** The best-known results of the self-test. */
  before?: Taken;
  after?: Taken;
  tests: number;
  /** Answers in practice, and how many of them were right. */
  practiced: number;
  known: number;
  drawn: number;
  stepped: number;
  /** Parts of the reader's own network. */
  own: number;
  challenges: number;
}

/** Keys and texts of the browser's storage. */
export type Texts = Record<string, string>;
export type Store = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;
export type Trouble = "full" | "blocked";
