// What students of this browser have answered. Apart from the record of the reader: that is exported, brought elsewhere and
// forgotten without it, so the key does not begin like those.

import { Kept } from "../kept.js";
import { formOf } from "./codes.js";
import { isSession } from "./files.js";

/** @import { Phase } from "./codes.js" */
/** @import { Given, Session, Sessions } from "./types.js" */

export const STUDY_KEY = "study-of-nnlib-book";

/** @param {() => Pick<Storage, "getItem" | "setItem">} [storage] @returns {Kept<Sessions>} */
export const keptSessions = (storage) =>
  new Kept(
    STUDY_KEY,
    /** @returns {Sessions} */ () => ({ v: 1, sessions: [] }),
    ({ v, sessions }) => {
      if (v !== 1 || !Array.isArray(sessions)) throw new TypeError("Of another version");
      const known = sessions.filter(isSession);
      return { data: { v: 1, sessions: known }, whole: known.length === sessions.length };
    },
    storage,
  );

/** What one student answers in one phase. */
export class Own {
  /** @param {Kept<Sessions>} kept @param {string} code @param {Phase} phase */
  constructor(kept, code, phase) {
    this.kept = kept;
    this.code = code;
    this.phase = phase;
    this.form = formOf(code, phase);
  }

  #is = (/** @type {Session} */ { code, phase }) => code === this.code && phase === this.phase;

  get session() {
    return this.kept.get().sessions.find(this.#is);
  }

  /** @param {string} language @param {number} now */
  begin(language, now) {
    const { code, phase, form } = this;
    const started = new Date(now).toISOString();
    this.put({ kind: "nnlib-book-study", v: 1, code, phase, form, started, language, items: [], dose: null });
  }

  /** An answer counts once, also where two tabs ask. @param {Given} given */
  answer(given) {
    const { session } = this;
    if (!session || session.ended || session.items.some(({ id }) => id === given.id)) return;
    this.put({ ...session, items: [...session.items, given] });
  }

  /** @param {Session} session in place of what there was */
  put(session) {
    this.kept.change(({ v, sessions }) => ({ v, sessions: [...sessions.filter((one) => !this.#is(one)), session] }));
  }

  forget() {
    this.kept.change(({ v, sessions }) => ({ v, sessions: sessions.filter((one) => !this.#is(one)) }));
  }
}
