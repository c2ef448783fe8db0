// Build the figures, nnbook/figures/NAME/ -> nnbook/static/, Python on the page, src/live/ -> theme/live/static/live/,
// what notices and shows what was read, src/reading/ -> theme/reading/static/reading/, the parts that ask again,
// src/practice/ -> theme/practice/static/practice/, and the page "My network", src/own/ -> theme/own/static/own/.
// Names of figures (activation_explorer) build only these and the core, not the other figures. With --check nothing is
// written; the exit code says whether the files there are what the sources build.
//
//   core.js       what all figures share: `var nnlibFigures = ...`
//   NAME.js       one figure: it calls nnlibFigures.define(...)
//   figures.css   their look
//   rest.js       of the pages' cells, what every page has: joined into site.js (rest.css: into site.css)
//   live.js       what a page loads when its reader edits a cell, with editor.js and live.css
//   worker.js     what runs Python, and frame.js, the script of the frame around it, which live.js contains
//   practice.js   the parts that ask again, with practice.css
//   due.js        on every page, before it is painted: whether questions are due; joined into site-early.js
//   study.js      what takes their page where its address asks for a study, with study.css
//   tutor.js      what copies an exercise for a tutor, loaded when that is asked for
//   reading.js    notices what is read, on every page: joined into site.js (reading.css: into site.css)
//   moved.js      on every page, before it is painted: old addresses and names; joined into site-early.js
//   progress.js   the page "Where I am", and class.js, which adds up the files of a class, with progress.css
//   marks.js      highlights and notes, with marks.css: loaded when there are some, or something is selected
//   own.js        the page "My network", with own.css
//
// A page loads the core and the figures that it shows as classic scripts. For Jupyter, Python puts
// the same two files one after the other, and they become one module (nnbook/figures/_figure.py).

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const STATIC = "../nnbook/static/";
const FIGURES = at("../nnbook/figures/");
const LIVE = "../theme/live/static/live/";
const READING = "../theme/reading/static/reading/";
const PRACTICE = "../theme/practice/static/practice/";
const OWN = "../theme/own/static/own/";
const HOME = at("../nnbook/");
const LANGUAGES = Object.keys(JSON.parse(readFileSync(`${HOME}messages/languages.json`, "utf8")));
const shared = { bundle: true, minify: true, write: false, charset: "utf8", target: "es2022", legalComments: "none" };
const D3 = "/* With parts of d3 (https://d3js.org), Copyright Mike Bostock, ISC license. */";

/** The figures find the core in the page's `nnlibFigures` instead of carrying a copy. */
const sharedCore = {
  name: "shared-core",
  setup(builder) {
    builder.onResolve({ filter: /core\/index\.js$/ }, () => ({ path: "core", namespace: "shared" }));
    builder.onLoad({ filter: /.*/, namespace: "shared" }, () => ({
      contents: "module.exports = nnlibFigures;",
      loader: "js",
    }));
  },
};

/** `import words from "words:NAME"`: the catalogue of that path below nnbook/, as language -> key -> text. */
const catalogues = {
  name: "catalogues",
  setup(builder) {
    builder.onResolve({ filter: /^words:/ }, ({ path }) => ({ path, namespace: "words" }));
    builder.onLoad({ filter: /.*/, namespace: "words" }, ({ path }) => ({
      contents: `${LANGUAGES.map((key) => `import ${key} from "./${path.slice("words:".length)}/${key}.json";`).join("\n")}
      export default { ${LANGUAGES.join(", ")} };`,
      resolveDir: HOME,
    }));
  },
};

/** activation_explorer -> ActivationExplorer */
const className = (file) => file.replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase());

async function bundle(options) {
  const { outputFiles } = await build({ ...shared, ...options });
  return outputFiles[0].text;
}

