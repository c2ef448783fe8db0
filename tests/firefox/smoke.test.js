// The book in a second engine: what readers do, with real keys and a real pointer. (The first is driven
// by tests/site, and thoroughly.)

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { begin, HTML, PATIENCE, watching } from "./site.js";

let site;
before(async () => {
  site = await begin();
});
after(() => site?.end());

/** Return page -> the kinds of figure that it is the first to show, in the order of the files. */
function firstPages(folder) {
  const chapters = readdirSync(join(HTML, folder, "chapters")).filter((name) => name.endsWith(".html"));
  const pages = ["intro.html", ...chapters.map((name) => `chapters/${name}`)];
  const known = new Set();
  const found = new Map();
  for (const path of pages) {
    const html = readFileSync(join(HTML, folder, path), "utf8");
    const kinds = [...html.matchAll(/"figure":"(\w+)"/g)].map((match) => match[1]).filter((kind) => !known.has(kind));
    for (const kind of kinds) known.add(kind);
    if (kinds.length > 0) found.set(folder + path, [...new Set(kinds)]);
  }
  return found;
}

/** Open the sections of a second reading. */
const unfold = (page) =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll("details.second-reading")) fold.open = true;
  });

/** Bring a page's figure of a kind to life where it can be seen. */
async function awake(page, kind) {
  await unfold(page);
  const selector = `.nn-figure[data-figure="${kind}"]`;
  await page.keyboard.press("Tab"); // wakes every figure of a page
  await page.waitForFunction((selector) => document.querySelector(selector)?.figure, {}, selector);
  const figure = await page.$(selector);
  await figure.evaluate((root) => root.scrollIntoView({ block: "start", behavior: "instant" }));
  return figure;
}

const stateOf = (figure) => figure.evaluate((root) => JSON.stringify(root.figure.state));

/** Return the middle of an element on the screen, and its size, once what lies above it is laid out and it stands still. */
async function middleOf(element) {
  const { x, y, width, height } = await element.evaluate(async (node) => {
    const place = () => node.getBoundingClientRect().toJSON();
    for (let before = null, frames = 0; frames < 4; frames += 1) {
      node.scrollIntoView({ block: "center", behavior: "instant" });
      await new Promise(requestAnimationFrame);
      if (place().y !== before) frames = 0;
      before = place().y;
    }
    return place();
  });
  return [x + width / 2, y + height / 2, width, height];
}

async function click(page, element) {
  const [x, y] = await middleOf(element);
  await page.mouse.click(x, y);
}

async function drag(page, [x, y], [toX, toY]) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move((x + toX) / 2, (y + toY) / 2);
  await page.mouse.move(toX, toY);
  await page.mouse.up();
}

/** Draw on what is drawn on: a pad, or the curve that a question asks for. */
async function draw(page, figure) {
  const pad = await figure.$('[data-name="pad"]');
  const [x, y, width, height] = await middleOf(pad);
  await drag(page, [x - width / 5, y - height / 5], [x + width / 5, y + height / 5]);
}

/** Answer a question: a number is typed, an option clicked. */
async function answer(page, figure) {
  const field = await figure.$("input:not([type=radio])");
  if (field) {
    await click(page, field);
    await page.keyboard.type("-1/2");
    await page.keyboard.press("Enter");
  } else {
    await click(page, await figure.$('[data-name="option"]'));
  }
}

