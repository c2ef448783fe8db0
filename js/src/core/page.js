// The built page: no kernel. Each element that the build made from a notebook's stored state
// becomes the figure. One whose spec says under which name remembers what its reader did.

import { h } from "./dom.js";
import { complain, Figure, memory } from "./figure.js";
import { languageOf } from "./messages.js";

const NEAR = "100% 0px"; // a figure wakes a screen before its reader sees it

/**
 * Let the figures of a page wake as the reader comes near, one after the other: between two, the
 * browser answers. What is far away would cost time at the beginning, and a phone has little.
 */
export function hydrate(root = document) {
  const asleep = new Map();
  for (const element of root.querySelectorAll(".nn-figure[data-state]:not([data-figure])")) {
    const spec = specOf(element);
    if (spec) asleep.set(element, spec);
  }
  const wake = (element) => {
    if (!asleep.has(element)) return;
    observer.unobserve(element);
    element.removeAttribute("data-state");
    try {
      enliven(element, asleep.get(element));
    } catch (error) {
      complain(element, languageOf(element), error); // the others wake all the same
    }
    asleep.delete(element);
  };
  let turn = Promise.resolve();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) turn = turn.then(() => wake(target)).then(pause);
      }
    },
    { rootMargin: NEAR },
  );
  for (const element of asleep.keys()) observer.observe(element);
  const wakeAll = () => [...asleep.keys()].forEach(wake);
  // The next stop of the keyboard may lie in a figure far away.
  root.addEventListener("keydown", ({ key }) => {
    if (key === "Tab") wakeAll();
  });
  // A question has its choices on paper, too.
  addEventListener("beforeprint", wakeAll);
}

const pause = () =>
  globalThis.scheduler?.yield?.() ??
  new Promise((resolve) => {
    setTimeout(resolve);
  });

/** Read what the build stored, and name the element by it; null where nothing can be read. */
function specOf(element) {
  try {
    forPaper(element);
    const spec = JSON.parse(element.dataset.state);
    if (!spec.figure || typeof spec.state !== "object" || spec.state === null) throw new Error("No state");
    element.dataset.figure = spec.figure;
    if (spec.remember) element.dataset.id = spec.remember;
    return spec;
  } catch (error) {
    element.removeAttribute("data-state");
    complain(element, languageOf(element), error);
    return null;
  }
}

/** Draw a figure that the page's own Python made; whoever asks finds its state at `element.figure`. */
export function present(element, { figure, state, remember, ...spec }) {
  element.replaceChildren();
  return new Figure(element, { name: figure, spec, store: memory(state), initial: state });
}

function enliven(element, { figure, state, remember, ...spec }) {
  const key = `nnlib.${remember}`;
  const make = (store) => new Figure(element, { name: figure, spec, store, initial: state });
  if (!remember) {
    make(memory(state));
  } else if (make(lasting(state, key)).broken) {
    // What was remembered may come from another edition of the book, or from anywhere.
    keep(state, key, state);
    make(lasting(state, key));
  }
}

// Pictures of the site's own, in links to them, and nothing else.
const PICTURES =
  /^\s*(?:<\/?(?:a|img)(?: (?:(?:alt|class|height|loading|width)="[^"<>]*"|(?:href|src)="[\w./?=-]+"))*\s*\/?>\s*)+$/;
const asPictures = (text) => {
  if (!PICTURES.test(text)) throw new TypeError("Not the pictures of a figure");
  return text;
};
let policy = null;

/** The one place where text becomes markup. The site lets it, by this name, and by what it takes. */
function trusted(markup) {
  policy ??= globalThis.trustedTypes?.createPolicy("nnlib-paper", { createHTML: asPictures }) ?? {
    createHTML: asPictures,
  };
  return policy.createHTML(markup);
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
    const fits = (name) =>
      Array.isArray(found[name]) === Array.isArray(state[name]) && typeof found[name] === typeof state[name];
    return Object.fromEntries(
      Object.keys(state)
        .filter(fits)
        .map((name) => [name, found[name]]),
    );
  } catch {
    return {};
  }
}

function keep(state, key, current) {
  const changed = Object.entries(current).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(state[name]),
  );
  try {
    if (changed.length) localStorage.setItem(key, JSON.stringify(Object.fromEntries(changed)));
    else localStorage.removeItem(key);
  } catch {
    // Private windows and full disks: the figure works, for this visit.
  }
}
