// Says in plain words that Python starts, that it could not start or has died, and that it cannot be
// interrupted. JupyterLite itself writes that into a log nobody has open, or nowhere, and lets the
// cells wait for ever.
// Written by hand as the container that JupyterLab's loader expects, so that it needs no build.
"use strict";
(() => {
  const WORDS = {
    en: {
      starting:
        "Python is starting in your browser. The first time it has to be downloaded, which can take a minute " +
        "or more. You can already read; cells run as soon as it is ready.",
      dead: {
        title: "Python is not running",
        text: (/** @type {string} */ host) => [
          `Python for the browser comes from ${host}. It could not be loaded from there, or it has stopped.`,
          "Check the connection and try again. What you have written stays; the cells have to run once more.",
        ],
        later: "Close",
        again: "Try again",
      },
      reason: "The reason given:",
      endless: {
        title: "A running cell cannot be interrupted here",
        text: () => [
          "In the browser, Python cannot stop in the middle of a cell. You can wait until the cell ends, " +
            "or restart Python (also in the menu: Kernel › Restart Kernel…).",
          "A restart ends the cell and clears all variables. What you have written stays; then run the cells again from the top.",
        ],
        later: "Wait",
        again: "Restart Python",
      },
    },
    zh: {
      starting:
        "正在浏览器里启动 Python。第一次要先下载，可能需要一分钟或更久。现在就可以开始阅读；等它就绪，单元格便会运行。",
      dead: {
        title: "Python 没有在运行",
        text: (/** @type {string} */ host) => [
          `浏览器里的 Python 来自 ${host}。它没能加载成功，或者已经中止。`,
          "请检查网络，然后重试。你写下的内容都会保留，但各单元格需要重新运行。",
        ],
        later: "关闭",
        again: "重试",
      },
      reason: "原因：",
      endless: {
        title: "这里无法中断正在运行的单元格",
        text: () => [
          "在浏览器里，Python 不能在单元格运行到一半时停下来。你可以等它运行完，也可以重启 Python（也可用菜单“Kernel › Restart Kernel…”）。",
          "重启会结束这个单元格，并清除所有变量。你写下的内容都会保留；之后请从头运行各单元格。",
        ],
        later: "继续等待",
        again: "重启 Python",
      },
    },
  };

  /** @typedef {{title: string, text: (host: string) => string[], later: string, again: string}} Words of a dialog */
  const FATAL = /^Pyodide has (suffered a fatal error|exited)/;
  const INTERRUPTS = ["notebook:interrupt-kernel", "kernelmenu:interrupt"];
  const RUNNING = ["idle", "busy"];

  /** @type {SharedModules} */
  let shared;

  /** Return a module that JupyterLab shares with its extensions. @param {string} name @returns {Promise<any>} */
  async function load(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  /**
   * Where Python is loaded from: the host, for the reader to check.
   * @param {{getOption(name: string): string, getBaseUrl(): string}} PageConfig
   */
  function source(PageConfig) {
    const settings = JSON.parse(PageConfig.getOption("litePluginSettings") || "{}");
    const url = settings["@jupyterlite/pyodide-kernel-extension:kernel"]?.pyodideUrl;
    return new URL(url, PageConfig.getBaseUrl()).host;
  }

  /** @param {NotebookPanel} panel */
  function wordsFor(panel) {
    return WORDS[panel.context.path.startsWith("zh/") ? "zh" : "en"];
  }

  /** A line at the foot of the window, on a phone too. */
  function makeNotice() {
    const node = document.createElement("div");
    node.className = "nnlib-notice";
    node.setAttribute("role", "status");
    node.style.cssText = `position: fixed; inset: auto 0 0; z-index: 10; padding: 0.6em 1em; box-sizing: border-box;
      border-top: 3px solid var(--jp-warn-color1, #b26a00); background: var(--jp-layout-color2, #eee);
      color: var(--jp-ui-font-color1, #111); font: 14px/1.4 var(--jp-ui-font-family, sans-serif); max-height: 40vh; overflow: auto`;
    document.body.append(node);
    return {
      /** Show a text, or with an empty one nothing. */
      say: (/** @type {string} */ text) => {
        if (node.textContent !== text) node.textContent = text;
        node.hidden = text === "";
        node.style.display = text === "" ? "none" : "block";
      },
    };
  }

  async function makePlugin() {
    const { Dialog, showDialog } = await load("@jupyterlab/apputils");
    const { PageConfig } = await load("@jupyterlab/coreutils");
    const { INotebookTracker } = await load("@jupyterlab/notebook");
    const { ILoggerRegistry } = await load("@jupyterlab/logconsole");
    const { Widget } = await load("@lumino/widgets");

    /** Tell the reader, and start Python again if asked to. @param {NotebookPanel} panel @param {Words} words */
    async function tell(panel, words, reason = "") {
      const node = document.createElement("div");
      for (const text of [...words.text(source(PageConfig)), reason]) {
        node.append(Object.assign(document.createElement("p"), { textContent: text }));
      }
      const buttons = [Dialog.cancelButton({ label: words.later }), Dialog.okButton({ label: words.again })];
      const answer = await showDialog({ title: words.title, body: new Widget({ node }), buttons });
      if (answer.button.accept) await panel.sessionContext.restartKernel();
    }

    /**
     * Whether the notebook's kernel answers. A message may tell of a package only.
     * @param {NotebookPanel} panel @param {string} message
     */
    async function alive(panel, message) {
      const kernel = panel.sessionContext.session?.kernel;
      const answered = kernel && (await Promise.race([kernel.info, null])) !== null;
      return answered && !FATAL.test(message);
    }

    /** @param {JupyterApp} app @param {NotebookTracker} tracker @param {LoggerRegistry} loggers */
    function activate(app, tracker, loggers) {
      const notice = makeNotice();
      let telling = false;
      let dead = false;

      /** One dialog at a time. */
      const once = async (/** @type {(panel: NotebookPanel) => Promise<unknown>} */ ask) => {
        if (telling || !tracker.currentWidget) return;
        telling = true;
        await ask(tracker.currentWidget).catch((error) => console.error("nnlib-lite:", error));
        telling = false;
      };

      const update = () => {
        const panel = tracker.currentWidget;
        const status = panel?.sessionContext.session?.kernel?.status ?? "";
        if (RUNNING.includes(status) || status === "restarting") dead = false;
        if (!panel || RUNNING.includes(status)) notice.say("");
        else notice.say(dead ? wordsFor(panel).dead.title : wordsFor(panel).starting);
      };
      const watch = (/** @type {NotebookPanel | null} */ panel) => {
        panel?.sessionContext.statusChanged.connect(update);
        panel?.sessionContext.kernelChanged.connect(update);
        update();
      };
      // `connect` takes each pair of signal and slot once only.
      tracker.currentChanged.connect((_, panel) => watch(panel));
      watch(tracker.currentWidget);

      app.commands.commandExecuted.connect((_, { id }) => {
        const status = tracker.currentWidget?.sessionContext.session?.kernel?.status;
        if (INTERRUPTS.includes(id) && status === "busy") {
          once((panel) => tell(panel, wordsFor(panel).endless));
        }
      });

      const read = (/** @type {JupyterLogger} */ logger) => {
        const last = logger.outputAreaModel.get(logger.length - 1);
        if (last?.level !== "critical") return;
        const [message] = String(last.data["text/plain"]).split("\nStack trace:");
        once(async (panel) => {
          if (await alive(panel, message)) return;
          dead = true;
          update();
          const words = wordsFor(panel);
          await tell(panel, words.dead, `${words.reason} ${message}`);
        });
      };
      const listen = (/** @type {JupyterLogger} */ logger) => logger.contentChanged.connect(read);
      loggers.getLoggers().forEach(listen);
      loggers.registryChanged.connect(() => loggers.getLoggers().forEach(listen));
    }

    return {
      id: "nnlib-lite:messages",
      autoStart: true,
      requires: [INotebookTracker, ILoggerRegistry],
      activate,
    };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["nnlib-lite"] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const plugin = await makePlugin();
      return () => ({ __esModule: true, default: plugin });
    },
  };
})();
