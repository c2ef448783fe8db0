// What all parts share: the questions of this edition and what is remembered of the reader.

import { keptReview, keptTests } from "./kept.js";
import { answeredInText, begunChapters, stored } from "./reader.js";
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
  note({ id, right, variant }) {
    this.review.change(({ v, asked }) => ({
      v,
      asked: { ...asked, [id]: answered(asked[id], right, variant, Date.now()) },
    }));
    dispatchEvent(new Event("nnlib-practiced")); // the number of those that wait
  }
}
