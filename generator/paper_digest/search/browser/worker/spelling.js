// Counts the edits between two words.

import RANKING from "../../ranking.json" with { type: "json" };

const { oneEditLetters, twoEditsLetters } = RANKING.limits;
const DISTANCE_ROWS = [0, 1, 2].map(() => new Uint8Array(128));

/**
 * Edits between two words, of which a swap of neighbours is one; Infinity above `limit`.
 * @param {string} typed
 * @param {string} word
 * @param {number} limit
 * @param {boolean} asPrefix `typed` may still grow: the best beginning of `word` counts
 */
export function editDistance(typed, word, limit, asPrefix) {
  if (!asPrefix && Math.abs(typed.length - word.length) > limit) return Infinity;
  const width = Math.min(word.length, typed.length + limit, 127);
  let [older, old, row] = DISTANCE_ROWS;
  for (let j = 0; j <= width; j++) row[j] = j;
  for (let i = 1; i <= typed.length; i++) {
    [older, old, row] = [old, row, older];
    row[0] = i;
    let rowMinimum = i;
    for (let j = 1; j <= width; j++) {
      const same = typed[i - 1] === word[j - 1];
      let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      row[j] = cost;
      if (cost < rowMinimum) rowMinimum = cost;
    }
    if (rowMinimum > limit) return Infinity;
    if (i === typed.length && asPrefix) return rowMinimum;
  }
  const best = row[width];
  return best <= limit && width === word.length ? best : Infinity;
}

/**
 * How many edits a word of this length may be off.
 * @param {string} word
 */
export function maxEdits(word) {
  if (word.length < oneEditLetters) return 0;
  return word.length < twoEditsLetters ? 1 : 2;
}
