// What the worker finds in its global scope once Pyodide's script is there: of Pyodide what it uses.

interface Pyodide {
  FS: { writeFile(path: string, bytes: Uint8Array): void };
  runPython(code: string): string;
  unpackArchive(archive: ArrayBuffer, format: string, options: { extractDir: string }): void;
  pyimport(name: "nnbook.live"): { Session(onOutput: (output: string) => void): Session };
  loadPackage(name: string, options: { messageCallback: (message: string) => void }): Promise<unknown>;
}
/** nnbook.live.Session. */
interface Session {
  draws(code: string): boolean;
  drawing_has_come(): void;
  spells(code: string): boolean;
  letters_have_come(font: string): void;
  /** Takes and returns JSON. */
  names(asked: string): string;
  /** Returns JSON. */
  run: {
    callKwargs(
      code: string,
      id: string,
      space: string,
      options: { fresh: boolean; moved: string; own: string },
    ): string;
  };
}

declare var loadPyodide: (options: {
  indexURL: string;
  lockFileURL: string;
  packages: string[];
  env: Record<string, string>;
}) => Promise<Pyodide>;
