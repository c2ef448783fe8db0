// What the scripts of pages find in the global scope.

/** The core of the figures (js/src/core), on pages that have one. */
declare var nnlibFigures: { hydrate(): void } | undefined;

interface Navigator {
  connection?: { saveData: boolean };
}

/** Written while the book is built: address -> [name, attributes, children and texts ...]. */
type ElementTree = [string, Record<string, string>, ...(string | ElementTree)[]];
declare var nnlibLoad: (address: string) => Promise<void>;
declare var nnlibSaidElsewhere: Record<string, ElementTree> | undefined;
declare var nnlibInPlace: {
  soon: (link: HTMLAnchorElement) => void;
  tap: (link: HTMLAnchorElement, keyed: boolean) => void;
};
/** Which files can be downloaded (tools/downloads.py). */
declare var nnlibDownloads: Record<string, { bytes: number; date: string }> | undefined;
/** Not in all browsers. */
declare var trustedTypes:
  | { createPolicy(name: string, rules: object): { createScriptURL(address: string): string } }
  | undefined;
