// "For teachers": the files of a study, beside the records of the class. Nothing of them leaves the page.

import words from "words:messages/site/class";
import { h } from "../core/dom.js";
import { saveFile } from "../core/files.js";
import { languageOf, translator } from "../core/messages.js";
import { phrase } from "../core/typeset.js";
import { headline, line } from "./page_parts.js";
import { codesOf, counting, foreign, gaps, joined, longOf, phaseOf, wideOf } from "./study_tables.js";

/** @import { Phase } from "../practice/study/codes.js" */
/** @import { StudyFile } from "../practice/study/types.js" */
/** @import { Keys, Questions } from "./study_files.js" */
/** @import { Row } from "./study_tables.js" */

const language = languageOf(document.documentElement);
export const t = translator(words, language);
const COMMONEST = 3;
const LABELS = ["handed", "finished", "mean", "sd", "sure_wrong"];
const digits = (/** @type {number | null} */ value) => (value === null ? "–" : value.toFixed(1));

export class ClassStudy {
  /** @type {{name: string, study: StudyFile}[]} */
  #files = [];
  /** @type {Keys | null} */
  #keys = null;
  /** @type {Questions | null} */
  #questions = null;

  clear() {
    this.#files = [];
    this.#keys = null;
    this.#questions = null;
  }

  get isEmpty() {
    return !this.#files.length;
  }

  /** @param {{name: string, study: StudyFile}} file */
  add(file) {
    this.#files.push(file);
  }

  /** @param {Keys} keys @param {string} name @returns {string[]} what there is to say */
  takeKeys(keys, name) {
    const other = this.#keys && JSON.stringify(this.#keys) !== JSON.stringify(keys);
    this.#keys = keys;
    return other ? [t("keys_twice", { name })] : [];
  }

  /** @param {Questions} questions */
  takeQuestions(questions) {
    this.#questions = questions;
  }

  /** What is wrong with the files taken together. @returns {string[]} */
  get said() {
    const keys = this.#keys;
    if (this.isEmpty) return [];
    if (!keys) return [t("keys_missing")];
    const strange = this.#files.flatMap(({ name, study }) => {
      const [got] = foreign(study, keys);
      return got ? [t("foreign", { name, got })] : [];
    });
    /** @type {Map<string, Set<string>>} */
    const begun = new Map();
    for (const { study } of this.#files) {
      const key = t("twice", { code: study.code, phase: t(study.phase) });
      begun.set(key, (begun.get(key) ?? new Set()).add(study.started));
    }
    return [...strange, ...[...begun].filter(([, starts]) => starts.size > 1).map(([sentence]) => sentence)];
  }

  /** @returns {Node[]} */
  shown() {
    const keys = this.#keys;
    if (this.isEmpty || !keys) return [];
    const files = counting(this.#files.map(({ study }) => study).filter((study) => !foreign(study, keys).length));
    if (!files.length) return [];
    const rows = joined(files, keys);
    const { begun, missing } = gaps(files, keys);
    const codes = codesOf(files).length;
    const save = (/** @type {string} */ name, /** @type {string} */ text) =>
      h("button", {
        type: "button",
        class: "reading-button",
        "data-name": name,
        text: t(name),
        click: () => saveFile(text, "text/csv", name.replace("csv_", "class_").concat(".csv")),
      });
    const parts = [
      h("h3", { text: t("study") }),
      h("p", { text: t("complete", { files: files.length, codes, complete: codes - missing.length }) }),
      headline(
        t("time"),
        LABELS.map((label) => t(label)),
      ),
      ...begun.map((phase) => this.#phase(phase, files, rows, keys)),
      gapsOf(begun, missing),
      h("div", { class: "reading-buttons" }, save("csv_long", longOf(rows)), save("csv_wide", wideOf(files, rows))),
    ];
    return [h("div", { class: "reading-study" }, parts)];
  }

  /** @param {Phase} phase @param {StudyFile[]} files @param {Row[]} rows @param {Keys} keys */
  #phase(phase, files, rows, keys) {
    const { handed, finished, mean, sd, sure, sureWrong, items } = phaseOf(files, rows, keys, phase);
    const values = [String(handed), String(finished), digits(mean), digits(sd), `${sureWrong} / ${sure}`];
    return line(
      t(phase),
      LABELS.map((label, at) => [t(label), values[at]]),
      this.#questions ? null : h("p", { text: t("questions_missing") }),
      h(
        "ul",
        { class: "reading-questions" },
        items.map(({ item, answered, right, wrong }) =>
          h(
            "li",
            {},
            h("p", { text: t("item", { item, answered, right }) }),
            this.#questions && h("p", { class: "reading-layer" }, phrase(this.#wordsOf(item)?.stem ?? "")),
            h(
              "ul",
              {},
              wrong.slice(0, COMMONEST).map(({ answer, times }) => h("li", {}, this.#wrong(item, answer, times, keys))),
            ),
          ),
        ),
      ),
    );
  }

  /** What the students read, if forms.json is here. @param {string} item */
  #wordsOf(item) {
    const all = Object.values(this.#questions?.forms ?? {}).flat();
    return all.find(({ id }) => id === item)?.[language];
  }

  /** A wrong answer and the thought behind it. @param {string} item @param {number} answer @param {number} times @param {Keys} keys */
  #wrong(item, answer, times, { keys, misconceptions }) {
    const { thoughts, misconceptions: own } = keys[item];
    const name = own[answer] ?? "";
    const option = this.#wordsOf(item)?.options?.[answer];
    const about = misconceptions[name]?.[language];
    return phrase(
      t("thought", {
        times,
        option: option ? `“${option}”` : t("option", { letter: "ABCD"[answer] }),
        thought: thoughts[language]?.[answer] ?? about ?? "",
        name,
      }),
    );
  }
}

/** @param {Phase[]} begun @param {ReturnType<typeof gaps>["missing"]} missing */
function gapsOf(begun, missing) {
  const told = (/** @type {{answered: number, of: number} | null} */ one) => {
    if (!one) return t("missing");
    return one.answered < one.of ? t("part", one) : "✓";
  };
  const table = h(
    "table",
    { class: "reading-gaps" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        [t("student"), ...begun.map((phase) => t(phase))].map((text) => h("th", { scope: "col", text })),
      ),
    ),
    h(
      "tbody",
      {},
      missing.map(({ code, phases }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", text: code }),
          phases.map((one) => h("td", { text: told(one) })),
        ),
      ),
    ),
  );
  return line(
    t("gaps"),
    [],
    missing.length ? table : h("p", { text: t("gaps_none") }),
    h("p", { text: t("gaps_unseen") }),
  );
}
