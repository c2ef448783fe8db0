// On the page of a chapter, before it is painted: where questions of earlier chapters are due, their place has its room from the
// beginning. A part of site-early.js.

import { askedOf, REVIEW_KEY } from "../reading/record.js";
import { LEFT_KEY, waiting } from "./schedule.js";

const { dataset } = document.documentElement;
const earlier = dataset.before?.split(" ") ?? [];
try {
  const asked = Object.entries(askedOf(localStorage.getItem(REVIEW_KEY)));
  const own = asked.filter(([id]) => earlier.includes(id.split("-")[0]));
  if (waiting(own, Date.now()) && sessionStorage.getItem(LEFT_KEY) !== location.pathname) dataset.back = "";
} catch {
  // Storage may be forbidden: then nothing is due.
}
