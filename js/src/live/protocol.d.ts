// What the page and the worker that runs Python say to each other, and what a run comes to.

/** A file that Python is made of. */
export interface Part {
  name: string;
  /** In the folder of all parts. */
  address: string;
  /** In bytes. */
  size: number;
}
/** The same where nothing can be fetched. */
export interface Packed {
  base64: string;
  gzip: boolean;
}
/** All parts, as tools/live.py lists them. */
export interface Parts {
  folder: string;
  python: Part[];
  numpy: Part[];
  book: Part;
  drawing: Part[];
  /** A font for Chinese in pictures. */
  letters: Part;
}

/** What is being loaded. */
export type Stage = "python" | "numpy" | "book" | "drawing" | "letters";
export interface Progress {
  part: Stage;
  /** In bytes, of all that is loaded for this start, together. */
  loaded: number;
  total: number;
}
/** Why Python cannot go on. */
export type Reason = "missing" | "network" | "blocked" | "crashed";

export interface PythonError {
  name: string;
  message: string;
  /** Of the code that ran, from 1. */
  line?: number | null;
  traceback?: string;
  /** The name of a NameError. */
  undefined?: string | null;
  reason?: Reason;
}
/** Which names have other values after code, which may have, and which it needs (nnbook/live/names.py). */
export interface Names {
  makes: string[];
  sets: string[];
  uses: string[];
}
/** What a run, or a question about names, came to. */
export type Result =
  | { status: "ok" | "error"; error?: PythonError; count: number; names?: Names[] }
  | { status: "stopped"; error?: undefined; count?: number; names?: undefined };

export interface Start {
  type: "start";
  python: Parts;
  folder: string;
  /** The page brings the parts. */
  packed: boolean;
}
export interface Run {
  type: "run";
  code: string;
  id: string;
  /** The namespace: "" is the chapter's. */
  space: string;
  /** Whether that is made anew. */
  fresh: boolean;
  /** JSON: figure's id -> what the reader moved. */
  moved: string;
}
/** Which names pieces of code make, change and use; `modules` are not there to be changed. */
export interface Ask {
  type: "names";
  codes: string[];
  modules: string[];
}
export type ToWorker = Start | Run | Ask | { type: "part"; name: string; packed: Packed };

export type FromWorker =
  | { type: "ready" }
  | ({ type: "progress" } & Progress)
  | { type: "bring"; names: string[] }
  /** JSON. */
  | { type: "output"; output: string }
  | { type: "done"; result: Result }
  | { type: "failed"; reason: Reason; message: string };
