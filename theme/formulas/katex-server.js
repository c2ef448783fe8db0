// Renders formulas for rendering.py: one request a line on stdin, one answer a line on stdout.
"use strict";

const katex = require(process.argv[2]);
const requests = require("node:readline").createInterface({ input: process.stdin });

requests.on("line", (line) => {
  const { latex, options } = JSON.parse(line);
  let answer;
  try {
    answer = { html: katex.renderToString(latex, options) };
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});
