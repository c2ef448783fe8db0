// "For teachers": what the files of a class add up to. They are read here, and nothing of them goes anywhere.

import { h } from "../core/dom.js";
import { saveFile } from "../core/files.js";
import { ClassStudy, t } from "./class_study.js";
import { ID_KEY, LARGEST } from "./file.js";
import { addressOf, choosing, headline, idOf, line, opened, say, titleOf } from "./page_parts.js";
import { TESTS_KEY } from "./record.js";
import { studyFileOf } from "./study_files.js";
import { classOf, csvOf, distinct, ofTen, sumsOf, wrongOf } from "./sums.js";

/** @import { Texts } from "./types.js" */

const book = nnlibBook;
const place = /** @type {HTMLElement} */ (document.getElementById("reading-class"));
const status = h("div", { class: "reading-status", role: "status" });
const table = h("div");
/** What was read, by its reader: of files of one reader the latest. @type {Map<string, {texts: Texts, saved: string}>} */
let files = new Map();
/** The records that are those of different students: as many students there are. @type {Texts[]} */
let records = [];
const study = new ClassStudy();

const LABELS = ["class_begun", "class_answers", "class_first", "class_solved"];
const percent = (/** @type {number} */ part, /** @type {number} */ whole) =>
  whole ? say(book, "percent", { share: Math.round((100 * part) / whole) }) : "–";

/** @param {ReturnType<typeof classOf>[number]["both"]} both @param {"before" | "after"} when */
const average = (both, when) => (both.length ? ofTen(both.map((one) => one[when])).toFixed(1) : "");

/** @param {ReturnType<typeof classOf>[number]} sum */
function chapterLine({ chapter, begun, questions, exercises, both }) {
  const judged = questions.filter(({ estimate }) => !estimate);
  const total = (/** @type {"answered" | "first"} */ of, among = questions) =>
    among.reduce((sum, one) => sum + one[of], 0);
  const solved = exercises.reduce((sum, one) => sum + one.solved, 0);
  const values = [
    `${begun} / ${records.length}`,
    String(total("answered")),
    percent(total("first", judged), total("answered", judged)),
    String(solved),
  ];
  const asked = questions.map(({ name, estimate, answered, first, wrong }) =>
    h(
      "li",
      {},
      h("a", {
        href: addressOf(chapter, chapter.asked.predict[name].section),
        text: nnlibMistakes[name]?.question ?? name,
      }),
      h("p", {
        text: estimate
          ? say(book, "class_guessed", { answered })
          : say(book, "class_question", { answered, first: percent(first, answered) }),
      }),
      wrong.length
        ? h(
            "ul",
            {},
            wrong
              .slice(0, 3)
              .map(([key, times]) => h("li", { text: `${times} × ${wrongOf(nnlibMistakes, name, key, book.words)}` })),
          )
        : null,
    ),
  );
  const done = exercises.map(({ name, solved }) =>
    h(
      "li",
      {},
      h("a", { href: addressOf(chapter, idOf(name)), text: chapter.exercises[name].title }),
      ` ${solved} / ${records.length}`,
    ),
  );
  const tests = { count: both.length, before: average(both, "before"), after: average(both, "after") };
  return line(
    titleOf(chapter),
    LABELS.map((label, at) => [say(book, label), values[at]]),
    both.length ? h("p", { text: t("tests", tests) }) : null,
    h("ul", { class: "reading-questions" }, asked),
    done.length ? h("p", { text: say(book, "exercises") }) : null,
    h("ul", {}, done),
  );
}

/** @param {string} name @param {string} text @param {() => void} click */
const button = (name, text, click) =>
  h("button", { type: "button", class: "reading-button", "data-name": name, text, click });

function recordsShown() {
  if (!records.length) return [];
  const sums = classOf(
    book,
    records.map((texts) => sumsOf(book, texts)),
  );
  const csv = () =>
    saveFile(csvOf(sums, records.length, nnlibMistakes, book.words), "text/csv", "nnlib-book-class.csv");
  return [
    headline(
      say(book, "chapter"),
      LABELS.map((label) => say(book, label)),
    ),
    ...sums.map(chapterLine),
    h("div", { class: "reading-buttons" }, button("csv", say(book, "class_csv"), csv)),
  ];
}

function show() {
  records = distinct([...files.values()].map(({ texts }) => texts));
  const clear = () => {
    files = new Map();
    study.clear();
    show();
    status.replaceChildren(say(book, "class_cleared"));
    choosingButton.focus();
  };
  const all = [...study.shown(), ...recordsShown()];
  const isEmpty = !all.length && study.isEmpty;
  table.replaceChildren(
    ...all,
    ...(isEmpty ? [] : [h("div", { class: "reading-buttons" }, button("clear", say(book, "class_clear"), clear))]),
  );
}

/** Whose file it is; one from before files had a name of their reader is known by all that it holds. @param {Texts} texts */
const readerOf = (texts) => texts[ID_KEY] ?? JSON.stringify(Object.entries(texts).sort());

/**
 * Take a file of the class; what is wrong with it is said in a sentence.
 * @param {File} file @returns {Promise<{texts: Texts, saved: string} | {said: string[]}>}
 */
async function taken(file) {
  const name = file.name.slice(0, 60);
  const text = file.size > LARGEST ? "" : await file.text().catch(() => "");
  const found = studyFileOf(text);
  if (!found) {
    const record = await opened(book, file);
    return "sentence" in record ? { said: [record.sentence] } : record;
  }
  if ("refused" in found) return { said: [t(found.refused, { name, got: found.got })] };
  if ("tests" in found) return { texts: { [TESTS_KEY]: JSON.stringify({ v: 1, tests: found.tests }) }, saved: "" };
  if ("keys" in found) return { said: study.takeKeys(found.keys, name) };
  if ("questions" in found) study.takeQuestions(found.questions);
  else study.add({ name, study: found.study });
  return { said: [] };
}

/** @param {File[]} chosen */
async function take(chosen) {
  const said = [];
  let twice = 0;
  for (const file of chosen) {
    const found = await taken(file);
    if ("said" in found) {
      said.push(...found.said);
      continue;
    }
    const key = readerOf(found.texts);
    const other = files.get(key);
    if (other) twice += 1;
    if (!other || found.saved >= other.saved) files.set(key, found);
  }
  if (twice) said.push(say(book, "class_twice", { count: twice }));
  show();
  const counted = study.isEmpty || files.size ? [say(book, "class_count", { count: records.length })] : [];
  status.replaceChildren(...[...counted, ...study.said, ...said].map((text) => h("p", { text })));
}

const choosingButton = button("choose", say(book, "class_choose"), () => {});
place.append(
  h("div", { class: "reading-buttons" }, choosingButton, h("span", { text: say(book, "class_drop") })),
  status,
  table,
);
choosingButton.addEventListener("click", choosing(place, true, take));
