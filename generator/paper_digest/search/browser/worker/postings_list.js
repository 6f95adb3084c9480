// Posting lists of terms, and of terms that follow each other, as one list.

/** @import { Entry, Postings, Unit, UnitOption } from "../types" */
import { IMPACT_SHIFT, POSITION_BITS, TITLE_BIT } from "./payload.js";

// A key is the paper's number times this, and an author's place or a position.
export const NUMBERS_PER_PAPER = 65536;

// A key of an author holds, below the place, two bits of where in the name the term stands.
const NAME_PLACES = 4;

/** @param {Entry} entry */
const rawKeys = ({ authorKeys, loadedRest }) =>
  loadedRest ? authorKeys.concat(loadedRest.authorKeys) : authorKeys;

/**
 * The authors whose names are the units, in that order, and no other word; places are compared by
 * two bits, so that a longer name may pass for exact.
 * @param {Unit[]} units
 * @returns {number[]}
 */
function exactKeysOf(units) {
  const wordCount = units.reduce((sum, { words }) => sum + words.length, 0);
  let wordsAfter = wordCount;
  /** @type {Set<number> | undefined} */
  let keys;
  for (const { words, options } of units) {
    const parts = options[0]?.parts ?? [];
    if (parts.length !== words.length) return [];
    for (const part of parts) {
      wordsAfter--;
      const before = keys;
      const place = (wordCount > 2 ? 2 : 0) + (wordsAfter & 1);
      const there = rawKeys(part).filter((key) => key % NAME_PLACES === place);
      const known = there.map((key) => key - place);
      keys = new Set(before ? known.filter((key) => before.has(key)) : known);
    }
  }
  return [...(keys ?? [])];
}

/**
 * The authors whose names have all parts, as keys.
 * @param {Entry[]} parts
 * @returns {number[]}
 */
export function authorKeysOf(parts) {
  const lists = parts.map((part) => rawKeys(part).map((key) => key - (key % NAME_PLACES)));
  return lists.reduce((keys, list) => {
    const others = new Set(list);
    return keys.filter((key) => others.has(key));
  });
}

/** @param {number} key */
export const paperOf = (key) => Math.floor(key / NUMBERS_PER_PAPER);

/**
 * The authors whose names have a unit, as keys.
 * @param {Unit} unit
 */
export const namedBy = ({ options }) =>
  options.flatMap(({ parts }) => (parts.length === 1 ? authorKeysOf(parts) : []));

/**
 * The authors whose names have all units, as keys.
 * @param {Unit[]} units
 */
export function keysOfName(units) {
  /** @type {Set<number> | undefined} */
  let keys;
  for (const { options } of units) {
    const before = keys;
    const unitKeys = options.flatMap(({ parts }) => authorKeysOf(parts));
    keys = new Set(before ? unitKeys.filter((key) => before.has(key)) : unitKeys);
  }
  return [...(keys ?? [])];
}

/**
 * The papers of the authors whose names are the units.
 * @param {Unit[]} units
 */
export const papersOfExact = (units) => new Set(exactKeysOf(units).map(paperOf));

/**
 * The papers whose first author is among some authors.
 * @param {number[]} keys
 */
export const papersOfFirst = (keys) =>
  new Set(keys.filter((key) => key % NUMBERS_PER_PAPER === 0).map(paperOf));

/**
 * Papers with an author whose name has all parts; of one part, its own list.
 * @param {Entry[]} parts
 * @returns {Postings}
 */
export function authorPostingsOf(parts) {
  const full = fullPostings(parts[0]);
  if (parts.length === 1) return full;
  const papers = new Set(authorKeysOf(parts).map(paperOf));
  const documents = [];
  const payloads = [];
  for (let i = 0; i < full.documents.length; i++) {
    if (!papers.has(full.documents[i])) continue;
    documents.push(full.documents[i]);
    payloads.push(full.payloads[i]);
  }
  return { documents, payloads, frequency: Math.max(1, documents.length) };
}

