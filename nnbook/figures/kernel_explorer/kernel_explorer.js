// A convolution: a picture that can be painted, a kernel of nine numbers that slides over it, and the map that it makes.

import { bracketed, fixed, h, more, room, set } from "../../../js/src/core/index.js";
import { grid, obey } from "./grid.js";
import { bent, between, largest, misfits, moved, products, slopes, sum, sums, windowAt } from "./math.js";
import { nine, short, weights } from "./weights.js";

/** @import { Figure } from "../../../js/src/core/figure.js" */
/** @import { Build } from "../../../js/src/core/types.js" */
/** @import { Grid } from "./math.js" */

/**
 * @typedef {{picture: Grid, kernel: Grid, bias: number, relu: boolean, place: number, right: number, down: number,
 *   view: string}} Traits
 */

const INK = 9;

/** Everything that the figure shows, in numbers. @param {Traits} state */
function compute({ picture, kernel, bias, relu, place, right, down, view }) {
  const filter = { kernel, bias };
  const [height, width] = [picture.length, picture[0].length];
  const index = Math.min(place, height * width - 1);
  const [row, column] = [Math.floor(index / width), index % width];
  const shown = moved(picture, right, down);
  const z = sums(shown, filter);
  const map = bent(z, relu);
  const here = z[row][column];
  const slope = relu && here <= 0 ? 0 : 1;
  return {
    shown,
    map,
    row,
    column,
    here,
    slope,
    window: windowAt(shown, row, column),
    outside: [-1, 0, 1].flatMap((i) => [-1, 0, 1].filter((j) => !(shown[row + i]?.[column + j] >= 0))).length,
    back: slopes(shown, kernel, row, column, slope),
    misfits: misfits(bent(sums(picture, filter), relu), map, right, down),
    count: height * width,
    moves: right !== 0 || down !== 0,
    backward: view === "backward",
  };
}

/** @typedef {ReturnType<typeof compute>} Found */

/** A number of the map: with a decimal if the map has any, and while there is room. @param {Grid} map */
const writer = (map) => {
  const whole = map.flat().every(Number.isInteger);
  return (/** @type {number} */ z) => fixed(z, whole || z === 0 || Math.abs(z) >= 9.95 ? 0 : 1);
};

/** A picture with its name above. @param {string} area @param {(Node | string)[]} names @param {Node} node */
const part = (area, names, node) => {
  const titles = names.map((name) => h("span", {}, name));
  const figure = h(
    "figure",
    { class: "nn-kernel-part", style: { "grid-area": area } },
    h("figcaption", { "aria-hidden": "true" }, room(...titles)),
    node,
  );
  return {
    node: figure,
    title: (/** @type {number} */ which) =>
      titles.forEach((title, k) => {
        title.hidden = k !== which;
      }),
  };
};

/** The picture: what is painted, and moved. @param {Figure<Traits>} figure */
function makePicture(figure) {
  const made = grid(figure, { name: "picture", label: figure.t("picture_label"), rim: 1, least: 6.4, frame: 3 });
  /** @type {[number, number]} */
  let at = [0, 0];
  let ink = 0;
  /** What is painted is painted on the picture as it stands. @param {number} value */
  const paint = (value) => {
    const { picture, right, down } = figure.state;
    const still = moved(picture, right, down);
    if (still[at[0]][at[1]] === value) return;
    const painted = still.map((line, r) => line.map((old, c) => (r === at[0] && c === at[1] ? value : old)));
    figure.set({ picture: painted, right: 0, down: 0 });
  };
  const stand = (/** @type {[number, number]} */ place) => {
    at = place;
    made.cursor(...at);
  };
  figure.onReset(() => {
    at = [0, 0];
  });
  obey(made, {
    touch: (place, first) => {
      const { picture, right, down, view } = figure.state;
      const from = first ? place : at;
      stand(place);
      if (view === "backward") return figure.set({ place: place[0] * picture[0].length + place[1] });
      if (first) ink = moved(picture, right, down)[place[0]][place[1]] === 0 ? INK : 0;
      for (const passed of between(from, place)) {
        stand(passed);
        paint(ink);
      }
    },
    go: ([rows, columns], shift) => {
      if (shift) return shove(figure, columns, rows);
      const { picture } = figure.state;
      stand([within(at[0] + rows, picture.length - 1), within(at[1] + columns, picture[0].length - 1)]);
    },
    key: (key) => {
      if (figure.state.view === "backward") return false;
      if (/^[0-9]$/.test(key)) paint(Number(key));
      else if (key === "Delete" || key === "Backspace") paint(0);
      else return false;
      return true;
    },
  });
  return {
    ...made,
    keep: (/** @type {Grid} */ { length, 0: { length: width } }) =>
      stand([within(at[0], length - 1), within(at[1], width - 1)]),
  };
}

