// The short way: who comes from its list on the first page, by an address with `?way=4`, is led from stop to stop. The list and
// the bars are in the pages (theme/reading/short_way.py); here is who sees them, and what was reached.

import { objectIn } from "../core/store.js";
import { WAY_KEY } from "./record.js";

const FAIR = 1 / 4; // of the minutes that a stop takes

/** @type {HTMLElement | null} */
let bar = null;
let spent = 0; // seconds at this stop
/** @type {() => HTMLElement} makes a tick */
let newTick;

/** Whether one is led: then the bookmark stays where it is. */
export const isOnWay = () => bar !== null;

/** @param {number | string | undefined} number @returns {HTMLElement | null} */
const barOf = (number) => document.querySelector(`.way[data-stop="${Number(number)}"]`);

/** Anchor -> when. Null if that cannot be read. @returns {Record<string, number> | null} */
function reached() {
  try {
    const found = objectIn(localStorage.getItem(WAY_KEY) ?? '{"v":1,"done":{}}');
    return found?.v === 1 && typeof found.done === "object" ? found.done : null;
  } catch {
    return null; // storage may be forbidden
  }
}

/** @param {string | undefined} anchor */
function reach(anchor) {
  const done = reached();
  if (!anchor || !done || done[anchor]) return;
  try {
    localStorage.setItem(WAY_KEY, JSON.stringify({ v: 1, done: { ...done, [anchor]: Date.now() } }));
  } catch {
    // Forbidden or full.
  }
  tick();
}

/** The stop's end was on the screen, after a fair time at the stop. @param {number} seconds since the last look */
export function lookAtStop(seconds) {
  if (!bar) return;
  spent += seconds;
  const target = document.getElementById(bar.dataset.anchor ?? "");
  const stop = target?.localName === "span" ? target.parentElement : target;
  const fair = Number(bar.dataset.minutes) * 60 * FAIR;
  if (stop && stop.getBoundingClientRect().bottom <= innerHeight && spent >= fair) reach(bar.dataset.anchor);
}

/**
 * Let a link lead to a stop. On the same page nothing is loaded: the address gets its new number on arrival.
 * @param {HTMLAnchorElement} link @param {number} number
 */
function lead(link, number) {
  const search = `?way=${number}`;
  link.search = search;
  link.addEventListener("click", (event) => {
    if (link.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const arrive = () => {
      link.search = search;
      history.replaceState(history.state, "", search + location.hash);
      show();
    };
    link.search = location.search;
    if (link.hash === location.hash) arrive();
    else addEventListener("hashchange", arrive, { once: true });
  });
}

/** Show the bar of the stop that the address names. */
function show() {
  if (bar) bar.hidden = true;
  spent = 0;
  bar = barOf(new URLSearchParams(location.search).get("way") ?? undefined);
  document.documentElement.toggleAttribute("data-way", isOnWay());
  if (bar) bar.hidden = false;
}

function leave() {
  history.replaceState(history.state, "", location.pathname + location.hash);
  show();
}

/** @returns {NodeListOf<HTMLLIElement>} */
const entries = () => document.querySelectorAll(".stops > li");

/** Show in the list which stops were reached, and which is the next. */
function tick() {
  const done = reached() ?? {};
  let next = false;
  for (const [at, entry] of entries().entries()) {
    const link = entry.querySelector("a");
    const isDone = done[link?.hash.slice(1) ?? ""] > 0;
    if (isDone && !entry.querySelector(".live-tick")) entry.prepend(newTick());
    entry.toggleAttribute("data-next", !isDone && !next && at > 0);
    next ||= !isDone;
  }
}

/**
 * Lead through the stops of this page and of its list; whether there are stops on it.
 * @param {string} seen @param {(className: string, label: string, text: string) => HTMLElement} mark makes a tick
 */
export function followWay(seen, mark) {
  newTick = () => mark("stop", seen, "✓");
  for (const [at, entry] of entries().entries()) {
    const link = entry.querySelector("a");
    if (link) lead(link, at + 1);
  }
  tick();
  /** @type {NodeListOf<HTMLElement>} */
  const bars = document.querySelectorAll(".way");
  for (const one of bars) {
    /** @type {HTMLAnchorElement | null} */
    const go = one.querySelector("a.go");
    if (go) lead(go, Number(one.dataset.stop) + 1);
    const onward = go ?? one.querySelector("a"); // from the last stop back to the list
    onward?.addEventListener("click", () => reach(one.dataset.anchor));
    one.querySelector("button")?.addEventListener("click", leave);
  }
  addEventListener("popstate", show);
  show();
  return bars.length > 0;
}
