// Fetches where words stand in titles and texts: only a phrase needs it, so it has files of its own.

/** @import { Entry, Rest, TermShard, Unit } from "../types" */
/** @import { IndexReader } from "./index_reader.js" */
import { readNumbers } from "./codec.js";
import { renumberedKeys } from "./paper_numbers.js";
import { IMPACT_SHIFT, POSITION_BITS } from "./payload.js";
import { NUMBERS_PER_PAPER } from "./postings_list.js";
import { floorIndex } from "./sorted_terms.js";

/**
 * Gives all that can stand for some units its positions, of as much of each list as was fetched.
 * @param {IndexReader} index
 * @param {Unit[]} units
 */
export async function loadPositions(index, units) {
  const parts = units.flatMap(({ options }) => options.flatMap((option) => option.parts));
  await Promise.all(
    parts.map(async (part) => {
      const hasRest = Boolean(part.loadedRest);
      if (part.positions?.hasRest === hasRest) return;
      part.positions = { hasRest, keys: await keysOf(index, part) };
    }),
  );
}

/**
 * Where a term stands: the paper's number times 65,536 and the position, in rising order.
 * @param {IndexReader} index
 * @param {Entry} entry
 * @returns {Promise<number[]>}
 */
async function keysOf(index, { term, rest, loadedRest }) {
  const { root, numbers } = index;
  const number = floorIndex(root.shards, term);
  const [head, tail, late] = await Promise.all([
    keysInRange(index, "p", number, root.names.places, term, index.loadBaseShard(number)),
    loadedRest && rest !== undefined ? keysOfRest(index, rest) : [],
    newerKeys(index, number, term),
  ]);
  if (!numbers) return sorted(head, tail);
  const base = renumberedKeys([...head, ...tail], numbers.ofBase);
  return sorted(base, renumberedKeys(late, numbers.ofNewer));
}

/**
 * @param {IndexReader} index
 * @param {number} number of the range of the base
 * @param {string} term
 */
async function newerKeys(index, number, term) {
  const { newer } = index.root;
  if (!newer) return [];
  const place = floorIndex(newer.ranges, number);
  const range = index.loadNewerShard(place, newer);
  return keysInRange(index, "np", place, newer.names.places, term, range);
}

/**
 * @param {IndexReader} index
 * @param {string} kind
 * @param {number} number
 * @param {string} hash
 * @param {string} term
 * @param {Promise<TermShard>} range
 */
async function keysInRange(index, kind, number, hash, term, range) {
  const [lists, { places }] = await Promise.all([
    index.files.load(kind, number, hash, async (bytes) =>
      decodePositions(bytes, listsOf(await range)),
    ),
    range,
  ]);
  return lists[places.get(term) ?? -1] ?? [];
}

/** @param {TermShard} range */
const listsOf = ({ names, starts, documents, payloads }) =>
  names.map((_, i) => ({
    documents: documents.subarray(starts[i], starts[i + 1]),
    payloads: payloads.subarray(starts[i], starts[i + 1]),
  }));

/**
 * @param {IndexReader} index
 * @param {number} number of the rest
 */
async function keysOfRest(index, number) {
  const { rests: firsts, names } = index.root;
  const file = floorIndex(firsts, number);
  const lists = await index.files.load("q", file, names.restPlaces, async (bytes) =>
    decodePositions(bytes, await index.loadRests(file)),
  );
  return lists[number - firsts[file]];
}

/**
 * @param {number[]} one
 * @param {number[]} two
 */
const sorted = (one, two) => [...one, ...two].sort((a, b) => a - b);

/**
 * Where the words of some lists stand: for each list its keys, in rising order.
 * @param {Uint8Array} bytes
 * @param {Pick<Rest, "documents" | "payloads">[]} lists
 * @returns {number[][]}
 */
export function decodePositions(bytes, lists) {
  const cursor = { bytes, at: 0 };
  return lists.map(({ documents, payloads }) => {
    /** @type {number[]} */
    const keys = [];
    for (let i = 0; i < documents.length; i++) {
      const rests = payloads[i] & POSITION_BITS;
      const base = documents[i] * NUMBERS_PER_PAPER;
      if (!rests && payloads[i] >> IMPACT_SHIFT) readNumbers(cursor, keys, base, 1);
      for (let rest = 0; rest < 4; rest++) {
        if ((rests >> rest) & 1) readNumbers(cursor, keys, base + rest, 4);
      }
    }
    return keys.sort((one, two) => one - two);
  });
}
