// Finds the words of the archive that a misspelt one may have meant.

import RANKING from "../../ranking.json" with { type: "json" };
import { reverseWord } from "./sorted_terms.js";
import { editDistance, maxEdits } from "./spelling.js";

/** @import { QueryTerms } from "./query_terms.js" */

const { corrections: MAX_CORRECTIONS } = RANKING.limits;

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
