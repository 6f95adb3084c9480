// The terms that one query asks of an index.

/** @import { Entry } from "../types" */
/** @import { IndexReader } from "./index_reader.js" */
import { paperOf } from "./postings_list.js";
import { floorIndex, prefixRange } from "./sorted_terms.js";

/**
 * The term ranges that a query, or one of its words, has asked for. It sees no others, so its
 * answer depends on nothing that was asked before, although files once loaded stay.
 */
export class QueryTerms {
  /**
   * @param {IndexReader} index
   * @param {Iterable<number>} numbers of the ranges asked for so far
   * @param {Map<string, Entry>} entries those of the query
   */
  constructor(index, numbers = [], entries = new Map()) {
    this.index = index;
    this.numbers = new Set(numbers);
    this.entries = entries;
  }

  /** A copy for one word of the query: what it asks for, the other words do not see. */
  branch() {
    return new QueryTerms(this.index, this.numbers, this.entries);
  }

  /**
   * Sees what a branch has asked for, too.
   * @param {QueryTerms} branch
   */
  join(branch) {
    for (const number of branch.numbers) this.numbers.add(number);
  }

  /**
   * Loads the term ranges where words that begin so may stand.
   * @param {string[]} prefixes
   * @param {number} maxShards for each of them
   */
  load(prefixes, maxShards = 1) {
    /** @type {Set<number>} */
    const numbers = new Set();
    for (const prefix of prefixes) {
      const [first, last] = prefixRange(this.index.root.shards, prefix, maxShards);
      for (let i = first; i <= last; i++) numbers.add(i);
    }
    for (const number of numbers) this.numbers.add(number);
    return Promise.all([...numbers].map((number) => this.index.loadShard(number)));
  }

  /**
   * The entry of a term, if its range was asked for and holds it.
   * @param {string} term
   */
  find(term) {
    const number = floorIndex(this.index.root.shards, term);
    const place = this.numbers.has(number) ? this.index.shards[number].places.get(term) : undefined;
    return place === undefined ? undefined : this.entry(number, place);
  }

  /**
   * The authors with a word that begins so, but for some words, as if one term named them. Every
   * list is read whole, whatever was asked for.
   * @param {string} letter
   * @param {Set<string>} otherWords
   * @returns {Promise<Entry | undefined>}
   */
  async initial(letter, otherWords) {
    const { index } = this;
    const [first, last] = prefixRange(index.root.shards, letter, index.root.shards.length);
    const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const shards = await Promise.all(numbers.map((number) => index.loadShard(number)));
    /** @type {Set<number>} */
    const keys = new Set();
    let isFound = false;
    for (const { names, authorKeys, long } of shards) {
      for (let place = 0; place < names.length; place++) {
        if (!names[place].startsWith(letter) || otherWords.has(names[place])) continue;
        isFound = true;
        const rest = long.get(place);
        const restKeys = rest === undefined ? [] : (await index.loadRest(rest)).authorKeys;
        for (const key of authorKeys[place].concat(restKeys)) keys.add(key);
      }
    }
    if (!isFound) return undefined;
    const papers = new Set([...keys].sort((one, two) => one - two).map(paperOf));
    const documents = Int32Array.from(papers);
    const payloads = new Uint8Array(documents.length);
    const frequency = Math.max(1, documents.length);
    const term = `${letter}*`;
    return {
      term,
      split: 0,
      frequency,
      documents,
      payloads,
      authorKeys: [...keys],
      rest: undefined,
    };
  }

  /**
   * Entries of a loaded term's range that at least so many papers hold, the commonest first.
   * @param {string} term
   * @param {number} minFrequency
   */
  commoner(term, minFrequency) {
    const number = floorIndex(this.index.root.shards, term);
    const { frequencies } = this.index.shards[number];
    const places = [...frequencies.keys()].filter((place) => frequencies[place] >= minFrequency);
    places.sort((one, two) => frequencies[two] - frequencies[one]);
    return places.map((place) => this.entry(number, place));
  }

  /**
   * Entries of the most frequent terms that begin so in the ranges asked for.
   * @param {string} prefix
   * @param {number} maxShards how many ranges to look through
   * @param {number} limit how many entries
   */
  completions(prefix, maxShards, limit) {
    const matches = [];
    const [first, last] = prefixRange(this.index.root.shards, prefix, maxShards);
    for (let number = first; number <= last; number++) {
      if (!this.numbers.has(number)) continue;
      const { names, frequencies } = this.index.shards[number];
      const start = names[0] < prefix ? floorIndex(names, prefix) : 0;
      for (let place = start; place < names.length; place++) {
        if (names[place].startsWith(prefix)) {
          matches.push({ number, place, frequency: frequencies[place] });
        } else if (names[place] > prefix) {
          break;
        }
      }
    }
    matches.sort((one, two) => two.frequency - one.frequency);
    return matches.slice(0, limit).map(({ number, place }) => this.entry(number, place));
  }

  /**
   * @param {number} number
   * @param {number} place
   * @returns {Entry}
   */
  entry(number, place) {
    const key = `${number} ${place}`;
    const present = this.entries.get(key);
    if (present) return present;
    const { names, splits, frequencies, starts, documents, payloads, authorKeys, long } =
      this.index.shards[number];
    const entry = {
      term: names[place],
      split: splits[place],
      frequency: frequencies[place],
      documents: documents.subarray(starts[place], starts[place + 1]),
      payloads: payloads.subarray(starts[place], starts[place + 1]),
      authorKeys: authorKeys[place],
      rest: long.get(place),
    };
    this.entries.set(key, entry);
    return entry;
  }
}
