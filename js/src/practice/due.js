// On the page of a chapter, before it is painted: whether questions of earlier chapters are due. Who follows a link into the chapter
// is not asked. A part of site-early.js.

import { askedOf, REVIEW_KEY } from "../reading/record.js";
import { LEFT_KEY, waiting } from "./schedule.js";

const { dataset } = document.documentElement;
const earlier = dataset.before?.split(" ") ?? [];
try {
  const asked = Object.entries(askedOf(localStorage.getItem(REVIEW_KEY)));
  const own = asked.filter(([id]) => earlier.includes(id.split("-")[0]));
  const isLeft = location.hash !== "" || sessionStorage.getItem(LEFT_KEY) === location.pathname;
  if (!isLeft && waiting(own, Date.now())) dataset.back = "";
} catch {
  // Storage may be forbidden: then nothing is due.
}
