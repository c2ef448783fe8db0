// The parts that ask again, at rest: their places. The first opening of the box of a chapter loads the rest; on the page of the
// mixed practice it comes with the page. A part of site.js (live/rest.js).

/**
 * @param {(script: string) => Promise<void>} load
 * @param {(element: HTMLLinkElement) => Promise<void>} arrival
 */
export function offerPractice(load, arrival) {
  /** @type {NodeListOf<HTMLElement>} */
  const places = document.querySelectorAll("[data-practice]");
  const { style = "", core = "", ask = "", questions = "", script = "" } = places[0]?.dataset ?? {};
  /** @type {Promise<unknown> | null} */
  let coming = null;
  const bring = async () => {
    if (!globalThis.nnlibFigures) await load(core);
    const look = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
    await Promise.all([arrival(look), ...[ask, questions, script].map(load)]);
  };
  for (const place of places) {
    const fill = () => {
      if (place.dataset.filled) return;
      place.dataset.filled = "yes";
      coming ??= bring();
      coming.then(
        () => globalThis.nnlibPractice.begin(place),
        () => {
          coming = null; // the next opening tries again
          place.dataset.filled = "";
        },
      );
    };
    if (place.localName === "details") place.addEventListener("toggle", fill);
    else fill();
  }
}
