// Joins a term range of the base with the same stretch of terms in the newer segment.

/** @import { Rest, TermShard } from "../types" */
import { renumberedKeys } from "./paper_numbers.js";
/** @import { PaperNumbers } from "./paper_numbers.js" */

/**
 * One range, papers numbered as in the archive. The newer segment gives the frequency in the whole
 * archive of each term that it holds, or that a replaced paper held; what no paper has is left out.
 * @param {TermShard} base
 * @param {TermShard} newer
 * @param {string} first the term from which on the newer segment's terms belong here
 * @param {string | undefined} after the one before which they end
 * @param {PaperNumbers} numbers
 * @returns {TermShard}
 */
export function mergeTermShards(base, newer, first, after, numbers) {
  const own = newer.names.filter((name) => name >= first && !(after && name >= after));
  const names = [...new Set([...base.names, ...own])]
    .filter((name) => newer.frequencies[newer.places.get(name) ?? -1] !== 0)
    .sort((one, two) => (one < two ? -1 : 1));
  const splits = [];
  const frequencies = [];
  const starts = [0];
  const authorKeys = [];
  const long = new Map();
  /** @type {number[]} */
  const documents = [];
  /** @type {number[]} */
  const payloads = [];
  for (const name of names) {
    const one = base.places.get(name);
    const two = newer.places.get(name);
    const rest = one === undefined ? undefined : base.long.get(one);
    if (rest !== undefined) long.set(frequencies.length, rest);
    const old = postingsAt(base, one, numbers.ofBase);
    const late = postingsAt(newer, two, numbers.ofNewer);
    splits.push(Math.max(old.split, late.split));
    frequencies.push(two === undefined ? old.frequency : late.frequency);
    authorKeys.push([...old.authorKeys, ...late.authorKeys]);
    const size = old.documents.length + late.documents.length;
    for (let i = 0, j = 0; i + j < size; ) {
      const isOld = j === late.documents.length || old.documents[i] < late.documents[j];
      documents.push(isOld ? old.documents[i] : late.documents[j]);
      payloads.push(isOld ? old.payloads[i++] : late.payloads[j++]);
    }
    starts.push(documents.length);
  }
  return {
    names,
    places: new Map(names.map((name, place) => [name, place])),
    splits,
    frequencies,
    starts,
    documents: Int32Array.from(documents),
    payloads: Uint8Array.from(payloads),
    authorKeys,
    long,
  };
}

/**
 * What a segment holds of a term, without the papers that no longer count.
 * @param {TermShard} shard
 * @param {number | undefined} place
 * @param {Int32Array} numbers
 */
function postingsAt(shard, place, numbers) {
  if (place === undefined)
    return { documents: [], payloads: [], authorKeys: [], split: 0, frequency: 0 };
  const documents = [];
  const payloads = [];
  for (let i = shard.starts[place]; i < shard.starts[place + 1]; i++) {
    const number = numbers[shard.documents[i]];
    if (number < 0) continue;
    documents.push(number);
    payloads.push(shard.payloads[i]);
  }
  return {
    documents,
    payloads,
    authorKeys: renumberedKeys(shard.authorKeys[place], numbers),
    split: shard.splits[place],
    frequency: shard.frequencies[place],
  };
}

/**
 * The rest of a list, which the base alone has, papers numbered as in the archive.
 * @param {Rest} rest
 * @param {PaperNumbers} numbers
 * @returns {Rest}
 */
export function renumberRest({ documents, payloads, authorKeys }, { ofBase }) {
  const valid = [...documents.keys()].filter((place) => ofBase[documents[place]] >= 0);
  return {
    documents: Int32Array.from(valid, (place) => ofBase[documents[place]]),
    payloads: Uint8Array.from(valid, (place) => payloads[place]),
    authorKeys: renumberedKeys(authorKeys, ofBase),
  };
}