/** Move a control with the keyboard, then with the pointer; each has to change the state. */
async function move(page, figure, kind) {
  const controls = await figure.$$('input[type=range], [role="slider"]');
  const seen = [];
  for (const control of controls) if (await control.isVisible()) seen.push(control);
  assert.ok(seen.length > 0, `${kind} has nothing that moves`);
  const start = await stateOf(figure);
  await seen[0].evaluate((control) => control.focus()); // a handle is SVG
  for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp"]) {
    if ((await stateOf(figure)) === start) await page.keyboard.press(key);
  }
  const moved = await stateOf(figure);
  assert.notEqual(moved, start, `${kind} obeys the keyboard`);
  const [x, y, width] = await middleOf(seen[0]);
  const far = width > 60 ? width / 4 : 40; // along a slider, or a handle away
  for (const way of [far, -far]) {
    if ((await stateOf(figure)) === moved) await drag(page, [x, y], [x + way, y - (width > 60 ? 0 : way)]);
    if ((await stateOf(figure)) === moved && width > 60) await page.mouse.click(x + way, y);
  }
  assert.notEqual(await stateOf(figure), moved, `${kind} obeys the pointer`);
}

/** Train for a step, with the pointer and with the keyboard. */
async function train(page, figure) {
  await click(page, await figure.$('[data-name="next"]'));
  await page.waitForFunction((root) => root.figure.state.step === 1, {}, figure);
  await page.keyboard.press("Enter");
  await page.waitForFunction((root) => root.figure.state.step === 2, {}, figure);
}

/** Go on from the example, and fill in the line that is left out. */
async function fill(page, figure) {
  await click(page, await figure.$('[data-name="next"]'));
  await answer(page, figure);
  await page.waitForFunction((root) => root.figure.state.tries.length > 0, {}, figure);
}

const ACTS = { Predict: answer, FadedSteps: fill, DigitPad: draw, DrawFirst: draw, Playground: train };

for (const folder of ["", "zh/"]) {
  for (const way of ["served", "file"]) {
    // From a file all kinds in one edition are enough: the two differ in words.
    if (way === "file" && folder === "zh/") continue;
    for (const [path, kinds] of firstPages(folder)) {
      test(`figures of ${path}, ${way}: ${kinds.join(", ")}`, async () => {
        const problems = await watching(site.browser, site.addresses[way] + path, async (page) => {
          for (const kind of kinds) {
            const figure = await awake(page, kind);
            const start = await stateOf(figure);
            await (ACTS[kind] ?? move)(page, figure, kind);
            assert.notEqual(await stateOf(figure), start, `${kind} answers`);
            assert.equal(await figure.$(".nn-broken"), null, `${kind} can be drawn`);
          }
        });
        assert.deepEqual(problems, []);
      });
    }
  }
}

/** Write code into a cell as a person does: line by line, with the indent that the editor gives. */
async function write(page, cell, lines) {
  await click(page, (await cell.$('[data-name="edit"]')) ?? (await cell.$(".live-editor, pre")));
  await page.waitForFunction((node) => node.querySelector(".live-editor")?.shadowRoot?.activeElement, {}, cell);
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  for (const [number, line] of lines.entries()) {
    if (number > 0) await page.keyboard.press("Enter");
    await page.keyboard.type(line);
  }
}

async function run(page, cell) {
  await page.keyboard.down("Shift");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Shift");
  const ended = (node) => /^(done|error)$/.test(node.dataset.state);
  await page.waitForFunction(ended, { timeout: 3 * PATIENCE }, cell);
}

const ATTEMPT = `
import js
from pyodide.ffi import create_proxy, to_js
told = []
same = to_js({"createScriptURL": create_proxy(lambda address, *_: address)}, dict_converter=js.Object.fromEntries)
policy = js.trustedTypes.createPolicy("nnlib-live", same)
worker = js.Worker.new(policy.createScriptURL(js.URL.createObjectURL(js.Blob.new([script]))))
worker.onmessage = create_proxy(lambda event: told.append(event.data))
`;
const SOLUTION = [
  "def line_gradient(w, b, x, y):",
  "slopes = -2 * (y - (w * x + b))",
  "return np.array([np.sum(slopes * x), np.sum(slopes)])",
];
const CHECK = 'exercises.check("losses-line", line_gradient)';

