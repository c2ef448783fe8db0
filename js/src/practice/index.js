// The parts that ask again, what a page loads that has room for one of them (rest.js).

import { back } from "./back.js";
import { mixed } from "./mixed.js";
import { Practice } from "./practice.js";
import { tests } from "./tests.js";

/** @type {Practice | null} */
let practice = null;

const wanted = /[?&](study|codes)\b/.test(location.search);

/** Fill a part's place. @param {HTMLElement} place */
export function begin(place) {
  const { study } = place.dataset;
  if (wanted && study) {
    nnlibLoad(study).then(() => globalThis.nnlibStudy.begin(place)); // it takes the page for itself
    return;
  }
  practice ??= new Practice(globalThis.nnlibReview.questions);
  if (place.dataset.practice === "back") back(place, practice);
  else if (place.dataset.practice === "mixed") mixed(place, practice);
  else tests(place, practice);
}
