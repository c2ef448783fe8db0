// A site without the engine: it says so.
export class Runtime {
  generation = 0;
  #onState;

  constructor({ onState }) {
    this.#onState = onState;
  }

  async start() {
    this.#onState("failed", { reason: "missing" });
    throw Object.assign(new Error("missing"), { reason: "missing" });
  }

  run() {
    return this.start();
  }

  stop() {}

  setState() {}
}
