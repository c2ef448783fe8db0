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
export type Bytes = Uint8Array<ArrayBuffer>;
/** Of a part: bytes of it, null when all have come; or all of it at once. */
export type Piece = Bytes | Packed | null;
/** All parts, as tools/site_python.py lists them. */
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
export type Reason = "missing" | "network" | "blocked" | "crashed" | "ended";

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
  /** JSON: exercise -> part of the reader's own network. */
  own: string;
}
/** Which names pieces of code make, change and use; `modules` are not there to be changed. */
export interface Ask {
  type: "names";
  codes: string[];
  modules: string[];
}
export type ToWorker =
  | { type: "start"; python: Parts }
  | { type: "part"; name: string; piece: Piece }
  /** A part will not come. */
  | { type: "lost"; message: string }
  | Run
  | Ask;

export type FromWorker =
  | { type: "ready" }
  /** The parts for drawing are needed. */
  | { type: "draws" }
  /** The font of Chinese is. */
  | { type: "spells" }
  /** JSON. */
  | { type: "output"; output: string }
  | { type: "done"; result: Result }
  | { type: "failed"; reason: Reason; message: string };
