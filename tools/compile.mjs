// Compile archives of Python files in Pyodide. The first argument is its folder; the standard input says what:
// [{"source": path, "target": path, "folder": where its files will lie, "keep": how the names begin whose sources are kept}].
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const folder = `${process.argv[2]}/`;
const { loadPyodide } = createRequire(import.meta.url)(`${folder}pyodide.js`);
const python = await loadPyodide({ indexURL: folder, env: { HOME: "/", PYTHONHASHSEED: "0" } });
python.runPython(readFileSync(new URL("./compiling.py", import.meta.url), "utf8"));
const compiled = python.globals.get("compiled");
for (const { source, target, folder: place, keep } of JSON.parse(readFileSync(0, "utf8"))) {
  const bytes = python.toPy(new Uint8Array(readFileSync(source)));
  const archive = compiled.callKwargs(python.globals.get("bytes")(bytes), place, { keep });
  writeFileSync(target, archive.toJs());
}
