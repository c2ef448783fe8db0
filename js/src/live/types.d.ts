// What the cells of a page pass around.

import type { Figure } from "../core/figure.js";
import type { Stored } from "../core/page.js";
import type { State, Words } from "../core/types.js";
import type { Task } from "../questions/line_order.js";
import type { judgeNumbers } from "../questions/numbers.js";
import type { Cell } from "./cell.js";
import type { HiddenCell } from "./hidden_cell.js";
import type { Names, Progress, Reason } from "./protocol.js";

/** What the page's own script says of a cell (theme/live/cells.py). */
export interface CellData extends Names {
  id: string;
  code: string;
  role?: "answer" | "solution";
  exercise?: string;
  /** The end of its code that checks an answer: no editor shows it. */
  check?: string;
}
/** The page's own script. */
export interface PageData {
  name: string;
  edition: string;
  cells: CellData[];
  /** What the page imports: no code is there to change it. */
  modules: string[];
  words: Words;
  numbers: Record<string, Parameters<typeof judgeNumbers>[0]>;
  /** What is said about wrong answers to each exercise. */
  mistakes: Record<string, string[]>;
  lines: Record<string, Task>;
}

export type AnyCell = Cell | HiddenCell;
export type CellState = "idle" | "queued" | "starting" | "running" | "done" | "stale" | "error";
/** A run that came to an end: in which Python, as which one, of which code, on what ground. */
export interface Ran {
  generation: number;
  turn: number;
  code: string;
  ground: string;
}
/** Of a cell what the order of cells follows from. */
export interface Ordered {
  data: Pick<CellData, "exercise">;
  code: string;
  names: Names;
  ran: Ran | null;
}

/** What a page with cells says of them in its head (theme/book/layout.html): addresses and words. */
export type Place = Record<
  "script" | "editor" | "style" | "page" | "edit" | "check" | "numbers" | "field" | "judge" | "lost" | "lines",
  string
>;
/** What of the menu concerns the whole page. */
export type Choice = "exercise" | "keep" | "import" | "forget";

export type PythonState = "off" | "starting" | "ready" | "failed";
export type Detail = Partial<Progress> & { reason?: Reason; message?: string };
/** An error that says why Python cannot go on. */
export type Failure = Error & { reason?: Reason };

/** A figure that Python made. */
export type FigureSpec = Stored & { figureId: string };
/** What a figure stands in. */
export type FigureElement = HTMLElement & { figure?: Figure };

export interface Verdict {
  correct: boolean | null;
  text: string;
  mistake: string | null;
  exercise?: string | null;
  /** The answer is a part of the reader's own network; null where it is not kept. */
  own?: { code: string | null };
  /** What a mistake that is named did to which input. */
  more?: string;
}
/** How far a loop is. */
export interface Counted {
  done: number;
  total: number | null;
  unit?: string;
}
/** Its head: texts, each with the tag around it. */
export interface Column {
  head: ["" | "br" | "i" | "sub", string][];
  kind: string | null;
  cells: string[];
}
/** MIME type -> an output in that form. */
export interface Bundle {
  "text/plain"?: string;
  "image/svg+xml"?: string;
  "image/png"?: string;
  "application/vnd.nnlib.figure+json"?: FigureSpec;
  "application/vnd.nnlib.verdict+json"?: Verdict;
  "application/vnd.nnlib.progress+json"?: Counted;
  "application/vnd.nnlib.table+json"?: Column[];
  [mime: string]: unknown;
}
export interface Metadata {
  "image/svg+xml"?: { dark?: string };
  [mime: string]: unknown;
}

export interface Stream {
  type: "stream";
  name: "stdout" | "stderr";
  text: string;
  /** How many characters at its beginning are not kept. */
  left?: number;
  data?: undefined;
}
export interface Display {
  type: "display" | "result";
  data: Bundle;
  metadata?: Metadata;
  displayId?: string;
}
export interface Update {
  type: "update";
  displayId: string;
  data: Bundle;
}
/** A later cell changed the object of a figure. */
export interface Follow {
  type: "state";
  figureId: string;
  state: State;
  data?: undefined;
}
export type Output = Stream | Display | Update | Follow | { type: "clear"; wait: boolean; data?: undefined };
/** An output as it is kept for the notebook. */
export type Kept = Stream | Display;

/** A notebook, nbformat 4, of which only the cells matter here. */
export interface Notebook {
  cells: StoredCell[];
  [key: string]: unknown;
}
export interface StoredCell {
  id: string;
  cell_type: string;
  source: string | string[];
  [key: string]: unknown;
}
/** What a file brings: its code by the ids of the cells, or why it is not taken, a key of the words with what fills its places. */
export interface Brought {
  codes: Record<string, string>;
  refused?: string;
  values?: Record<string, string | number>;
}
/** Of a cell what goes into the notebook. */
export interface Filled {
  data: { id: string };
  code: string;
  written: string | null;
  count: number | null;
  outputs: { records: Kept[] };
}

/** The time of the last change. */
export interface Timed {
  at: number;
}
/** What a reader wrote on a page. */
export interface Written {
  /** When the reader last forgot everything. */
  forgotten: number;
  cells: Record<string, Timed & { code: string | null }>;
  /** Wrong answers: "exercise:digest". */
  tries: Record<string, Timed>;
  /** Exercises whose lines were put in order: that counts as solved, too. */
  ordered: Record<string, Timed>;
}
