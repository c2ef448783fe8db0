// The script of the frame in which the worker lives (cage.js). The page's policy allows it by its digest.
addEventListener(
  "message",
  ({ data: script, ports: [toPage, lastWords] }) => {
    const address = URL.createObjectURL(script);
    const policy = globalThis.trustedTypes?.createPolicy("nnlib-python", { createScriptURL: (own) => own });
    const worker = new Worker(policy?.createScriptURL(address) ?? address);
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      lastWords.postMessage(event.message ?? "");
    });
    worker.postMessage(null, [toPage]);
  },
  { once: true },
);
