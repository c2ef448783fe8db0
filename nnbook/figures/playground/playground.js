// A network that trains on the page. The state is the settings and the count of steps; the weights
// follow from it. Its mathematics is in math/.

import { beside, h, more, roomy, sentences, set } from "../../../js/src/core/index.js";
import { liveInAddress } from "./address.js";
import { makeChallenges } from "./challenges_view.js";
import { makeGradients, makeLoss } from "./charts.js";
import { palette } from "./colors.js";
import { makeComparison } from "./comparison.js";
import { diagnose, KINDS } from "./diagnosis.js";
import { factsOf, look } from "./math/facts.js";
import { setsOf } from "./math/plane_data.js";
import { Run } from "./math/run.js";
import { makeNetwork } from "./network_view.js";
import { makePainter } from "./painter.js";
import { COARSE, DRAFT, FINE, gridOf, makePlane } from "./plane.js";
import { makePlayer } from "./player.js";
import { programOf } from "./program.js";
import { MORE, makeBrush, makeChoices, makeLayers, makeSettings } from "./settings.js";
import { makeSharing } from "./sharing.js";

/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { Room } from "./math/dense.js" */
/** @import { LabeledPoint, Sets } from "./math/plane_data.js" */
/** @import { Facts } from "./math/facts.js" */
/** @import { Playground, Traits, Training } from "./types.js" */

/**
 * @typedef {{player: ReturnType<typeof makePlayer>, painter: ReturnType<typeof makePainter>,
 *   network: ReturnType<typeof makeNetwork>, loss: ReturnType<typeof makeLoss>, gradients: ReturnType<typeof makeGradients>,
 *   comparison: ReturnType<typeof makeComparison>, challenges: ReturnType<typeof makeChallenges>, why: ReturnType<typeof makeWhy>,
 *   fold: HTMLDetailsElement, address: ReturnType<typeof liveInAddress> | null}} Parts
 */

const REST = 150; // ms without change until the picture gets its full sharpness
const CATCH_UP = 25; // ms at a time, when a state lies many steps ahead
const DATA = ["dataset", "count", "classes", "noise", "points", "standardized"];
const UNTRAINED = ["step", "challenge"]; // what changes nothing about the training itself

/** The irises as rows [x1, x2, class]. @param {string} text @returns {LabeledPoint[]} */
function rowsOf(text) {
  const numbers = text.split(" ").map(Number);
  return Array.from(
    { length: numbers.length / 3 },
    (_, row) => /** @type {LabeledPoint} */ (numbers.slice(3 * row, 3 * row + 3)),
  );
}

/** The points and the run of a state, made again when the state needs others, or after a reset. @param {Playground} figure */
function trainer(figure) {
  const iris = rowsOf(figure.data.iris);
  /** @type {string[]} */
  let keys = [];
  /** @type {Sets} */
  let sets;
  /** @type {Run} */
  let run;
  /**
   * The cells of the plane, and what they leave in the network; by the size of the grid.
   * @type {Map<number, Float64Array>}
   */
  const grids = new Map();
  /** @type {Map<number, Room>} */
  const rooms = new Map();
  figure.onReset(() => {
    keys = [];
  });
  return (/** @type {Traits} */ state) => {
    const names = /** @type {(keyof Traits)[]} */ (Object.keys(state));
    /** @param {(name: string) => boolean} wanted */
    const key = (wanted) => JSON.stringify(names.filter(wanted).map((name) => state[name]));
    const now = [key((name) => DATA.includes(name)), key((name) => !UNTRAINED.includes(name))];
    if (now[0] !== keys[0]) {
      sets = setsOf(state, iris);
      for (const size of [DRAFT, COARSE, FINE]) grids.set(size, gridOf(sets, size));
    }
    if (now[1] !== keys[1]) {
      run = new Run(state, sets);
      rooms.clear();
    }
    keys = now;
    /** What the units and outputs give in the middle of each cell. */
    const overPlane = (/** @type {number} */ size) => {
      const room = rooms.get(size) ?? run.net.room(size * size);
      rooms.set(size, room);
      run.net.forward(/** @type {Float64Array} */ (grids.get(size)), size * size, room);
      return room;
    };
    return { sets, run, overPlane };
  };
}

