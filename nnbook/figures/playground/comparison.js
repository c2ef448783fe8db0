// The present run beside others: a run that the reader has pinned, and the same training from four more random starts, which
// train in slices between two frames.

import { h, roomy } from "../../../js/src/core/index.js";
import { makeComparisonChart } from "./comparison_chart.js";
import { longestWords, measureOf, pinInWords, spreadInWords } from "./comparison_words.js";
import { momentOf, pinOf, Starts } from "./math/starts.js";

/** @import { Playground } from "./types.js" */
/** @import { Facts } from "./math/facts.js" */
/** @import { Run } from "./math/run.js" */
/** @import { Sets } from "./math/plane_data.js" */
/** @import { Pin } from "./math/starts.js" */
/** @typedef {() => {run: Run, sets: Sets}} Now */

const SLICE = 8; // ms of a frame for the other starts
const EVERY = 6; // slices, after which the curves follow
const QUIET = 500; // ms without change before the sentences are read aloud

/** @param {Playground} figure @param {Now} now @param {() => boolean} isSeen */
export function makeComparison(figure, now, isSeen) {
  const { t } = figure;
  /** `isOn`: five starts instead of one. @type {{pin: Pin | null, isOn: boolean}} */
  const chosen = { pin: null, isOn: false };
  /** @type {Facts} */
  let known;
  const put = (/** @type {Partial<typeof chosen>} */ patch) => Object.assign(chosen, patch);
  const button = (/** @type {string} */ name, /** @type {() => void} */ change, more = {}) =>
    figure.button({
      name,
      label: t(name),
      click: () => {
        change();
        figure.refresh();
      },
      ...more,
    });
  const buttons = [
    button("starts", () => put({ isOn: !chosen.isOn }), { pressed: () => chosen.isOn }),
    button("pin", () => put({ pin: pinOf(now().run, known) }), { enabled: () => now().run.step > 0 }),
    button("unpin", () => put({ pin: null }), { enabled: () => chosen.pin !== null }),
  ];
  const chart = makeComparisonChart(figure);
  const words = makeWords(figure);
  const nodes = [
    h("div", { class: "nn-presets", role: "group", "aria-label": t("compare") }, buttons),
    h("div", { class: "nn-row" }, h("div", {}, words.nodes), chart.node),
  ];
  const draw = () => {
    if (!isSeen()) return;
    const { pin, isOn } = chosen;
    const { run } = now();
    const by = measureOf(run, t);
    words.tell(
      isOn ? spreadInWords(t, others.moments(), run.step, by) : t("starts_hint"),
      pin ? pinInWords(t, run, pin, by) : t("pin_hint"),
    );
    chart.draw(run, others.runs(), pin, by.which);
  };
  const others = trainOthers(figure, now, draw);
  figure.onReset(() => {
    put({ pin: null, isOn: false });
  });
  return {
    nodes,
    /** What challenges may ask beside the facts of the present run. @param {Facts} facts */
    facts(facts) {
      known = facts;
      return { ...facts, starts: others.moments(), pinned: chosen.pin };
    },
    /** Show how the present run compares, and let the others follow it. */
    follow() {
      others.follow(chosen.isOn);
      draw();
    },
  };
}

/** The other starts of the present run, which follow it in slices. @param {Playground} figure @param {Now} now @param {() => void} draw */
function trainOthers(figure, now, draw) {
  /** @type {Starts | null} */
  let starts = null;
  /** @type {Run | null} */
  let startsOf = null;
  let [request, turn] = [0, 0];
  figure.signal.addEventListener("abort", () => cancelAnimationFrame(request));
  const slice = () => {
    request = 0;
    const { run } = now();
    if (!starts || startsOf !== run) return;
    const isThere = starts.advance(run.step, SLICE);
    turn += 1;
    if (!isThere) request = requestAnimationFrame(slice);
    if (isThere)
      figure.refresh(); // challenges look at all five
    else if (turn % EVERY === 0) draw();
  };
  return {
    runs: () => starts?.runs ?? [],
    /** All five at the present step; null as long as some have not come so far. */
    moments() {
      const { run } = now();
      if (!starts || startsOf !== run || starts.behind(run.step)) return null;
      return [run, ...starts.runs].map((each) => momentOf(each, run.step));
    },
    follow(/** @type {boolean} */ isOn) {
      const { run, sets } = now();
      if (!isOn) [starts, startsOf] = [null, null];
      else if (startsOf !== run) [starts, startsOf] = [new Starts(run.settings, sets), run];
      if (starts?.behind(run.step) && !request) request = requestAnimationFrame(slice);
    },
  };
}

/** Two sentences, one for the starts and one for the pinned run; read aloud when things have come to rest. @param {Playground} figure */
function makeWords(figure) {
  const longest = longestWords(figure.t);
  const ofStarts = h("p", { "data-name": "starts-said" });
  const ofPin = h("p", { "data-name": "pin-said" });
  const aloud = h("p", { class: "nn-aloud", "aria-live": "polite" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  figure.signal.addEventListener("abort", () => clearTimeout(timer));
  return {
    nodes: [roomy(ofStarts, [longest.spread]), roomy(ofPin, [longest.pin]), aloud],
    /** @param {string} starts @param {string} pin */
    tell(starts, pin) {
      if (ofStarts.textContent === starts && ofPin.textContent === pin) return;
      const first = ofStarts.textContent === "";
      [ofStarts.textContent, ofPin.textContent] = [starts, pin];
      clearTimeout(timer);
      if (!first)
        timer = setTimeout(() => {
          aloud.textContent = `${starts} ${pin}`;
        }, QUIET);
    },
  };
}