/** @param {number} value @param {number} most */
const within = (value, most) => Math.max(0, Math.min(most, value));

/** Move the picture by whole pixels, as far as it goes. @param {Figure<Traits>} figure @param {number} x @param {number} y */
function shove(figure, x, y) {
  const { right, down } = figure.controls;
  const limit = (/** @type {number} */ value, /** @type {{min: number, max: number}} */ { min, max }) =>
    Math.max(min, Math.min(max, value));
  figure.set({ right: limit(figure.state.right + x, right), down: limit(figure.state.down + y, down) });
}

/** The map; a place of it is chosen. @param {Figure<Traits>} figure */
function makeMap(figure) {
  const made = grid(figure, { name: "map", label: figure.t("map_label"), rim: 0, least: 5, frame: 1 });
  const choose = (/** @type {[number, number]} */ [row, column]) => {
    const { picture } = figure.state;
    const [height, width] = [picture.length, picture[0].length];
    figure.set({ place: within(row, height - 1) * width + within(column, width - 1) });
  };
  obey(made, {
    touch: choose,
    go: ([rows, columns]) => {
      const { row, column } = compute(figure.state);
      choose([row + rows, column + columns]);
    },
  });
  return made;
}

/** What moves the picture, and what empties it. @param {Figure<Traits>} figure */
const arrows = (figure) =>
  h(
    "div",
    { class: "nn-presets", role: "group", "aria-label": figure.t("move") },
    h("span", { class: "nn-choice-name", "aria-hidden": "true", text: figure.t("move") }),
    ...Object.entries({ left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }).map(([name, [x, y]]) => {
      const [trait, way] = x ? [/** @type {const} */ ("right"), x] : [/** @type {const} */ ("down"), y];
      const node = figure.button({
        name: `move-${name}`,
        label: "",
        click: () => shove(figure, x, y),
        enabled: () => way * figure.state[trait] < figure.controls[trait].max,
      });
      return set(node, {
        class: `nn-button nn-kernel-arrow nn-kernel-${name}`,
        "aria-label": figure.t(`move_${name}`),
      });
    }),
    figure.button({
      name: "clear",
      label: figure.t("clear"),
      click: () => figure.set({ picture: figure.state.picture.map((line) => line.map(() => 0)), right: 0, down: 0 }),
    }),
  );

/** Presets behind their name. @param {Figure<Traits>} figure @param {string} kind */
const presets = (figure, kind) =>
  figure.presetButtons(
    Object.keys(figure.presets).filter((name) => name.startsWith(kind)),
    figure.t(kind),
  );

