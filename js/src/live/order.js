// Which cells have to run before another one. Nothing here touches the page.

/** @import { Ordered } from "./types.js" */

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
    ran.some((other) => other !== user && turnOf(other) > turnOf(maker) && other.names.makes.includes(name)) ||
    ground.slice(0, ground.indexOf(maker)).some((other) => plan.has(other) && other.names.makes.includes(name));
  for (let size = -1; size < plan.size; ) {
    size = plan.size;
    for (const user of [...plan, cell]) {
      const earlier = user === cell ? ground : ground.slice(0, ground.indexOf(user));
      for (const name of user.names.uses) {
        const maker = earlier.findLast((other) => other.names.sets.includes(name));
        if (maker && !plan.has(maker) && isLost(name, maker, user)) plan.add(maker);
      }
    }
  }
  return ground.filter((other) => plan.has(other));
}

/**
 * Of the cells above an exercise, those that it needs: the first, and all that set or change a name that it uses, or
 * that one of these uses.
 * @template {Ordered} T
 * @param {T[]} cells @param {T} cell
 */
export function needs(cells, cell) {
  const chapter = above(cells, cell);
  const used = new Set(cell.names.uses);
  const needed = new Set(chapter.slice(0, 1));
  for (let grew = true; grew; ) {
    grew = false;
    for (const other of chapter) {
      if (needed.has(other) || !other.names.sets.some((name) => used.has(name))) continue;
      needed.add(other);
      for (const name of other.names.uses) used.add(name);
      grew = true;
    }
  }
  return chapter.filter((other) => needed.has(other));
}
