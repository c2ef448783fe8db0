// The messages about Python in JupyterLite: its extension is a classic script, loaded into a JupyterLab made of paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const SCRIPT = readFileSync(new URL("../../lite/extensions/nnlib-lite/static/plugin.js", import.meta.url), "utf8");

function signal() {
  const slots = new Set();
  return { connect: (slot) => slots.add(slot), emit: (sender, value) => slots.forEach((slot) => slot(sender, value)) };
}

const element = () => ({ style: {}, textContent: "", hidden: false, setAttribute: () => {}, append: () => {} });

const panelOf = (status) => {
  const kernel = { status, info: Promise.resolve() };
  const sessionContext = { session: { kernel }, statusChanged: signal(), kernelChanged: signal() };
  return {
    context: { path: "intro.ipynb" },
    kernel,
    sessionContext: { ...sessionContext, restartKernel: async () => {} },
  };
};

/** The extension at work; `dialog` answers the questions it asks. */
async function started({ panel = null, dialog = async () => ({ button: { accept: false } }) } = {}) {
  const [shown, failures] = [[], []];
  const console = { error: (_, { message }) => failures.push(message) };
  const document = { createElement: element, body: { append: (node) => shown.push(node) } };
  const modules = {
    "@jupyterlab/apputils": { Dialog: { cancelButton: () => {}, okButton: () => {} }, showDialog: dialog },
    "@jupyterlab/coreutils": { PageConfig: { getOption: () => "", getBaseUrl: () => "https://book.example/lite/" } },
    "@jupyterlab/notebook": {},
    "@jupyterlab/logconsole": {},
    "@lumino/widgets": { Widget: class {} },
  };
  const window = {};
  vm.runInNewContext(SCRIPT, { window, document, console, URL });
  const { init, get } = window._JUPYTERLAB["nnlib-lite"];
  init(
    Object.fromEntries(Object.entries(modules).map(([name, made]) => [name, { 1: { get: async () => () => made } }])),
  );
  const { default: plugin } = (await get())();
  const tracker = { currentWidget: panel, currentChanged: signal() };
  const logger = { length: 1, contentChanged: signal(), outputAreaModel: { get: () => logger.last } };
  plugin.activate({ commands: { commandExecuted: signal() } }, tracker, {
    getLoggers: () => [logger],
    registryChanged: signal(),
  });
  const [notice] = shown;
  const open = (next) => {
    tracker.currentWidget = next;
    tracker.currentChanged.emit(tracker, next);
  };
  const die = async (message) => {
    logger.last = { level: "critical", data: { "text/plain": message } };
    logger.contentChanged.emit(logger);
    await new Promise((done) => setTimeout(done));
  };
  return { notice, open, die, failures };
}

test("the line at the foot says that Python starts, until it runs", async () => {
  const panel = panelOf("starting");
  const { notice } = await started({ panel });
  assert.match(notice.textContent, /^Python is starting/);
  panel.kernel.status = "idle";
  panel.sessionContext.statusChanged.emit(null, "idle");
  assert.equal(notice.textContent, "");
  assert.ok(notice.hidden);
});

test("without a notebook there is no line, and none is left of one that was closed", async () => {
  const { notice, open, die } = await started();
  assert.ok(notice.hidden);
  const panel = panelOf("unknown");
  open(panel);
  await die("Pyodide has suffered a fatal error");
  assert.equal(notice.textContent, "Python is not running");
  open(null);
  assert.ok(notice.hidden);
  panel.sessionContext.statusChanged.emit(null, "dead"); // its session ends after it
  assert.ok(notice.hidden);
});

test("after a dialog that failed there are others", async () => {
  let asked = 0;
  const dialog = async () => {
    asked += 1;
    throw new Error("closed");
  };
  const { die, failures } = await started({ panel: panelOf("unknown"), dialog });
  await die("Pyodide has suffered a fatal error");
  await die("Pyodide has suffered a fatal error");
  assert.equal(asked, 2);
  assert.deepEqual(failures, ["closed", "closed"]);
});
