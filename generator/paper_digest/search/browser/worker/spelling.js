// Finds the words of the archive that a misspelt one may have meant.

import { backwards } from "./index_reader.js";

const MOST = 8;
const ROWS = [0, 1, 2].map(() => new Uint8Array(128));

// Edits (a swap of neighbours is one) between `typed` and `word`, or, for a word that is still
// being typed, its best beginning; Infinity above `limit`.
export function distance(typed, word, limit, beginning) {
  if (!beginning && Math.abs(typed.length - word.length) > limit) return Infinity;
  const width = Math.min(word.length, typed.length + limit, 127);
  let [older, old, row] = ROWS;
  for (let j = 0; j <= width; j++) row[j] = j;
  for (let i = 1; i <= typed.length; i++) {
    [older, old, row] = [old, row, older];
    row[0] = i;
    let least = i;
    for (let j = 1; j <= width; j++) {
      const same = typed[i - 1] === word[j - 1];
      let cost = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return Infinity;
    if (i === typed.length && beginning) return least;
  }
  const best = row[width];
  return best <= limit && width === word.length ? best : Infinity;
}

export const limitFor = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

// Loads what is needed and gives the entries nearest to `word` (not its own), with their `distance`.
// `typed` is what it was before its plural was taken off, if it may be the beginning of a word.
export async function near(store, word, typed) {
  const limit = limitFor(word);
  if (!limit || !/^[a-z]{4,40}$/.test(word)) return [];
  // One slip, even a swap in the middle, leaves the word's beginning or its end as it was.
  const half = Math.floor((word.length - 1) / 2);
  const [begun, ended] = await Promise.all([
    store.spelt("beginnings", word.slice(0, half)),
    store.spelt("ends", backwards(word.slice(-half))),
  ]);
  const found = new Map();
  let best = limit;
  const take = (other, common, far) => {
    if (far > best || !far) return;
    if (far < best) found.clear();
    best = far;
    found.set(other, common);
  };
  for (const [other, common] of begun) {
    const whole = distance(word, other, best, false);
    const begins = typed && other !== word ? distance(typed, other, best, true) : Infinity;
    take(other, common, Math.min(whole, begins || Infinity));
  }
  for (const [other, common] of ended) {
    const forwards = backwards(other);
    take(forwards, common, distance(word, forwards, best, false));
  }
  const nearest = [...found].sort(([, one], [, two]) => two - one).slice(0, MOST);
  await store.load(nearest.map(([other]) => other));
  return nearest.map(([other]) => store.find(other)).filter(Boolean)
    .map((entry) => ({ entry, distance: best }));
}
