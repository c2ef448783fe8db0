// What the modules of a study hand to each other.

import type { Panel } from "../../../../nnbook/figures/predict/picture.js";
import type { Sure } from "../types.js";
import type { Form, Phase } from "./codes.js";

/** What tools/instrument.py gives of a question. */
export interface Item {
  id: string;
  code?: string;
  picture?: Panel[];
  [language: string]: unknown;
}
export interface ItemWords {
  stem: string;
  options: string[];
  alt?: string;
}
export interface Forms {
  kind: "nnlib-book-forms";
  v: 1;
  forms: Record<Form, Item[]>;
}
export interface Given {
  id: string;
  /** The place of the option. */
  answer: number;
  /** Only the teacher's keys know. */
  right: null;
  ms: number;
  sure: Sure;
}
/** What a student did in the book, by the record of this browser. */
export interface Dose {
  minutes: number;
  predictions: number;
  exercises: number;
  review: number;
}
/** What is handed in: tools/instrument.py describes it. */
export interface StudyFile {
  kind: "nnlib-book-study";
  v: 1;
  code: string;
  phase: Phase;
  form: Form;
  started: string;
  language: string;
  items: Given[];
  dose: Dose | null;
}
/** As this browser keeps it; `ended` once the student has come to the end. */
export interface Session extends StudyFile {
  ended?: boolean;
}
export interface Sessions {
  v: 1;
  sessions: Session[];
}
