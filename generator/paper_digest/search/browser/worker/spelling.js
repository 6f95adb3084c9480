// Finds the words of the archive that a misspelt one may have meant.

import RANKING from "../../ranking.json" with { type: "json" };
import { reverseWord } from "./sorted_terms.js";

/** @import { QueryTerms } from "./query_terms.js" */

const { corrections: MAX_CORRECTIONS, oneEditLetters, twoEditsLetters } = RANKING.limits;
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

/**
 * Loads what is needed and gives the entries nearest to a word, without its own.
 * @param {QueryTerms} terms
 * @param {string} word
 * @param {string | false} [typed] what it was before its plural was taken off, if it may be the
 *   beginning of a word
 */
export async function similarTerms(terms, word, typed) {
  const limit = maxEdits(word);
  if (!limit || !/^[a-z]{4,40}$/.test(word)) return [];
  // One slip, even a swap in the middle, leaves the word's beginning or its end as it was.
  const half = Math.floor((word.length - 1) / 2);
  const [byPrefix, bySuffix] = await Promise.all([
    terms.index.spellingWords("beginnings", word.slice(0, half)),
    terms.index.spellingWords("ends", reverseWord(word.slice(-half))),
  ]);
  /** @type {Map<string, number>} */
  const frequencyByWord = new Map();
  let best = limit;
  /** @type {(other: string, frequency: number, editCount: number) => void} */
  const consider = (other, frequency, editCount) => {
    if (editCount > best || !editCount) return;
    if (editCount < best) frequencyByWord.clear();
    best = editCount;
    frequencyByWord.set(other, frequency);
  };
  for (const [other, frequency] of byPrefix) {
    const whole = editDistance(word, other, best, false);
    const begun = typed && other !== word ? editDistance(typed, other, best, true) : Infinity;
    consider(other, frequency, Math.min(whole, begun || Infinity));
  }
  for (const [reversed, frequency] of bySuffix) {
    const other = reverseWord(reversed);
    consider(other, frequency, editDistance(word, other, best, false));
  }
  const nearest = [...frequencyByWord]
    .sort(([, one], [, two]) => two - one)
    .slice(0, MAX_CORRECTIONS)
    .map(([other]) => other);
  await terms.load(nearest);
  return nearest
    .map((other) => terms.find(other))
    .filter((entry) => entry !== undefined)
    .map((entry) => ({ entry, distance: best }));
}
