// "For teachers": what the files of a class add up to. They are read here, and nothing of them goes anywhere.

import { h } from "../core/dom.js";
import { saveFile } from "../core/files.js";
import { ID_KEY } from "./file.js";
import { addressOf, choosing, headline, idOf, line, opened, say, titleOf } from "./page_parts.js";
import { classOf, csvOf, sumsOf, wrongOf } from "./sums.js";

/** @import { Texts } from "./types.js" */

const book = nnlibBook;
const place = /** @type {HTMLElement} */ (document.getElementById("reading-class"));
const status = h("div", { class: "reading-status", role: "status" });
const table = h("div");
/** What was read, by its reader: of files of one reader the latest. @type {Map<string, {texts: Texts, saved: string}>} */
let files = new Map();

const LABELS = ["class_begun", "class_answers", "class_first", "class_solved"];
const percent = (/** @type {number} */ part, /** @type {number} */ whole) =>
  whole ? say(book, "percent", { share: Math.round((100 * part) / whole) }) : "–";

/** @param {ReturnType<typeof classOf>[number]} sum */
function chapterLine({ chapter, begun, questions, exercises }) {
  const judged = questions.filter(({ estimate }) => !estimate);
  const total = (/** @type {"answered" | "first"} */ of, among = questions) =>
    among.reduce((sum, one) => sum + one[of], 0);
  const solved = exercises.reduce((sum, one) => sum + one.solved, 0);
  const values = [
    `${begun} / ${files.size}`,
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
      ` ${solved} / ${files.size}`,
    ),
  );
  return line(
    titleOf(chapter),
    LABELS.map((label, at) => [say(book, label), values[at]]),
    h("ul", { class: "reading-questions" }, asked),
    done.length ? h("p", { text: say(book, "exercises") }) : null,
    h("ul", {}, done),
  );
}

function show() {
  const readers = [...files.values()].map(({ texts }) => sumsOf(book, texts));
  const sums = classOf(book, readers);
  const download = () =>
    saveFile(csvOf(sums, files.size, nnlibMistakes, book.words), "text/csv", "nnlib-book-class.csv");
  const clear = () => {
    files = new Map();
    status.replaceChildren(say(book, "class_cleared"));
    show();
    choosingButton.focus();
  };
  table.replaceChildren(
    ...(files.size
      ? [
          headline(
            say(book, "chapter"),
            LABELS.map((label) => say(book, label)),
          ),
          ...sums.map(chapterLine),
          h(
            "div",
            { class: "reading-buttons" },
            h("button", {
              type: "button",
              class: "reading-button",
              "data-name": "csv",
              text: say(book, "class_csv"),
              click: download,
            }),
            h("button", {
              type: "button",
              class: "reading-button",
              "data-name": "clear",
              text: say(book, "class_clear"),
              click: clear,
            }),
          ),
        ]
      : []),
  );
}

/** Whose file it is; one from before files had a name of their reader is known by all that it holds. @param {Texts} texts */
const readerOf = (texts) => texts[ID_KEY] ?? JSON.stringify(Object.entries(texts).sort());

/** @param {File[]} chosen */
async function take(chosen) {
  const said = [];
  let twice = 0;
  for (const file of chosen) {
    const found = await opened(book, file);
    if ("sentence" in found) {
      said.push(found.sentence);
      continue;
    }
    const key = readerOf(found.texts);
    const other = files.get(key);
    if (other) twice += 1;
    if (!other || found.saved >= other.saved) files.set(key, found);
  }
  if (twice) said.push(say(book, "class_twice", { count: twice }));
  status.replaceChildren(...[say(book, "class_count", { count: files.size }), ...said].map((text) => h("p", { text })));
  show();
}

const choosingButton = h("button", {
  type: "button",
  class: "reading-button",
  "data-name": "choose",
  text: say(book, "class_choose"),
});
place.append(
  h("div", { class: "reading-buttons" }, choosingButton, h("span", { text: say(book, "class_drop") })),
  status,
  table,
);
choosingButton.addEventListener("click", choosing(place, true, take));