/** @type {Build<Traits>} */
export default function* build(figure) {
  const { t } = figure;
  figure.number = "−12.5";
  const [picture, map] = [makePicture(figure), makeMap(figure)];
  yield;
  const parts = {
    picture: part("picture", [t("picture"), t("slopes_pixels")], picture.svg),
    kernel: part("kernel", [t("kernel")], weights(figure)),
    map: part("map", [t("map"), t("map_relu")], map.svg),
  };
  const made = nine(t("products"));
  const below = part("products", [t("products"), t("slopes_weights")], made.node);
  const total = figure.readout("sum");
  yield;
  figure.show(
    h(
      "div",
      { class: "nn-kernel-top" },
      Object.values(parts).map(({ node }) => node),
      below.node,
    ),
    total,
    figure.player("place", {
      symbol: `\\text{${t("place")}}`,
      speed: 5,
      last: () => figure.state.picture.length * figure.state.picture[0].length - 1,
    }),
    figure.foot,
    presets(figure, "kernel"),
  );
  yield;
  more(
    figure,
    presets(figure, "picture"),
    arrows(figure),
    figure.panel(
      figure.slider("bias", { symbol: "b", color: "bias" }),
      h(
        "div",
        { class: "nn-kernel-switches" },
        figure.toggle("relu", { label: t("relu") }),
        figure.choice("view", { name: t("view"), labels: (view) => t(`view_${view}`) }),
      ),
    ),
  );

  return function* (state) {
    const found = compute(state);
    const { shown, row, column, back, backward, window } = found;
    const says = (/** @type {number} */ r, /** @type {number} */ c, /** @type {string} */ number) =>
      t("cell", { row: r + 1, column: c + 1, number });
    if (backward) picture.show(back.pixels, { text: short, limit: largest(state.kernel), signed: true, says });
    else picture.show(shown, { text: String, limit: INK, signed: false, says });
    picture.frame(row, column);
    picture.keep(shown);
    yield;
    map.show(found.map, { text: writer(found.map), limit: largest(found.map), signed: true, says });
    map.frame(row, column);
    map.cursor(row, column);
    yield;
    parts.picture.title(backward ? 1 : 0);
    parts.kernel.title(0);
    parts.map.title(state.relu ? 1 : 0);
    below.title(backward ? 1 : 0);
    const each = products(state.kernel, window);
    made.show(
      t(backward ? "slopes_weights" : "products"),
      (i, j) =>
        backward
          ? [`${found.slope} · ${short(window[i][j])}`, short(back.weights[i][j])]
          : [`${short(state.kernel[i][j])} · ${short(window[i][j])}`, short(each[i][j])],
      backward,
    );
    total.show(account(state, found, each));
    speak(figure, found);
  };
}

/** The sum, row by row; or the slope that arrives. @param {Traits} state @param {Found} found @param {Grid} each */
function account({ bias, relu }, { row, column, here, slope, backward }, each) {
  const place = `${row + 1},${column + 1}`;
  if (backward) return `\\c{gradient}{\\partial L/\\partial z_{${place}}} = ${slope}`;
  const rows = each.map((line) => sum(line));
  const terms = rows.map((term, i) => (i ? bracketed(short(term)) : short(term))).join(" + ");
  const whole = `${terms} + \\c{bias}{${bracketed(short(bias))}}`;
  if (relu) return `a_{${place}} = \\max(0,\\, ${whole}) = ${short(Math.max(0, here))}`;
  return `z_{${place}} = ${whole} = ${short(here)}`;
}

/** @param {Figure<Traits>} figure @param {Found} found */
function speak(figure, { map, row, column, here, slope, window, outside, misfits: misses, count, moves, backward }) {
  const values = { z: short(here), count, outside, misses, row: row + 1, column: column + 1 };
  const flat = window.flat().every((x) => x === window[0][0]);
  const largest = map.flat().every((z) => z <= map[row][column]) && here > 0;
  if (backward) figure.say(slope ? "backward" : "backward_off", values);
  else if (moves) figure.say(misses ? "moved_misses" : "moved", values);
  else if (slope === 0) figure.say("off", values);
  else if (outside) figure.say("rim", values);
  else if (flat) figure.say("flat", values);
  else if (largest) figure.say("largest", values);
  else figure.say("plain", values);
}
