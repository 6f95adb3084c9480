// Finds places in sorted lists of terms.

/**
 * Place of the last entry that is not after `key`; 0 if all are.
 * @template {string | number} T
 * @param {T[]} sorted
 * @param {T} key
 */
export function floorIndex(sorted, key) {
  let low = 0;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= key) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * First and last place where words with a prefix may stand.
 * @param {string[]} sorted
 * @param {string} prefix
 * @param {number} maxCount
 */
export function prefixRange(sorted, prefix, maxCount) {
  const first = floorIndex(sorted, prefix);
  const last = floorIndex(sorted, `${prefix}\uffff`);
  return [first, Math.min(last, first + maxCount - 1, sorted.length - 1)];
}

/** @param {string} word */
export const reverseWord = (word) => [...word].reverse().join("");
