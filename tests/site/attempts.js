// Any JavaScript, in a worker of the one that runs Python: it tries to reach what is kept and to request ADDRESSES, and posts the
// names of what it reached. Whatever it requested the server hears (test_live_engine.py, tests/firefox/smoke.test.js).
const rules = { createScriptURL: (address) => address, createScript: (code) => code };
const policy = self.trustedTypes?.createPolicy("nnlib-live", rules) ?? rules;
const opened = (thing) =>
  new Promise((resolve, reject) => {
    for (const type of ["open", "success", "message"]) thing.addEventListener(type, resolve);
    thing.addEventListener("error", reject);
  });
const requests = {
  fetch: (address) => fetch(address, { mode: "no-cors" }),
  xml(address) {
    const request = new XMLHttpRequest();
    request.open("GET", address, false);
    request.send();
  },
  socket: (address) => opened(new WebSocket(address.replace("http", "ws"))),
  events: (address) => opened(new EventSource(address)),
  transport: (address) => new WebTransport(address.replace("http:", "https:")).ready,
  script: (address) => importScripts(policy.createScriptURL(address)),
  module: (address) => import(address),
  worker: (address) => opened(new Worker(policy.createScriptURL(address))),
  font: (address) => new FontFace("leak", `url(${address})`).load(),
};
const stores = {
  caches: () => caches.keys(),
  database: () => opened(indexedDB.open("leak")),
  files: () => navigator.storage.getDirectory(),
  locks: () => navigator.locks.query(),
  cookies: () => cookieStore.getAll(),
  // biome-ignore lint/security/noGlobalEval: it is what has to be refused
  code: () => eval(policy.createScript("1")),
};
const reached = [];
const attempt = async (name, act) => {
  const late = new Promise((_, reject) => setTimeout(reject, 2000));
  late.catch(() => null);
  try {
    await Promise.race([act(), late]);
    reached.push(name);
  } catch {
    // as it should be
  }
};
new BroadcastChannel("leak").postMessage("leak");
Promise.all([
  ...Object.entries(stores).map(([name, act]) => attempt(name, act)),
  ...Object.entries(requests).flatMap(([name, act]) =>
    ADDRESSES.map((address) => attempt(name, () => act(`${address}leak-${name}`))),
  ),
]).then(() => postMessage(reached.join()));
