// The parts that ask again, at rest: their places, which the rest fills. A part of site.js (live/rest.js).

/**
 * @param {(script: string) => Promise<void>} load
 * @param {(element: HTMLLinkElement) => Promise<void>} arrival
 */
export async function offerPractice(load, arrival) {
  const { dataset } = document.documentElement;
  /** @type {NodeListOf<HTMLElement>} */
  const places = document.querySelectorAll(`[data-practice]${"back" in dataset ? "" : ":not([data-practice=back])"}`);
  if (!places.length) return;
  const { style = "", core = "", ask = "", questions = "", script = "" } = places[0].dataset;
  try {
    if (!globalThis.nnlibFigures) await load(core);
    const look = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
    await Promise.all([arrival(look), ...[ask, questions, script].map(load)]);
    for (const place of places) globalThis.nnlibPractice.begin(place);
  } catch {
    delete dataset.back; // what does not come needs no room
  }
}
