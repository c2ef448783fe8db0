// The lines of a solution: in which orders they run, and what a wrong order overlooks.

/**
 * What the build knows of a line (theme/live/lines.py): how deep it is indented, in which line's block it is (-1: in none), and the
 * wrong line that people write in its place, with what is to be said about that.
 * @typedef {{code: string, depth: number, block: number, wrong?: {code: string, says: string}}} Line
 */
/**
 * `needs`: the earlier line, the later one, why, and the name that it is about. `before` and `after`: what else an answer
 * consists of, as it is given.
 * @typedef {{before: string, head: string, after: string, lines: Line[], needs: [number, number, string, string][]}} Task
 */
/** Which sentence says what is wrong, and what fills its places. @typedef {{key: string, values: Record<string, string | number>}} Fault */

/** The order in which the lines come mixed up: the last one, which is the `return`, is never last. @param {number} count */
export function mixed(count) {
  const all = Array.from({ length: count }, (_, index) => index);
  return [...all.filter((index) => index % 2 === 0).reverse(), ...all.filter((index) => index % 2 === 1).reverse()];
}

/**
 * The first thing that is wrong with an order; null if it runs as the solution does.
 * @param {Task} task @param {number[]} order line numbers of the solution
 * @returns {Fault | null}
 */
export function faultIn({ head, lines, needs }, order) {
  for (const [place, index] of order.entries()) {
    const line = place + 1;
    const { depth, block } = lines[index];
    const above = order.slice(0, place).findLast((other) => lines[other].depth < depth) ?? -1;
    if (above !== block) return { key: "lines_block", values: { line, header: lines[block]?.code ?? head } };
    const missed = needs.find(([first, then]) => then === index && order.indexOf(first) > place);
    if (!missed) continue;
    const [first, , why, name] = missed;
    return { key: `lines_${why}`, values: { line, name, other: order.indexOf(first) + 1 } };
  }
  return null;
}

const FEWEST = 3; // pieces that are still to be put in order

/**
 * What makes the task easier: first a wrong line leaves, then two pieces that follow each other in the solution join, of those
 * that are apart in the reader's order if there are any. null if it is easy enough.
 * @param {Line[]} lines @param {number[][]} pieces lines that go together, in the reader's order @param
 * {Set<number>} sure without a wrong line
 * @returns {{leaves: number} | {joins: [number, number]} | null} a line; its first line and that of the piece that joins it
 */
export function easier(lines, pieces, sure) {
  const leaves = lines.findIndex(({ wrong }, index) => wrong && !sure.has(index));
  if (leaves >= 0) return { leaves };
  if (pieces.length <= FEWEST) return null;
  const sorted = [...pieces].sort(([a], [b]) => a - b);
  const joining = sorted.slice(1).flatMap((piece, at) => {
    const { block } = lines[piece[0]];
    return block === lines[sorted[at][0]].block || sorted[at].includes(block) ? [[sorted[at], piece]] : [];
  });
  const apart = joining.find(([one, next]) => pieces.indexOf(next) !== pieces.indexOf(one) + 1);
  const [one, next] = apart ?? joining[0] ?? [];
  return one && next ? { joins: [one[0], next[0]] } : null;
}

/**
 * The code that lines make, with what opens them and what stands around.
 * @param {Pick<Task, "before" | "head" | "after">} task @param {{code: string, depth: number}[]} lines
 */
export function codeOf({ before, head, after }, lines) {
  const body = lines.map(({ code, depth }) => `${"    ".repeat(depth + 1)}${code}`);
  return [before, [head, ...body].join("\n"), after].filter(Boolean).join("\n\n\n");
}
