// Unpacks the files of the index; codec.py and shards.py are the other half.

/** @import { Rest, TermShard } from "../types" */
import { POSITION_BITS } from "./payload.js";
import { NUMBERS_PER_PAPER } from "./postings_list.js";

const ID_SIGN = "#"; // what the term of a paper's id begins with, which names no author

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<Uint8Array>}
 */
export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** @param {Uint8Array} bytes */
const decodeText = (bytes) => new TextDecoder().decode(bytes);

/** @param {string} text */
const splitLines = (text) => (text ? text.split("\n") : []);

/**
 * Sorted terms, each written as what it does not share with the one before it.
 * @param {string} text
 * @param {number[]} values takes the small number that stands with each term, 0 where none does
 */
export function decodeTerms(text, values = []) {
  let previous = "";
  return splitLines(text).map((line) => {
    const tab = line.indexOf("\t");
    values.push(tab < 0 ? 0 : line.charCodeAt(tab + 1) - 32);
    const rest = line.slice(1, tab < 0 ? line.length : tab);
    previous = previous.slice(0, line.charCodeAt(0) - 32) + rest;
    return previous;
  });
}

/** @param {Uint8Array} bytes */
export const decodeRows = (bytes) => splitLines(decodeText(bytes)).map((line) => line.split("\t"));

/** @param {Uint8Array} bytes */
export const decodeJson = (bytes) => JSON.parse(decodeText(bytes));

/** @param {Uint8Array} bytes */
export function decodeWords(bytes) {
  /** @type {number[]} */
  const values = [];
  const names = decodeTerms(decodeText(bytes), values);
  return { names, values };
}

/**
 * One term range: what it says of each term, and all their postings one after another.
 * @param {Uint8Array} bytes
 * @param {number} documentCount
 * @param {number} [head] how many papers of a long list are in the range itself; absent where
 *   all are, and the length of each list is written
 * @returns {TermShard}
 */
export function decodeTermShard(bytes, documentCount, head = Infinity) {
  const cursor = { bytes, at: 0 };
  const length = readVarint(cursor);
  const longBefore = readVarint(cursor);
  const placesLength = readVarint(cursor);
  /** @type {number[]} */
  const splits = [];
  const text = decodeText(bytes.subarray(cursor.at, cursor.at + length));
  const names = decodeTerms(text, splits);
  cursor.at += length;
  const frequencies = names.map(() => readVarint(cursor));
  const counts = frequencies.map((frequency) =>
    head === Infinity ? readVarint(cursor) : Math.min(frequency, head),
  );
  const starts = [0];
  for (const count of counts) starts.push(starts[starts.length - 1] + count);
  const size = starts[starts.length - 1];
  const payloads = bytes.subarray(cursor.at, cursor.at + size);
  cursor.at += size;
  const documents = decodeRice(bytes, cursor.at + placesLength, counts, documentCount);
  const authorKeys = names.map((name, i) =>
    name[0] === ID_SIGN
      ? []
      : readAuthorKeys(cursor, documents, payloads, starts[i], starts[i + 1]),
  );
  const long = new Map();
  frequencies.forEach((frequency, place) => {
    if (frequency > head) long.set(place, longBefore + long.size);
  });
  const places = new Map(names.map((name, place) => [name, place]));
  return { names, places, splits, frequencies, starts, documents, payloads, authorKeys, long };
}

/**
 * What some long lists hold after their heads.
 * @param {Uint8Array} bytes
 * @param {number} documentCount
 * @returns {Rest[]}
 */
export function decodeRestShard(bytes, documentCount) {
  const cursor = { bytes, at: 0 };
  const length = readVarint(cursor);
  const placesLength = readVarint(cursor);
  const counts = Array.from({ length }, () => readVarint(cursor));
  const size = counts.reduce((sum, count) => sum + count, 0);
  const allPayloads = bytes.subarray(cursor.at, cursor.at + size);
  cursor.at += size;
  const allDocuments = decodeRice(bytes, cursor.at + placesLength, counts, documentCount);
  let end = 0;
  return counts.map((count) => {
    const start = end;
    end += count;
    const authorKeys = readAuthorKeys(cursor, allDocuments, allPayloads, start, end);
    const documents = allDocuments.subarray(start, end);
    return { payloads: allPayloads.subarray(start, end), documents, authorKeys };
  });
}

/**
 * The authors that a list names, as keys: the paper and the author's place among the paper's.
 * @param {{ bytes: Uint8Array, at: number }} cursor
 * @param {Int32Array} documents
 * @param {Uint8Array} payloads
 * @param {number} start of the list
 * @param {number} end
 */
function readAuthorKeys(cursor, documents, payloads, start, end) {
  /** @type {number[]} */
  const keys = [];
  for (let i = start; i < end; i++) {
    if (!(payloads[i] & POSITION_BITS)) {
      readNumbers(cursor, keys, documents[i] * NUMBERS_PER_PAPER, 1);
    }
  }
  return keys;
}

/**
 * Adds to some keys a group of numbers, each written as the step from the one before.
 * @param {{ bytes: Uint8Array, at: number }} cursor
 * @param {number[]} keys
 * @param {number} base what each number is added to
 * @param {number} scale what it is multiplied by
 */
export function readNumbers(cursor, keys, base, scale) {
  let number = 0;
  for (let isMore = true; isMore; ) {
    const step = readVarint(cursor);
    isMore = Boolean(step & 1);
    number += step >> 1;
    keys.push(base + number * scale);
  }
}

/** @param {{ bytes: Uint8Array, at: number }} cursor */
function readVarint(cursor) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = cursor.bytes[cursor.at++];
    value += (byte & 127) * shift;
    if (byte < 128) return value;
  }
}

/**
 * Rice codes: the high bits of a gap as that many zeros and a one, then its low bits.
 * @param {Uint8Array} bytes
 * @param {number} startByte
 * @param {number[]} counts lengths of the lists
 * @param {number} documentCount
 */
function decodeRice(bytes, startByte, counts, documentCount) {
  const documents = new Int32Array(counts.reduce((sum, count) => sum + count, 0));
  let bit = startByte * 8;
  let at = 0;
  for (const count of counts) {
    const mean = Math.floor(((documentCount - count) * 11) / ((count + 1) * 16));
    const width = mean ? 31 - Math.clz32(mean) : 0;
    let last = -1;
    for (let i = 0; i < count; i++) {
      let gap = 0;
      while (!((bytes[bit >> 3] >> (bit & 7)) & 1)) {
        bit++;
        gap++;
      }
      bit++;
      gap <<= width;
      for (let low = 0; low < width; low++, bit++) {
        gap |= ((bytes[bit >> 3] >> (bit & 7)) & 1) << low;
      }
      last += gap + 1;
      documents[at++] = last;
    }
  }
  return documents;
}