for (const [way, folder] of [
  ["served", ""],
  ["file", "zh/"],
]) {
  test(`a cell and an exercise typed with real keys, ${way}`, async () => {
    const problems = await watching(
      site.browser,
      `${site.addresses[way]}${folder}chapters/losses.html`,
      async (page) => {
        await unfold(page);
        const cell = await page.$('[data-live="losses-slope-numbers"]');
        await write(page, cell, ["x = 1/2", 'print(f"{x:.3f} ? <>&[] ~^@#%;:!|\\\\")']);
        await run(page, cell);
        const printed = await cell.$eval(".live-outputs, .cell_output", (node) => node.textContent);
        assert.match(printed, /0\.500 \? <>&\[\] ~\^@#%;:!\|\\/);
        const exercise = await page.$('[data-live="answer-line"]');
        await write(page, exercise, SOLUTION);
        // The editor goes on indenting: out of the function by hand.
        await page.keyboard.press("Enter");
        await page.keyboard.press("Backspace");
        await page.keyboard.type(CHECK);
        await run(page, exercise);
        const correct = await exercise.$eval(".live-verdict", (node) => node.dataset.correct);
        assert.equal(correct, "true");
      },
    );
    assert.deepEqual(problems, []);
  });

  test(`nothing leads out of where Python runs, ${way}`, async () => {
    const requested = [];
    site.server.on("request", ({ url }) => requested.push(url));
    const attempts = readFileSync(new URL("../site/attempts.js", import.meta.url), "utf8");
    const addresses = [site.addresses.served, site.addresses.served.replace("127.0.0.1", "localhost")];
    const script = JSON.stringify(`const ADDRESSES = ${JSON.stringify(addresses)};\n${attempts}`);
    await watching(site.browser, `${site.addresses[way]}${folder}chapters/losses.html`, async (page) => {
      const told = await page.evaluate(async (code) => {
        await globalThis.nnlibLoad(document.querySelector("meta[name=book-live]").dataset.script);
        const runtime = new globalThis.nnlibLive.Runtime();
        let said = "";
        const onOutput = ({ text, data }) => {
          said += text ?? data["text/plain"];
        };
        await runtime.run(code, { onOutput });
        for (let n = 0; n < 200 && !said.includes("told"); n += 1) {
          await new Promise((later) => setTimeout(later, 50));
          await runtime.run('if told: print("told", told)', { onOutput });
        }
        return said;
      }, `script = ${script}\n${ATTEMPT}`);
      assert.equal(told, "told ['']\n");
    });
    assert.deepEqual(
      requested.filter((url) => url.includes("leak")),
      [],
    );
  });

  test(`the search, from the field of a page, ${way}`, async () => {
    const problems = await watching(
      site.browser,
      `${site.addresses[way]}${folder}chapters/softmax.html`,
      async (page) => {
        const field = await page.$('header input[type="search"]');
        await click(page, field);
        await page.keyboard.type(folder ? "交叉熵" : "cross entropy");
        const left = page.waitForNavigation();
        await page.keyboard.press("Enter");
        await left;
        await page.waitForSelector("#search-results a");
        const first = await page.$eval("#search-results a", (link) => link.getAttribute("href"));
        assert.match(first, /cross_entropy\.html/);
      },
    );
    assert.deepEqual(problems, []);
  });

  test(`a round of mixed practice, ${way}`, async () => {
    const problems = await watching(
      site.browser,
      `${site.addresses[way]}${folder}chapters/practice.html`,
      async (page) => {
        await page.click("[data-practice] button");
        for (const _question of [1, 2, 3]) {
          const question = await page.waitForSelector(".practice-question");
          const id = await question.evaluate((node) => node.dataset.question);
          await answer(page, question);
          await click(page, await page.waitForSelector('[data-practice] [data-name="next"]'));
          const another = (id) => document.querySelector(".practice-question")?.dataset.question !== id;
          await page.waitForFunction(another, {}, id);
        }
      },
    );
    assert.deepEqual(problems, []);
  });
}
