// What the scripts of Python on the page find in the global scope.

/** The page's own script. */
declare var nnlibPage: import("./types.js").PageData;
/** The page's notebook, once it was asked for. */
declare var nnlibNotebook: import("./types.js").Notebook | undefined;
/** The list of parts, once it is there; scripts that bring a part put it into `taken`. */
declare var nnlibPython:
  | (import("./protocol.js").Parts & { taken: Record<string, import("./protocol.js").Packed> })
  | undefined;
/** The bundles of this folder, and the core of the figures. */
declare var nnlibLoad: (address: string) => Promise<void>;
/** The bundle of ../tutor/. */
declare var nnlibTutor: typeof import("../tutor/index.js");
declare var nnlibLive: typeof import("./index.js");
declare var nnlibEditor: typeof import("./editor.js");
declare var nnlibFigures: typeof import("../core/index.js");

interface ScriptPolicy {
  createScriptURL(address: string): string;
  createHTML(html: string): string;
}
/** Not in all browsers. */
declare var trustedTypes:
  | { createPolicy<Rules extends Partial<ScriptPolicy>>(name: string, rules: Rules): Rules }
  | undefined;
interface Uint8ArrayConstructor {
  /** Not in all browsers. */
  fromBase64?(text: string): Uint8Array<ArrayBuffer>;
}
