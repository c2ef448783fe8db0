// What the reader should know of the storage.

import { h } from "../core/index.js";
import { t } from "./words.js";

/** @import { Trouble } from "./types.js" */

/** A line that is empty as long as all is well. @param {{trouble: Trouble | null, aside: string}[]} kept */
export function notice(...kept) {
  const line = h("p", { class: "practice-notice", role: "status" });
  const update = () => {
    const said = kept.filter(({ trouble }) => trouble).map(({ trouble, aside }) => t(trouble ?? "", { key: aside }));
    line.textContent = [...new Set(said)].join(" ");
  };
  return { line, update };
}
