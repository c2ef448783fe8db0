// Where the reader's Python runs: a worker that has nothing but a port to the page. It is the browser that keeps it there: the
// worker lives in a sandboxed frame, so it is of an origin like no other, without storage and without the site's; and to the
// page's policy it adds the frame's, which lets it request nothing and load no script.

import SCRIPT from "built/frame";
import { h } from "../core/dom.js";

const POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'; worker-src blob:";
/** What the frame consists of. Its policy would forbid its script, and comes after it. */
export const FRAME = `<!DOCTYPE html><script>${SCRIPT}</script><meta http-equiv="Content-Security-Policy" content="${POLICY}">`;
// Out of the way, but displayed: browsers are slow where nothing can be seen.
const LOOK = {
  position: "fixed",
  top: 0,
  left: 0,
  width: "1px",
  height: "1px",
  border: 0,
  opacity: 0,
  "pointer-events": "none",
};

/** @import { FromWorker, Reason, ToWorker } from "./protocol.js" */
/**
 * @typedef {object} Listeners
 * @property {(message: FromWorker) => void} onMessage
 * @property {(reason: Reason, message: string) => void} onEnd the worker has ended by itself, or there never was one
 */

export class Cage {
  #frame = h("iframe", { sandbox: "allow-scripts", "aria-hidden": "true", tabindex: -1, style: LOOK });
  #loaded = new Promise((resolve) => this.#frame.addEventListener("load", resolve, { once: true }));
  #messages = new MessageChannel();
  #errors = new MessageChannel();
  #gone = new AbortController();

  /** @param {string} frame FRAME, trusted @param {Listeners} listeners */
  constructor(frame, { onMessage, onEnd }) {
    const options = { signal: this.signal };
    const messages = this.#messages.port1;
    const errors = this.#errors.port1;
    messages.addEventListener("message", ({ data }) => onMessage(data), options);
    errors.addEventListener("message", ({ data }) => onEnd(data ? "crashed" : "blocked", data), options);
    for (const port of [messages, errors]) port.start();
    this.#frame.srcdoc = frame;
    document.body.append(this.#frame);
  }

  /** Aborts when the worker is ended. */
  get signal() {
    return this.#gone.signal;
  }

  /** Start the worker. What it was told before it finds waiting. @param {Blob} script */
  async run(script) {
    await this.#loaded;
    this.#frame.contentWindow?.postMessage(script, "*", [this.#messages.port2, this.#errors.port2]);
  }

  /** @param {ToWorker} message */
  tell(message) {
    const handedOver = message.type === "part" && message.piece instanceof Uint8Array ? [message.piece.buffer] : [];
    this.#messages.port1.postMessage(message, handedOver);
  }

  /** End the worker, whatever it does. */
  end() {
    this.#gone.abort();
    for (const { port1 } of [this.#messages, this.#errors]) port1.close();
    this.#frame.remove();
  }
}
