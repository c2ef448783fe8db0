// What all parts share: the questions of this edition and what is remembered of the reader.

import { SURE_KEY } from "../reading/record.js";
import { practicable } from "./draw.js";
import { keptReview, keptTests } from "./kept.js";
import { answeredInText, begunChapters, stored } from "./reader.js";
import { compared } from "./results.js";
import { answered } from "./schedule.js";
import { chapterNames, t } from "./words.js";

/** @import { Outcome, Question } from "./types.js" */

export class Practice {
  review = keptReview();
  results = keptTests(t("about"));
  names = chapterNames();

  /** @param {Record<string, Question>} questions */
  constructor(questions) {
    this.questions = questions;
  }

  /** Whether to ask how sure one is, and why: a setting of the reader. */
  get asksSure() {
    try {
      return localStorage.getItem(SURE_KEY) === "yes";
    } catch {
      return this.#sure; // storage may be forbidden
    }
  }

  set asksSure(wish) {
    this.#sure = wish;
    try {
      if (wish) localStorage.setItem(SURE_KEY, "yes");
      else localStorage.removeItem(SURE_KEY);
    } catch {
      // Then it holds as long as the page is open.
    }
  }

  #sure = false;

  /** The questions that may be practiced now: some wait for the self-test of their chapter. */
  get open() {
    const { tests } = this.results.get();
    return practicable(this.questions, this.review.get().asked, (chapter) => Boolean(compared(tests, chapter).after));
  }

  /** What a drawing has to know, as it is now. @returns {import("./draw.js").Reader} */
  reader() {
    const texts = stored();
    const chapters = begunChapters(texts);
    return {
      asked: this.review.get().asked,
      begun: (chapter) => chapters.has(chapter),
      text: (question) => answeredInText(texts, question),
      now: Date.now(),
      random: Math.random,
    };
  }

  /** Remember an answer. @param {Outcome} outcome */
  note({ id, right, variant, sure }) {
    this.review.change(({ v, asked }) => ({
      v,
      asked: { ...asked, [id]: answered(asked[id], right, variant, Date.now(), sure) },
    }));
    dispatchEvent(new Event("nnlib-practiced")); // the number of those that wait
  }
}
