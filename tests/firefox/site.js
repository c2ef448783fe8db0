// A served copy of the built site, and one Firefox whose pages are watched.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const HTML = process.env.BOOK_HTML ?? join(ROOT, "_build", "html");
const BASE_PATH = "/nnlib-book/"; // below its host's root, as a project's pages are
const WINDOW = { width: 1280, height: 800 };
export const PATIENCE = 60_000; // ms, on a busy machine
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};
const FIREFOXES = [
  ...["/usr/bin/firefox-esr", "/usr/bin/firefox", "/snap/bin/firefox"],
  ...["/Applications/Firefox.app/Contents/MacOS/firefox", "C:\\Program Files\\Mozilla Firefox\\firefox.exe"],
];

/** Return the path of a Firefox, or say how to get one. */
function firefox() {
  const named = process.env.FIREFOX_PATH;
  const found = named ? [named].find(existsSync) : FIREFOXES.find(existsSync);
  if (found) return found;
  throw new Error(
    `No Firefox ${named ? `at FIREFOX_PATH=${named}` : "found"}. Install it (Debian: apt-get install firefox-esr), ` +
      "or name its program in FIREFOX_PATH.",
  );
}

async function answer(request, response) {
  const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
  const inside = path.startsWith(BASE_PATH) ? normalize(path.slice(BASE_PATH.length) || "index.html") : "..";
  try {
    if (inside.startsWith("..")) throw new Error("outside");
    const body = await readFile(join(HTML, inside));
    response.writeHead(200, { "Content-Type": TYPES[extname(inside)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404, { "Content-Type": TYPES[".html"] }).end(await readFile(join(HTML, "404.html")));
  }
}

/** Start the server and the browser. `addresses` are those of the site, served and as files. */
export async function begin() {
  if (!existsSync(join(HTML, "index.html"))) throw new Error(`No built site in ${HTML}: run \`make book\` first.`);
  const server = createServer(answer);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox(), protocolTimeout: 300_000 });
  const addresses = {
    served: `http://127.0.0.1:${server.address().port}${BASE_PATH}`,
    file: `${pathToFileURL(HTML)}/`,
  };
  const end = async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { browser, server, addresses, end };
}

/** Open a page, use it, and return what went wrong on it; nothing of the reader's is kept from page to page. */
export async function watching(browser, address, use) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport(WINDOW);
  await page.goto(address, { waitUntil: "load" });
  try {
    await use(page);
  } finally {
    await context.close();
  }
  return problems;
}