/** In pieces, as it is much. @type {Build<Traits, {iris: string}>} */
export default function* build(figure) {
  const { t } = figure;
  const trained = trainer(figure);
  const now = () => trained(figure.state);
  beginAnew(figure);
  tellHistory(figure, now);

  const note = h("p", { class: "nn-pg-note", role: "status", "data-name": "note" });
  const player = makePlayer(
    figure,
    () => now().run,
    () => painter.all(now()),
  );
  const challenges = makeChallenges(figure, player.rest);
  yield;
  const colors = palette(figure.root);
  const brush = makeBrush(figure);
  const plane = makePlane(figure, colors, (x, y) => {
    brush.tap(x, y, now().sets.window);
    reveal(); // there one chooses what a tap adds
  });
  yield;
  const network = makeNetwork(figure, colors);
  const painter = makePainter(plane, network);
  yield;
  const [loss, gradients] = [makeLoss(figure), makeGradients(figure)];
  yield;
  const why = makeWhy(figure);
  const comparison = makeComparison(figure, now, () => fold.open);
  yield;
  const settings = yield* makeSettings(figure, brush.node, gradients.node);
  yield;
  const fold = more(
    figure,
    settings,
    comparison.nodes,
    makeSharing(figure, () => programOf(now(), address?.link() ?? "nnbook.widgets.Playground")),
  );
  const reveal = () => {
    fold.open = true;
  };
  /** Opens it where the state has more than the example or challenge, and than what is seen at first. */
  const revealNeeded = () => {
    const [state, plain] = [figure.state, /** @type {Traits} */ (challenges.settings())];
    if (MORE.some((name) => JSON.stringify(state[name]) !== JSON.stringify(plain[name]))) reveal();
  };
  const adjust = () => set(figure.root, { "data-adjusting": fold.open ? "true" : null });
  fold.addEventListener("toggle", adjust);
  adjust();
  const tell = (/** @type {string} */ key, values = {}) => set(note, { text: key ? t(key, values) : "" });
  const address = figure.switchable ? null : liveInAddress(figure, player.isPlaying, tell, revealNeeded);
  yield;

  figure.root.classList.add("nn-pg");
  figure.foot.prepend(why.place);
  figure.show(
    h("div", { class: "nn-pg-train" }, plane.node, player.node),
    figure.foot,
    beside(network.node, makeLayers(figure), loss.node),
    makeChoices(figure, challenges.begin),
    challenges.card,
    note,
    /** @type {HTMLElement} */ (fold.parentElement),
  );
  address?.take();
  yield;
  now(); // the points, and the network at its start
  yield;

  return drawing(figure, trained, {
    player,
    painter,
    network,
    loss,
    gradients,
    comparison,
    challenges,
    why,
    fold,
    address,
  });
}

/**
 * Brings everything up to date; a state that lies many steps ahead is reached in pieces.
 * @param {Playground} figure @param {(state: Traits) => Training} trained @param {Parts} parts
 */
function drawing(
  figure,
  trained,
  { player, painter, network, loss, gradients, comparison, challenges, why, fold, address },
) {
  const now = () => trained(figure.state);
  let [request, timer] = [0, 0];
  figure.signal.addEventListener("abort", () => {
    cancelAnimationFrame(request);
    clearTimeout(timer);
  });
  return function* draw(/** @type {Traits} */ state) {
    const training = trained(state);
    const { run } = training;
    if (state.step < run.step) run.rewind(state.step);
    run.advance(state.step, CATCH_UP);
    const isBehind = run.step < state.step && !run.diverged && run.train.n > 0;
    cancelAnimationFrame(request);
    if (isBehind) request = requestAnimationFrame(() => figure.refresh());
    player.note(run);
    const seen = look(run);
    clearTimeout(timer);
    yield;
    if (!player.isPlaying()) {
      // While it plays, the player sees to the pictures.
      yield* painter.pieces(training);
      timer = setTimeout(() => painter.all(now(), true), REST);
    }
    yield;
    network.updateLabels(run, seen);
    yield;
    loss.draw(run, seen);
    if (fold.open) gradients.draw(seen.gradients);
    yield;
    const facts = comparison.facts(factsOf(run, seen));
    const { kind, place } = say(figure, challenges, facts, isBehind ? state.step : null);
    comparison.follow();
    why.show(place);
    set(figure.root, { "data-at": run.step, "data-kind": kind });
    address?.follow();
  };
}

/** Other settings are another training: it begins at its start. @param {Playground} figure */
function beginAnew(figure) {
  const put = figure.set.bind(figure);
  figure.set = (/** @type {Partial<Traits>} */ patch) =>
    put(
      "step" in patch || Object.keys(patch).every((name) => UNTRAINED.includes(name)) ? patch : { ...patch, step: 0 },
    );
}

/**
 * The losses of the run, as they were kept: for tests, and for the page's console.
 * @param {Playground} figure @param {() => Training} now
 */
function tellHistory(figure, now) {
  /** @type {Playground & {history?: () => unknown}} */ (figure).history = () => {
    const { steps, train, validation } = now().run.history;
    return { steps, losses: train, validation_losses: validation };
  };
}

/** The place of the sentence, with a link to the chapter that says why. @param {Playground} figure */
function makeWhy(figure) {
  const { t } = figure;
  const why = h("a", { class: "nn-pg-why", "data-name": "why" });
  const linked = (/** @type {string} */ place) =>
    place ? t("why", { chapter: t(`chapter_${place.split("#")[0]}`) }) : "";
  const said = KINDS.flatMap(([kind, , place = ""]) =>
    sentences(figure, (key) => key === `say_${kind}`).map(
      (text) => `${text}\u2003${linked(place).replaceAll(" ", "\u00a0")}`,
    ),
  );
  const show = (/** @type {string} */ place) => {
    const [chapter, section] = place.split("#");
    why.hidden = place === "";
    set(why, { href: place ? `${chapter}.${figure.switchable ? "ipynb" : "html"}#${section}` : null });
    set(why, { text: linked(place) });
  };
  return { place: roomy(h("div", {}, figure.sentence, why), said), show };
}

/**
 * One sentence: what there is to say; where the run is on its way to a later step, that.
 * @param {Playground} figure @param {ReturnType<typeof makeChallenges>} challenges @param {Facts} facts @param {number | null} to
 */
function say(figure, challenges, facts, to) {
  const reached = challenges.judge(facts);
  const { key, kind, values, place } = diagnose(facts);
  if (to !== null) figure.say("say_behind", { t: facts.step, to });
  else if (reached !== null) figure.say("say_reached", { number: figure.state.challenge, t: reached });
  else figure.say(kind === "linear" && challenges.isStraight() ? "say_straight" : key, values);
  return { kind, place };
}
