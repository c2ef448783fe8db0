// How an epoch is dealt out, as nnlib does it: in as few batches of at most a size as possible, whose sizes differ by at most one.

/** How many batches an epoch has. @param {number} n samples @param {number} size of a batch, at most */
export const batchCount = (n, size) => Math.ceil(n / size);

/**
 * Where the batch of a step begins in the order of its epoch, and how many samples it has; the larger ones come first.
 * @param {number} step @param {number} n samples @param {number} size of a batch, at most
 */
export function batchAt(step, n, size) {
  const count = batchCount(n, size);
  const [at, least, larger] = [step % count, Math.floor(n / count), n % count];
  return { from: at * least + Math.min(at, larger), rows: least + (at < larger ? 1 : 0) };
}
