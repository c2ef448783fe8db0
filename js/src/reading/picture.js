// How far one is, as a picture: a ring for each chapter, which fills with its sections.

import { h } from "../core/dom.js";

/** @import { Sum } from "./types.js" */

/** The numbers are in the lines below: this is for eyes. @param {Sum[]} sums */
export const picture = (sums) =>
  h(
    "p",
    { class: "reading-picture", "aria-hidden": "true" },
    sums
      .filter(({ chapter }) => chapter.sections.length)
      .map(({ chapter, read }) =>
        h(
          "span",
          {},
          h("span", {
            class: "reading-ring",
            style: { "--part": `${(100 * read.size) / chapter.sections.length}%` },
          }),
          chapter.number || "·",
        ),
      ),
  );
