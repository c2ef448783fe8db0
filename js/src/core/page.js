// The built page: no kernel. Each element that the build made from a notebook's stored state
// becomes the figure. One whose spec says under which name remembers what its reader did.

import { h } from "./dom.js";
import { complain, Figure, memory } from "./figure.js";
import { languageOf } from "./messages.js";

/**
 * Bring the figures of a page to life, one after the other: between two, the browser answers its
 * reader. An element that has come to life already stays.
 */
export async function hydrate(root = document) {
  for (const element of root.querySelectorAll(".nn-figure[data-state]")) {
    if (!element.dataset.state) continue; // another call came first
    enliven(element);
    await pause();
  }
}

const pause = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => { setTimeout(resolve); });

function enliven(element) {
  const stored = element.dataset.state;
  element.removeAttribute("data-state");
  forPaper(element);
  try {
    const { figure, state, remember, ...spec } = JSON.parse(stored);
    if (!figure || typeof state !== "object" || state === null) throw new Error("No state");
    const make = (store) => new Figure(element, { name: figure, spec, store, initial: state });
    const key = `nnlib.${remember}`;
    if (!remember) {
      make(memory(state));
    } else if (make(lasting(state, key)).broken) {
      // What was remembered may come from another edition of the book, or from anywhere.
      keep(state, key, state);
      make(lasting(state, key));
    }
  } catch (error) {
    complain(element, languageOf(element), error);
  }
}

let policy = null;

/** The one place where text becomes markup. The site lets it, by this name: the text is the page's own. */
function trusted(markup) {
  policy ??= globalThis.trustedTypes?.createPolicy("nnlib-paper", { createHTML: (text) => text });
  return policy?.createHTML(markup) ?? markup;
}

/** On paper stands the picture of the stored state, which the caption describes; until then it is not even loaded. */
function forPaper(element) {
  const picture = element.querySelector("noscript")?.textContent;
  if (!picture) return;
  const paper = h("div", { class: "nn-paper" });
  paper.innerHTML = trusted(picture);
  element.classList.add("nn-has-paper");
  element.after(paper);
}

/** A store that outlasts the visit, where the browser lets it; `state` itself needs no room. */
function lasting(state, key) {
  const store = memory({ ...state, ...recall(state, key) });
  const put = (patch) => {
    store.put(patch);
    keep(state, key, store.get());
  };
  return { ...store, put };
}

function recall(state, key) {
  try {
    const found = JSON.parse(localStorage.getItem(key)) ?? {};
    const fits = (name) => Array.isArray(found[name]) === Array.isArray(state[name]) && typeof found[name] === typeof state[name];
    return Object.fromEntries(Object.keys(state).filter(fits).map((name) => [name, found[name]]));
  } catch {
    return {};
  }
}

function keep(state, key, current) {
  const changed = Object.entries(current).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(state[name]));
  try {
    if (changed.length) localStorage.setItem(key, JSON.stringify(Object.fromEntries(changed)));
    else localStorage.removeItem(key);
  } catch {
    // Private windows and full disks: the figure works, for this visit.
  }
}