/** `import script from "built/NAME"`: the built script of src/live/ as text. */
const built = {
  name: "built",
  setup(builder) {
    builder.onResolve({ filter: /^built\// }, ({ path }) => ({ path, namespace: "built" }));
    builder.onLoad({ filter: /.*/, namespace: "built" }, async ({ path }) => ({
      contents: await live(path.slice("built/".length)),
      loader: "text",
    }));
  },
};

const core = (banner) =>
  bundle({
    entryPoints: [at("src/core/index.js")],
    format: "iife",
    globalName: "nnlibFigures",
    plugins: [catalogues],
    banner: { js: banner },
  });

const figure = (name) =>
  bundle({
    stdin: {
      contents: `
      import { define } from "../../../js/src/core/index.js";
      import build from "./${name}.js";
      import words from "words:figures/${name}";
      ${existsSync(`${FIGURES}${name}/forms.json`) ? 'import forms from "./forms.json";' : "const forms = {};"}
      define(${JSON.stringify(className(name))}, words, build, forms);`,
      resolveDir: FIGURES + name,
      sourcefile: `${name}.entry.js`,
    },
    format: "iife",
    plugins: [sharedCore, catalogues],
  });

/** The colors of the quantities, for places that do not have the site's own style sheet. */
function variables() {
  const tokens = JSON.parse(readFileSync(at("../nnlib/tokens.json"), "utf8"));
  const lines = Object.entries(tokens).map(([name, { light, dark }]) => `--nn-${name}:light-dark(${light},${dark});`);
  return `.nn-figure{${lines.join("")}}`;
}

/** What figures share, what each has of its own, and what outranks both. */
async function css() {
  const own = every.map((name) => `../nnbook/figures/${name}/${name}.css`).filter((file) => existsSync(at(file)));
  const files = ["./src/figures.css", ...own, "./src/core/media.css"];
  const contents = files.map((file) => `@import "${file}";`).join("\n");
  return variables() + (await bundle({ stdin: { contents, loader: "css", resolveDir: at("./") } }));
}

const look = (name) => bundle({ entryPoints: [at(`src/${name}.css`)], loader: { ".css": "css" } });

/** Python on the page: what the page loads, and its worker. */
const live = (name, options) => bundle({ entryPoints: [at(`src/live/${name}.js`)], format: "iife", ...options });

/** What a reader did: noticed on every page, and shown on pages of its own. */
const reading = (name) =>
  bundle({ entryPoints: [at(`src/reading/${name}.js`)], format: "iife", plugins: [catalogues] });

/** The figures: a folder each. */
const every = readdirSync(FIGURES, { withFileTypes: true })
  .filter((entry) => existsSync(`${FIGURES}${entry.name}/${entry.name}.js`))
  .map((entry) => entry.name)
  .sort();
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const names = asked.length ? asked : every;
const figures = { "core.js": await core(D3), "figures.css": await css() };
for (const name of names) figures[`${name}.js`] = await figure(name);
const python = {
  "live.js": await live("index", { globalName: "nnlibLive", plugins: [built] }),
  "frame.js": await live("frame"),
  "worker.js": await live("worker"),
  "editor.js": await live("editor", { globalName: "nnlibEditor" }),
  "live.css": await look("live/live"),
  "rest.js": await live("rest"),
  "rest.css": await look("live/rest"),
};
const record = {
  "reading.js": await reading("index"),
  "reading.css": await look("reading/reading"),
  "moved.js": await reading("moved"),
  "progress.js": await reading("progress"),
  "class.js": await reading("class"),
  "progress.css": await look("reading/progress"),
  "marks.js": await bundle({
    entryPoints: [at("src/marks/index.js")],
    format: "iife",
    plugins: [catalogues],
    banner: { js: "/* With approx-string-match, Copyright Robert Knight, MIT license. */" },
  }),
  "marks.css": await look("marks/marks"),
};
const asking = (name, globalName) =>
  bundle({
    entryPoints: [at(`src/practice/${name}.js`)],
    format: "iife",
    globalName,
    plugins: [sharedCore, catalogues],
  });
const practice = {
  "practice.js": await asking("index", "nnlibPractice"),
  "practice.css": await look("practice/practice"),
  "due.js": await bundle({ entryPoints: [at("src/practice/due.js")], format: "iife" }),
  "study.js": await asking("study/index", "nnlibStudy"),
  "study.css": await look("practice/study/study"),
  "tutor.js": await bundle({
    entryPoints: [at("src/tutor/index.js")],
    format: "iife",
    globalName: "nnlibTutor",
    plugins: [catalogues],
  }),
};

const own = {
  "own.js": await bundle({ entryPoints: [at("src/own/index.js")], format: "iife" }),
  "own.css": await look("own/own"),
};

let found = 0;
for (const [folder, built] of [
  [STATIC, figures],
  [LIVE, python],
  [READING, record],
  [PRACTICE, practice],
  [OWN, own],
]) {
  const old = existsSync(at(folder)) ? readdirSync(at(folder)) : [];
  const stale = asked.length ? [] : old.filter((file) => !(file in built));
  const changed = Object.keys(built).filter(
    (file) => !old.includes(file) || readFileSync(at(folder + file), "utf8") !== built[file],
  );
  for (const file of [...stale, ...changed]) {
    found += 1;
    const path = (folder + file).replace("../", "");
    if (process.argv.includes("--check")) {
      console.error(`${path} is out of date: run make figures`);
      process.exitCode = 1;
    } else if (file in built) {
      writeFileSync(at(folder + file), built[file]);
      console.log(`Built ${path}`);
    } else rmSync(at(folder + file));
  }
}
if (!found) console.log("Nothing to build");
