// A ward: patients, tests and what they cost, the record of what was measured, and a name for what is wrong.

import { h, phrase, room, roomy, set } from "../../../js/src/core/index.js";
import { BEDS, FAULTS, HEALTHY, isKnown, KNOWN, MEND, MINUTES, open, storyOf, TESTS, UNKNOWN, wellOf } from "./math.js";
import { brief, makeResult, spark } from "./results.js";

/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Act, Story } from "./math.js" */
/** @typedef {{bed: string, test: string, log: Act[]}} Traits */
/** @typedef {Figure<Traits>} Ward */

const ENOUGH = 3; // tests prove any fault, or that there is none

const KINDS = {
  data: ["labels", "leak", "scale", "preparation", "rare"],
  network: ["dead", "saturated"],
  slopes: ["softmax", "shapes", "reset"],
  steps: ["rate", "slow", "steps", "order", "layer", "uphill"],
};

/** @type {Build<Traits>} */
export default function build(figure) {
  const { t } = figure;
  const act = (/** @type {string} */ one) => {
    const { bed, log } = figure.state;
    figure.set({ log: [...log, [bed, one]], test: one.startsWith("=") ? "record" : one });
  };
  const beds = makeBeds(figure);
  const record = makeRecord(figure, act);
  const result = makeResult(figure);
  const about = h("p", { class: "nn-ward-about" });
  const shownName = h("p", { class: "nn-ward-shown" });
  const name = makeName(figure, act);
  const abouts = ["record_one", "record_ten", ...TESTS].map((test) => t(`about_${test}`));
  figure.show(
    beds.node,
    h(
      "div",
      { class: "nn-ward-desk" },
      record.node,
      h("div", { class: "nn-ward-result" }, shownName, roomy(about, abouts), result.node),
      name.node,
      figure.foot,
    ),
  );
  figure.foot.prepend(roomy(figure.sentence, longest(figure)));

  return ({ bed, test, log }) => {
    const unknown = log.find((one) => !isKnown(one));
    if (unknown) throw new Error(`Nobody can have done ${JSON.stringify(unknown)}`);
    const stories = Object.fromEntries(Object.keys(BEDS).map((one) => [one, storyOf(log, one)]));
    const story = stories[bed];
    const well = wellOf(BEDS[bed]);
    const seen = story.measured.includes(test) ? test : "record";
    beds.draw(stories);
    record.draw(story, well, seen);
    const key = `${bed} ${story.left.join("+")} ${seen}`;
    result.show(seen, story.exam[seen], well[seen], key);
    const kind = seen === "record" ? `record_${BEDS[bed].kind}` : seen;
    about.replaceChildren(...phrase(t(`about_${kind}`)));
    set(shownName, { text: t("shown", { bed, test: t(`test_${seen}`) }) });
    name.draw(story, bed);
    say(figure, story, bed, seen);
  };
}

/** Whom one can go to: those of the chapter, and unknown ones. @param {Ward} figure */
function makeBeds(figure) {
  const { t } = figure;
  const rows = { known: KNOWN, unknown: UNKNOWN };
  const choices = Object.entries(rows).map(([kind, values]) =>
    figure.choice("bed", { label: t(`row_${kind}`), labels: (bed) => bed, values }),
  );
  const labels = new Map(
    choices.flatMap((choice) =>
      [...choice.querySelectorAll("label")].map((label) => {
        const input = /** @type {HTMLInputElement} */ (label.querySelector("input"));
        return [input.value, { label, input }];
      }),
    ),
  );
  const score = h("p", { class: "nn-ward-score", "data-name": "score" });
  const most = { done: 28, all: labels.size, minutes: 1000, list: 1000 };
  const node = h("div", { class: "nn-ward-beds" }, choices, roomy(score, [t("score", most), t("score_none")]));
  /** @type {Map<string, string>} */
  const drawn = new Map();
  return {
    node,
    /** @param {Record<string, Story>} stories */
    draw(stories) {
      for (const [bed, { label, input }] of labels) {
        const { exam, done, left } = stories[bed];
        set(label, { "data-done": done });
        set(input, { "aria-label": t(done ? "bed_done" : "bed", { bed }) });
        const key = left.join("+");
        if (drawn.get(bed) === key) continue;
        drawn.set(bed, key);
        label.querySelector(".nn-ward-spark")?.remove();
        const { losses } = (done ? wellOf(BEDS[bed]) : exam).record;
        label.lastElementChild?.append(spark(losses));
      }
      const done = Object.values(stories).filter((story) => story.done);
      const sum = (/** @type {"minutes" | "list"} */ part) => done.reduce((total, story) => total + story[part], 0);
      const values = { done: done.length, all: labels.size, minutes: sum("minutes"), list: sum("list") };
      set(score, { text: done.length ? t("score", values) : t("score_none") });
    },
  };
}

