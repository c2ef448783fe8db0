// What the parts that ask again hand to each other.

import type { Choice, Quantity } from "../questions/judge.js";
import type { Words } from "../questions/texts.js";

/** One set of numbers of a question: what `Prediction.describe` returns in Python. */
export type Variant = (Choice | (Quantity & { symbol: string; unit: string })) & {
  answer: string;
  values: Record<string, string>;
};

/** How an answer is judged: what `judging` returns in Python. */
export type Judging = Choice | Quantity;

export interface Question {
  chapter: string;
  /** Its address from the root of the edition. */
  section: string;
  /** The title of that section. */
  title?: string;
  idea: string;
  /** What it asks for: see nnbook/questions/question.py. */
  level?: string;
  words: Words;
  variants: Variant[];
  /** The predictions of the text that it asks again, by their names. */
  text: Record<string, Judging>;
}

export type Sure = "sure" | "rather" | "guess";

/** What is remembered of a question; times are in milliseconds. */
export interface Asked {
  right: number;
  wrong: number;
  last: number;
  due: number;
  /** Until it is due, from the last answer that counted; 0 if that was a miss. */
  days: number;
  /** After a miss: what is left of the days before. Records of earlier versions of the book have none. */
  kept?: number;
  variant: number;
  /** How sure the reader was of the last answer, where that was asked. */
  sure?: Sure;
}
/** Under `nnlib-book:review`. */
export interface Review {
  v: 1;
  asked: Record<string, Asked>;
}

/** A question with one of its sets of numbers. */
export interface Item {
  id: string;
  question: Question;
  variant: number;
  /** Asked once more, as it was missed in this round: it does not count. */
  again?: boolean;
}
/** What a reader answered at first: a number, the name of an option, or null for "I do not know". */
export interface Outcome extends Item {
  given: number | string | null;
  right: boolean;
  sure?: Sure;
}

/** One self-test that was taken to its end, as it is stored and exported. */
export interface Taken {
  chapter: string;
  when: "before" | "after";
  date: string;
  right: number;
  of: number;
  answers: { id: string; variant: number; given: number | string | null; right: boolean }[];
}
/** Under `nnlib-book:tests`. */
export interface Tests {
  about: string;
  v: 1;
  tests: Taken[];
}

/** Why something is not kept, or not as it was. */
export type Trouble = "blocked" | "full" | "aside";
