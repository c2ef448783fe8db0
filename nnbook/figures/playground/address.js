// The state in the page's address, after the #: what differs from the figure as it came, in a
// form that people can read and change: #playground?dataset=spirals&hidden=8-8

/** @import { Control, State, Trait } from "../../../js/src/core/types.js" */
/** @import { LabeledPoint } from "./math/plane_data.js" */
/** @import { Playground } from "./types.js" */

export const LONGEST = 2000; // characters that a link keeps everywhere

const short = (/** @type {number} */ x) => String(Number(x.toPrecision(6)));

/** Trait -> its text, where that is not the usual one. @type {Record<string, (value: Trait) => string>} */
const WRITE = {
  hidden: (widths) => widths.join("-"),
  points: (/** @type {LabeledPoint[]} */ points) => points.map(([x, y, k]) => `${short(x)},${short(y)},${k}`).join("~"),
  standardized: (value) => (value ? "1" : "0"),
};

/**
 * The part after the # for a state, "" if nothing differs.
 * @param {string} name of the figure @param {State} state @param {State} initial
 * @returns {{text: string, lacking: boolean}} lacking: the points would not fit
 */
export function write(name, state, initial) {
  const parts = Object.keys(initial)
    .filter((key) => JSON.stringify(state[key]) !== JSON.stringify(initial[key]))
    .map((key) => [key, `${key}=${(WRITE[key] ?? String)(state[key])}`]);
  const join = (/** @type {string[][]} */ list) =>
    list.length ? `${name}?${list.map(([, part]) => part).join("&")}` : "";
  const text = join(parts);
  if (text.length <= LONGEST) return { text, lacking: false };
  return { text: join(parts.filter(([key]) => key !== "points")), lacking: true };
}

const whole = (/** @type {string} */ text) => (/^\d+$/.test(text) ? Number(text) : NaN);
const real = (/** @type {string} */ text) => (text.trim() === "" ? NaN : Number(text));

/**
 * A value as the trait has it, or undefined where the text is none.
 * @param {string} key @param {string} text @param {Control} control @param {Trait} before
 */
function valueFrom(key, text, control, before) {
  if (key === "hidden") {
    const widths = text === "" ? [] : text.split("-").map(whole);
    return widths.length <= control.most && widths.every((width) => width >= control.min && width <= control.max)
      ? widths
      : undefined;
  }
  if (key === "points") {
    const points = text === "" ? [] : text.split("~").map((point) => point.split(",").map(real));
    const fits = (/** @type {number[]} */ point) =>
      point.length === 3 &&
      Math.abs(point[0]) <= control.max &&
      Math.abs(point[1]) <= control.max &&
      [0, 1, 2, 3, 4].includes(point[2]);
    return points.length <= control.most && points.every(fits) ? points : undefined;
  }
  if (typeof before === "boolean") return /** @type {Record<string, boolean>} */ ({ 0: false, 1: true })[text];
  if (control.values) return control.values.includes(text) ? text : undefined;
  const value = control.whole ? whole(text) : real(text);
  return value >= control.min && value <= control.max ? value : undefined;
}

/**
 * What an address says, or null if it is not about this figure. Parts that are no value of a trait
 * are left out and named in `refused`.
 * @param {string} name of the figure @param {string} hash @param {State} initial @param {Record<string, Control>} controls
 * @returns {{patch: State, refused: string[]} | null}
 */
export function read(name, hash, initial, controls) {
  const text = hash.replace(/^#/, "");
  if (text !== name && !text.startsWith(`${name}?`)) return null;
  const patch = { ...initial };
  const refused = [];
  for (const part of text
    .slice(name.length + 1)
    .split("&")
    .filter(Boolean)) {
    const [key, ...rest] = part.split("=");
    let value;
    try {
      if (Object.hasOwn(controls, key))
        value = valueFrom(key, decodeURIComponent(rest.join("=")), controls[key], initial[key]);
    } catch {
      value = undefined; // a stray %
    }
    if (value === undefined) refused.push(key);
    else patch[key] = value;
  }
  return { patch, refused };
}

/**
 * Keep a figure's state and the page's address in step. Two playgrounds on one page have names of
 * their own, and the one that was moved last has the address.
 * @param {Playground} figure @param {() => boolean} isBusy
 * @param {(key: string, values?: Record<string, unknown>) => void} note show a message, or none for ""
 * @param {() => void} taken after the figure has taken what an address says
 */
export function liveInAddress(figure, isBusy, note, taken) {
  const siblings = [...document.querySelectorAll('.nn-figure[data-figure="Playground"]')];
  const index = siblings.indexOf(figure.root);
  const name = index > 0 ? `playground-${index + 1}` : "playground";
  const { initial, controls } = figure;
  let timer = 0;
  let known = ""; // what the address says of this figure
  const take = () => {
    const found = read(name, location.hash, initial, controls);
    if (!found || location.hash.slice(1) === known) return false;
    known = location.hash.slice(1);
    figure.store.put(found.patch);
    note(found.refused.length ? "address_refused" : "", { parts: found.refused.join(", ").slice(0, 80) });
    taken();
    return true;
  };
  const put = () => {
    timer = 0;
    const { text, lacking } = write(name, figure.state, initial);
    if (lacking) note("address_lacking", { most: LONGEST });
    if (text === known) return;
    known = text;
    try {
      history.replaceState(history.state, "", text ? `#${text}` : location.pathname + location.search);
    } catch {
      // A page that may not change its address works nevertheless.
    }
  };
  window.addEventListener("hashchange", take, { signal: figure.signal });
  window.addEventListener("pagehide", () => timer && put(), { signal: figure.signal });
  figure.signal.addEventListener("abort", () => clearTimeout(timer));
  return {
    take,
    /**
     * Call when the state may have changed; the address follows when things have come to rest. While
     * the network trains it follows all the same, so that who leaves the page comes back to that step.
     */
    follow: () => {
      if (timer && isBusy()) return;
      clearTimeout(timer);
      timer = setTimeout(put, isBusy() ? 1000 : 300);
    },
    /** The whole address, as it is now. */
    link: () => {
      const { text } = write(name, figure.state, initial);
      return `${location.href.split("#")[0]}${text ? `#${text}` : ""}`;
    },
  };
}