/** The tests, each with its price or with what it found. @param {Ward} figure @param {(test: string) => void} act */
function makeRecord(figure, act) {
  const { t } = figure;
  const rows = ["record", ...TESTS].map((test) => {
    const button = h("button", {
      type: "button",
      class: "nn-button nn-ward-test",
      "data-name": `test-${test}`,
      click: () => (measured(test) ? figure.set({ test }) : act(test)),
    });
    const price = test === "record" ? "" : t("minutes", { minutes: MINUTES[test] });
    button.append(h("span", { text: t(`test_${test}`) }), h("small", { text: price }));
    const [own, well] = [h("td", { "data-name": `found-${test}` }), h("td", {})];
    return { test, button, own, well, node: h("tr", {}, h("th", { scope: "row" }, button), own, well) };
  });
  const measured = (/** @type {string} */ test) =>
    test === "record" || storyOf(figure.state.log, figure.state.bed).measured.includes(test);
  const heads = ["test", "patient", "healthy"].map((name) => h("th", { scope: "col", text: t(`head_${name}`) }));
  set(heads[1], { "data-well": t("head_healthy") });
  const node = h(
    "table",
    { class: "nn-ward-record", "aria-label": t("record") },
    h("thead", {}, h("tr", {}, heads)),
    h(
      "tbody",
      {},
      rows.map((row) => row.node),
    ),
  );
  return {
    node,
    /** @param {Story} story @param {import("./math.js").Exam} healthy @param {string} seen */
    draw(story, healthy, seen) {
      for (const { test, button, own, well, node: row } of rows) {
        const known = test === "record" || story.measured.includes(test);
        const normal = known ? brief(test, healthy[test]) : "";
        set(own, { text: known ? brief(test, story.exam[test]) : "", "data-well": normal });
        set(well, { text: normal });
        set(row, { "data-known": known });
        set(button, { "aria-pressed": String(test === seen) });
        button.disabled = story.done && !known;
      }
    },
  };
}

/** What is wrong, and the button that mends it. @param {Ward} figure @param {(act: string) => void} act */
function makeName(figure, act) {
  const { t } = figure;
  const option = (/** @type {string} */ fault) => h("option", { value: fault, text: t(`fault_${fault}`) });
  const select = h(
    "select",
    {
      class: "nn-ward-select",
      "data-name": "fault",
      "aria-label": t("what"),
      change: () => figure.refresh(),
      // Letters find a fault here; in JupyterLab they would be commands.
      keydown: (event) => event.key.length === 1 && event.stopPropagation(),
    },
    h("option", { value: "", text: t("what") }),
    Object.entries(KINDS).map(([kind, faults]) => h("optgroup", { label: t(`kind_${kind}`) }, faults.map(option))),
    option(HEALTHY),
  );
  const mend = h("button", {
    type: "button",
    class: "nn-button",
    "data-name": "mend",
    text: t("mend"),
    click: () => {
      const fault = select.value;
      select.value = "";
      act(`=${fault}`);
    },
  });
  const again = h("button", {
    type: "button",
    class: "nn-button",
    "data-name": "again",
    text: t("again"),
    click: () => {
      const { bed, log } = figure.state;
      figure.set({ log: log.filter(([at]) => at !== bed), test: "record" });
    },
  });
  let last = "";
  return {
    node: h("div", { class: "nn-ward-name" }, select, room(mend, again)),
    /** @param {Story} story @param {string} bed */
    draw(story, bed) {
      if (bed !== last) select.value = "";
      last = bed;
      const names = open(story.bed, story.tried);
      for (const one of select.options) one.disabled = one.value !== "" && !names.includes(one.value);
      select.disabled = story.done;
      mend.disabled = !select.value;
      mend.hidden = story.done;
      again.hidden = !story.done;
    },
  };
}

/** Names of tests in a sentence. @param {Ward} figure @param {string[]} tests */
const listed = ({ t }, tests) =>
  tests.map((test) => t("quoted", { name: t(`test_${test}`) })).reduce((one, other) => t("and", { one, other }));

/** @param {string[]} tests */
const minutesOf = (tests) => tests.reduce((sum, test) => sum + MINUTES[test], 0);

/** Say what the last act was worth. @param {Ward} figure @param {Story} story @param {string} bed @param {string} seen */
function say(figure, story, bed, seen) {
  const { t } = figure;
  const { last, minutes, done } = story;
  if (!last) {
    if (seen === "record") figure.say(minutes ? "say_back" : "say_new", { bed, minutes });
    else {
      const [value, well] = [story.exam, wellOf(BEDS[bed])].map((exam) => brief(seen, exam[seen]));
      figure.say("say_measured", { test: t(`test_${seen}`), value, well, minutes });
    }
    return;
  }
  const values = {
    ...last,
    fault: t(`fault_${last.fault}`),
    proof: t(last.sign ? "proof_sign" : "proof_elimination"),
    against: last.against ? t(`test_${last.against}`) : "",
    best: listed(figure, last.best),
    least: minutesOf(last.best),
  };
  const proven = last.spent > values.least ? "proven" : "proven_best";
  const key = last.kind === "proven" ? (done ? proven : "half") : last.kind;
  figure.say(`say_${key === "guess" && !done ? "guess_half" : key}`, values);
}

/** The longest of what can be said. @param {Ward} figure */
function longest(figure) {
  const { t } = figure;
  const all = (/** @type {string[]} */ names) =>
    names.reduce((one, other) => (other.length > one.length ? other : one));
  const values = {
    bed: "10",
    minutes: 100,
    list: 50,
    spent: 100,
    least: 10,
    fit: 10,
    cost: MEND,
    fault: all(FAULTS.map((fault) => t(`fault_${fault}`))),
    proof: all([t("proof_sign"), t("proof_elimination")]),
    against: all(TESTS.map((test) => t(`test_${test}`))),
    test: all(TESTS.map((test) => t(`test_${test}`))),
    best: listed(
      figure,
      [...TESTS].sort((one, other) => t(`test_${other}`).length - t(`test_${one}`).length).slice(0, ENOUGH),
    ),
    value: "0.55 · 0.18 · 0.05 · >1",
    well: "0.55 · 0.18 · 0.05 · >1",
  };
  return Object.keys(figure.words)
    .filter((key) => key.startsWith("say_"))
    .map((key) => t(key, values));
}
