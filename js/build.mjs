// Build the figures: src/ -> nnbook/widgets/static/. Names of figures (activation_explorer) build
// these and the core alone. With --check nothing is written; the exit code says whether what stands
// there is what the sources build.
//
//   core.js       what all figures share: `var nnlibFigures = ...`
//   NAME.js       one figure: it calls nnlibFigures.define(...)
//   figures.css   their look
//
// A page loads the core and the figures that it shows as classic scripts. For Jupyter, Python puts
// the same two files behind one another, and they become one module (nnbook/widgets/_figure.py).

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const STATIC = at("../nnbook/widgets/static/");
const MESSAGES = at("../nnbook/messages/");
const LANGUAGES = Object.keys(JSON.parse(readFileSync(`${MESSAGES}languages.json`, "utf8")));
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

/** `import words from "messages/NAME"`: language -> key -> text, all languages of the book. */
const catalogues = {
  name: "catalogues",
  setup(builder) {
    builder.onResolve({ filter: /^messages\// }, ({ path }) => ({ path, namespace: "messages" }));
    builder.onLoad({ filter: /.*/, namespace: "messages" }, ({ path }) => ({
      contents: `${LANGUAGES.map((key) => `import ${key} from "./${key}/${path.slice("messages/".length)}.json";`).join("\n")}
      export default { ${LANGUAGES.join(", ")} };`,
      resolveDir: MESSAGES,
    }));
  },
};

/** activation_explorer -> ActivationExplorer */
const className = (file) => file.replace(/(^|_)(\w)/g, (_, __, letter) => letter.toUpperCase());

async function bundle(options) {
  const { outputFiles } = await build({ ...shared, ...options });
  return outputFiles[0].text;
}

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
      import { define } from "./src/core/index.js";
      import build from "./src/figures/${name}.js";
      import words from "messages/${name}";
      import { ${className(name)} as forms } from "./src/forms.json";
      define(${JSON.stringify(className(name))}, words, build, forms);`,
      resolveDir: at("./"),
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
  const own = readdirSync(at("src/figures")).filter((file) => file.endsWith(".css"));
  const files = ["figures.css", ...own.sort().map((file) => `figures/${file}`), "core/media.css"];
  const contents = files.map((file) => `@import "./src/${file}";`).join("\n");
  return variables() + (await bundle({ stdin: { contents, loader: "css", resolveDir: at("./") } }));
}

const every = readdirSync(at("src/figures"))
  .filter((file) => file.endsWith(".js"))
  .map((file) => file.slice(0, -3))
  .sort();
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const names = asked.length ? asked : every;
const built = { "core.js": await core(D3), "figures.css": await css() };
for (const name of names) built[`${name}.js`] = await figure(name);

const old = existsSync(STATIC) ? readdirSync(STATIC) : [];
const stale = asked.length ? [] : old.filter((file) => !(file in built));
const changed = Object.keys(built).filter(
  (file) => !old.includes(file) || readFileSync(STATIC + file, "utf8") !== built[file],
);
if (process.argv.includes("--check")) {
  for (const file of [...stale, ...changed])
    console.error(`nnbook/widgets/static/${file} is not what js/src builds: run make figures`);
  process.exitCode = stale.length + changed.length > 0 ? 1 : 0;
} else {
  for (const file of stale) rmSync(STATIC + file);
  for (const file of changed) writeFileSync(STATIC + file, built[file]);
  console.log(changed.length + stale.length ? `Built ${[...changed, ...stale].join(", ")}` : "Nothing to build");
}
