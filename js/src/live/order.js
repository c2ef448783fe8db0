// Which cells have to run before another one. Nothing here touches the page.

const NAME = /[\p{L}_][\p{L}\p{N}_]*/gu;
const PARAMETERS = /\b(?:def\s+\w+\s*\(([^)]*)\)|lambda\s+([^:]*):)/g;
const ASSIGNED = /^[^\S\n]*([\w, ]+?)[^\S\n]*=(?!=)/gm;
const LOOPED = /\bfor\s+([\w, ]+?)\s+in\b/g;
const DEFINITION = /^(?:async\s+)?(?:def|class)\s+(\w+)/g;
// What names nothing: texts, unless they are f-strings, comments, and what follows a dot.
const SILENT =
  /(?<![fF])("""|''')[\s\S]*?\1|(?<![fF\w])[rbu]*(["'])(?:\\.|(?!\2)[^\\\n])*\2|#.*|\.\s*[\p{L}_][\p{L}\p{N}_]*/gu;

/** @import { Ordered } from "./types.js" */

/** @param {string} code @returns {Set<string>} */
const namesIn = (code) => new Set(code.replace(SILENT, " ").match(NAME) ?? []);
/** The names in the groups of patterns. @param {string} code @param {RegExp[]} patterns */
const foundIn = (code, ...patterns) =>
  namesIn(patterns.flatMap((pattern) => [...code.matchAll(pattern)].flatMap((found) => found.slice(1))).join(" "));

/**
 * The names that code uses and does not bring itself. A function's parameters and what it assigns are its own, not those of
 * the statements around it.
 * @param {string} code
 */
function usedIn(code) {
  /** @type {Set<string>} */
  const used = new Set();
  /** @type {Set<string>} */
  const made = new Set();
  for (const statement of statementsOf(code)) {
    const inside = defines(statement);
    const own = foundIn(statement, PARAMETERS, LOOPED, ...(inside ? [DEFINITION, ASSIGNED] : []));
    const names = namesIn(inside ? statement : statement.replace(ASSIGNED, " "));
    for (const name of names) if (!made.has(name) && !own.has(name)) used.add(name);
    for (const name of madeIn(statement)) made.add(name);
  }
  return used;
}

/** The names that code makes: assigns, or defines. @param {string} code @returns {Set<string>} */
const madeIn = (code) =>
  new Set(
    statementsOf(code).flatMap((statement) => [
      ...foundIn(statement, ...(defines(statement) ? [DEFINITION] : [ASSIGNED, LOOPED])),
    ]),
  );

const defines = (/** @type {string} */ statement) => statement.search(DEFINITION) === 0;
const statementsOf = (/** @type {string} */ code) => code.replace(SILENT, " ").split(/\n(?=[^\s)\]}])/);

/**
 * The cells of the chapter itself above a cell: answers and solutions are nobody's ground.
 * @template {Ordered} T
 * @param {T[]} cells @param {T} cell
 */
export function above(cells, cell) {
  return cells.slice(0, cells.indexOf(cell)).filter(({ data }) => !data.exercise);
}

/**
 * What a cell rests on, as one text: it is stale when this has changed since it ran.
 * @template {Ordered} T
 * @param {T[]} cells @param {T} cell
 */
export const groundOf = (cells, cell) =>
  (cell.data.exercise ? needs(cells, cell) : above(cells, cell)).map(({ code }) => code).join("\0");

/**
 * Whether a cell ran in this Python as it is now, on what is above as that is now.
 * @template {Ordered} T
 * @param {T[]} cells @param {T} cell @param {number} generation
 */
export function isFresh(cells, cell, generation) {
  const { ran } = cell;
  return ran?.generation === generation && ran.code === cell.code && ran.ground === groundOf(cells, cell);
}

/**
 * Whether what a cell shows rests on something that was changed since.
 * @template {Ordered} T
 * @param {T[]} cells @param {T} cell @param {number} generation
 */
export const isStale = (cells, cell, generation) =>
  cell.ran?.generation === generation && cell.ran.ground !== groundOf(cells, cell);

/**
 * What has to run before a cell, in order: what has not run yet, and what made a name that another cell made anew since, as
 * where one goes back, or an exercise needs cells that an earlier one left out.
 * @template {Ordered} T
 * @param {T[]} cells @param {T} cell @param {number} generation
 */
export function before(cells, cell, generation) {
  const ground = cell.data.exercise ? needs(cells, cell) : above(cells, cell);
  const plan = new Set(ground.filter((other) => !isFresh(cells, other, generation)));
  const ran = cells.filter((other) => !other.data.exercise && other.ran?.generation === generation);
  const turnOf = (/** @type {T} */ other) => other.ran?.turn ?? 0;
  /** @param {string} name @param {T} maker @param {T} user */
  const isLost = (name, maker, user) =>
    ran.some((other) => other !== user && turnOf(other) > turnOf(maker) && makesOf(other).includes(name)) ||
    ground.slice(0, ground.indexOf(maker)).some((other) => plan.has(other) && makesOf(other).includes(name));
  for (let size = -1; size < plan.size; ) {
    size = plan.size;
    for (const user of [...plan, cell]) {
      const earlier = user === cell ? ground : ground.slice(0, ground.indexOf(user));
      for (const name of usesOf(user)) {
        const maker = earlier.findLast((other) => setsOf(other).includes(name));
        if (maker && !plan.has(maker) && isLost(name, maker, user)) plan.add(maker);
      }
    }
  }
  return ground.filter((other) => plan.has(other));
}

/**
 * Of the cells above an exercise, those that it needs: the first, and all that set or change a name that it uses, or
 * that one of these uses. Of what a reader wrote, every name counts as set, and all as used that it does not bring itself.
 * @template {Ordered} T
 * @param {T[]} cells @param {T} cell
 */
export function needs(cells, cell) {
  const chapter = above(cells, cell);
  const used = new Set(usesOf(cell));
  const needed = new Set(chapter.slice(0, 1));
  for (let grew = true; grew; ) {
    grew = false;
    for (const other of chapter) {
      if (needed.has(other) || !setsOf(other).some((name) => used.has(name))) continue;
      needed.add(other);
      for (const name of usesOf(other)) used.add(name);
      grew = true;
    }
  }
  return chapter.filter((other) => needed.has(other));
}

const edited = (/** @type {Ordered} */ cell) => cell.code !== cell.data.code;
const makesOf = (/** @type {Ordered} */ cell) => (edited(cell) ? [...madeIn(cell.code)] : cell.data.makes);
const setsOf = (/** @type {Ordered} */ cell) => (edited(cell) ? [...namesIn(cell.code)] : cell.data.sets);
/** @param {Ordered} cell */
function usesOf(cell) {
  return edited(cell) ? usedIn(cell.code) : cell.data.uses;
}