/**
 * The positions (modulo four) of a word in a paper. A word that also names an author has none
 * listed; where it has an impact it stands in the text too, so anywhere.
 * @param {number} payload
 */
export const positionsOf = (payload) =>
  payload & POSITION_BITS || (payload >> IMPACT_SHIFT ? POSITION_BITS : 0);

/**
 * Four positions moved on by so many.
 * @param {number} positions
 * @param {number} shift 0 to 3
 */
export const shiftPositions = (positions, shift) =>
  ((positions << shift) | (positions >> (4 - shift))) & POSITION_BITS;

/**
 * The papers that have an option of a unit; of several parts, where they stand in a row.
 * @param {UnitOption} option
 * @param {Unit} unit
 */
export const postingsOf = (option, unit) =>
  option.parts.length > 1 ? rowPostings(option, unit) : fullPostings(option.parts[0]);

/**
 * A term's list: the head, and what else of it has been loaded.
 * @param {Entry} entry
 * @returns {Postings}
 */
function fullPostings(entry) {
  const { loadedRest } = entry;
  if (!loadedRest || entry.fullPostings) return entry.fullPostings || entry;
  const size = entry.documents.length + loadedRest.documents.length;
  const documents = new Int32Array(size);
  const payloads = new Uint8Array(size);
  for (let at = 0, i = 0, j = 0; at < size; at++) {
    const isHead = !(entry.documents[i] > loadedRest.documents[j]) && i < entry.documents.length;
    const from = isHead ? entry : loadedRest;
    const place = isHead ? i++ : j++;
    documents[at] = from.documents[place];
    payloads[at] = from.payloads[place];
  }
  entry.fullPostings = { frequency: entry.frequency, documents, payloads };
  return entry.fullPostings;
}

/**
 * Papers where the parts follow each other, as one list, which the unit remembers.
 * @param {UnitOption} option
 * @param {Unit} unit
 */
function rowPostings({ parts, papers }, unit) {
  const key = parts.map((part) => `${part.term} ${part.loadedRest ? 1 : 0}`).join(" ");
  unit.sequences ||= new Map();
  const remembered = unit.sequences.get(key);
  if (remembered) return remembered;
  let postings = fullPostings(parts[0]);
  for (const part of parts.slice(1)) postings = followedBy(postings, fullPostings(part), papers);
  const counted = { ...postings, frequency: Math.max(1, postings.documents.length) };
  unit.sequences.set(key, counted);
  return counted;
}

/**
 * Papers where a word of `next` comes right after one of `first`, as far as positions modulo four say.
 * @param {Postings} first
 * @param {Postings} next
 * @param {Set<number>} [among] other papers are left out
 * @returns {Postings}
 */
function followedBy(first, next, among) {
  const documents = [];
  const payloads = [];
  for (let i = 0, j = 0; i < first.documents.length && j < next.documents.length; ) {
    const gap = first.documents[i] - next.documents[j];
    if (gap < 0) i++;
    else if (gap > 0) j++;
    else {
      const payload = followedPayload(first.payloads[i], next.payloads[j]);
      if (payload && (!among || among.has(first.documents[i]))) {
        documents.push(first.documents[i]);
        payloads.push(payload);
      }
      i++;
      j++;
    }
  }
  return { documents, payloads, frequency: documents.length };
}

/**
 * The payload of two words in a row in one paper; 0 where they do not follow each other there.
 * @param {number} one
 * @param {number} two
 */
function followedPayload(one, two) {
  const begins = positionsOf(one);
  const follows = shiftPositions(begins, 1) & positionsOf(two);
  if (!follows) return 0;
  const impact = Math.min(one >> IMPACT_SHIFT, two >> IMPACT_SHIFT);
  const positions = follows | (begins & shiftPositions(follows, 3));
  return (impact << IMPACT_SHIFT) | (one & two & TITLE_BIT) | positions;
}
