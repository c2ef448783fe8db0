// Says in plain words that Python could not start, or that it has died. JupyterLite itself writes
// that into a log nobody has open, and lets the cells wait for ever.
// Written by hand as the container that JupyterLab's loader expects, so that it needs no build.
"use strict";
(() => {
  const WORDS = {
    en: {
      title: "Python is not running",
      lead: (host) =>
        `Python for the browser comes from ${host}. It could not be loaded from there, or it has stopped.`,
      advice: "Check the connection and try again. What you have written stays; the cells have to run once more.",
      reason: "The reason given:",
      later: "Close",
      again: "Try again",
    },
    zh: {
      title: "Python 没有在运行",
      lead: (host) => `浏览器里的 Python 来自 ${host}。它没能加载成功，或者已经中止。`,
      advice: "请检查网络，然后重试。你写下的内容都会保留，但各单元格需要重新运行。",
      reason: "原因：",
      later: "关闭",
      again: "重试",
    },
  };

  const FATAL = /^Pyodide has (suffered a fatal error|exited)/;

  let shared;

  /** Return a module that JupyterLab shares with its extensions. */
  async function load(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  /** Where Python is loaded from: the host, for the reader to check. */
  function source(PageConfig) {
    const settings = JSON.parse(PageConfig.getOption("litePluginSettings") || "{}");
    const url = settings["@jupyterlite/pyodide-kernel-extension:kernel"]?.pyodideUrl;
    return new URL(url ?? "https://cdn.jsdelivr.net", PageConfig.getBaseUrl()).host;
  }

  async function makePlugin() {
    const { Dialog, showDialog } = await load("@jupyterlab/apputils");
    const { PageConfig } = await load("@jupyterlab/coreutils");
    const { INotebookTracker } = await load("@jupyterlab/notebook");
    const { ILoggerRegistry } = await load("@jupyterlab/logconsole");
    const { Widget } = await load("@lumino/widgets");

    function body(words, reason) {
      const node = document.createElement("div");
      for (const text of [words.lead(source(PageConfig)), words.advice, `${words.reason} ${reason}`]) {
        node.append(Object.assign(document.createElement("p"), { textContent: text }));
      }
      return new Widget({ node });
    }

    /** Whether the notebook's kernel answers. A message may tell of a package only. */
    async function alive(panel, message) {
      const kernel = panel.sessionContext.session?.kernel;
      const answered = kernel && (await Promise.race([kernel.info, null])) !== null;
      return answered && !FATAL.test(message);
    }

    /** Tell the reader, and start Python again if asked to. */
    async function tell(panel, message) {
      const words = WORDS[panel.context.path.startsWith("zh/") ? "zh" : "en"];
      const buttons = [
        Dialog.cancelButton({ label: words.later }),
        Dialog.okButton({ label: words.again }),
      ];
      const answer = await showDialog({ title: words.title, body: body(words, message), buttons });
      if (answer.button.accept) await panel.sessionContext.restartKernel();
    }

    return {
      id: "nnlib-lite:dead-kernel",
      autoStart: true,
      requires: [INotebookTracker, ILoggerRegistry],
      activate: (app, tracker, loggers) => {
        let telling = false;
        const read = async (logger) => {
          const last = logger.outputAreaModel.get(logger.length - 1);
          const panel = tracker.currentWidget;
          if (telling || !panel || last?.level !== "critical") return;
          const [message] = String(last.data["text/plain"]).split("\nStack trace:");
          telling = true;
          if (!(await alive(panel, message))) await tell(panel, message);
          telling = false;
        };
        const listen = (logger) => logger.contentChanged.connect(read);
        loggers.getLoggers().forEach(listen);
        // `connect` takes each pair of signal and slot once only.
        loggers.registryChanged.connect(() => loggers.getLoggers().forEach(listen));
      },
    };
  }

  (window._JUPYTERLAB ??= {})["nnlib-lite"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const plugin = await makePlugin();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
