// Fetches the files of the index, each once, and finds terms in what has come.

/** @import { FacetBitsets, NewerSegment, Rest, Root, TermShard } from "../types" */
import RANKING from "../../ranking.json" with { type: "json" };
import {
  decodeJson,
  decodeRestShard,
  decodeRows,
  decodeTermShard,
  decodeTerms,
  decodeWords,
} from "./codec.js";
import { facetBitsets } from "./filters.js";
import { IndexFiles } from "./index_files.js";
import { mergeTermShards, renumberRest } from "./merged_range.js";
import { MissingFile } from "./missing_file.js";
import { fromGaps, PaperNumbers } from "./paper_numbers.js";
import { floorIndex, prefixRange } from "./sorted_terms.js";
import { ANEW } from "./whole_file.js";

const FORMAT_VERSION = 8;
const ROOT_FILE = "root.bin";

export class IndexReader {
  /**
   * @param {URL} base the folder's address
   * @param {Promise<Response>} [rootFetch] a fetch of its root that has begun
   * @param {(url: URL, options?: RequestInit) => Promise<Response>} [fetchFile]
   */
  constructor(base, rootFetch, fetchFile = (url, options) => fetch(url, options)) {
    this.files = new IndexFiles(base, fetchFile);
    this.rootFetch = rootFetch;
    /** @type {TermShard[]} */
    this.shards = [];
    /** @type {Promise<FacetBitsets> | undefined} */
    this.facets = undefined;
    /** @type {Promise<this> | undefined} */
    this.rootPromise = undefined;
    /** @type {Root | undefined} */
    this.openedRoot = undefined;
    /** Where the papers of two segments stand in the archive. @type {PaperNumbers | undefined} */
    this.numbers = undefined;
  }

  /** The table of contents, once `open` has read it. */
  get root() {
    if (!this.openedRoot) throw new Error("The index was not opened.");
    return this.openedRoot;
  }

  /** Reads the root, once. */
  open() {
    this.rootPromise ||= this.readRoot().catch((error) => {
      this.rootPromise = undefined;
      throw error;
    });
    return this.rootPromise;
  }

  async readRoot() {
    const { rootFetch } = this;
    this.rootFetch = undefined;
    const root = decodeJson(await this.files.bytes(ROOT_FILE, rootFetch));
    if (root.format !== FORMAT_VERSION) throw new MissingFile(ROOT_FILE, true);
    for (const list of ["shards", "beginnings", "ends"]) root[list] = decodeTerms(root[list]);
    root.rests = fromGaps(root.rests);
    const { newer } = root;
    this.numbers = newer && new PaperNumbers(root.documents, newer.numbers, newer.replaced);
    if (newer) {
      for (const list of ["beginnings", "ends"]) newer[list] = decodeTerms(newer[list]);
      newer.ranges = fromGaps(newer.ranges);
    }
    this.openedRoot = root;
    return this;
  }

  /** Forgets everything, to begin again with what is published now. */
  reopen() {
    this.files.clear();
    this.shards = [];
    this.facets = undefined;
    this.rootPromise = undefined;
    this.rootFetch = this.files.fetch(ROOT_FILE, ANEW);
    return this.open();
  }

  /**
   * A range of terms: of both segments, where there are two.
   * @param {number} number
   */
  async loadShard(number) {
    this.shards[number] ||= await this.loadJoined(number);
    return this.shards[number];
  }

  /**
   * @param {number} number
   * @returns {Promise<TermShard>}
   */
  async loadJoined(number) {
    const { newer, shards } = this.root;
    const base = this.loadBaseShard(number);
    if (!newer || !this.numbers) return base;
    const late = this.loadNewerShard(floorIndex(newer.ranges, number), newer);
    const first = number ? shards[number] : "";
    return mergeTermShards(await base, await late, first, shards[number + 1], this.numbers);
  }

  /**
   * A range of the base's terms.
   * @param {number} number
   */
  loadBaseShard(number) {
    const { head, names } = this.root;
    return this.files.load("t", number, names.terms, (bytes) =>
      decodeTermShard(bytes, this.baseCount, head),
    );
  }

  /**
   * A range of the newer segment's terms.
   * @param {number} place
   * @param {NewerSegment} newer
   */
  loadNewerShard(place, { names, numbers }) {
    return this.files.load("nt", place, names.terms, (bytes) =>
      decodeTermShard(bytes, numbers.length),
    );
  }

  /** Papers of the base, which is the whole index where there is one segment. */
  get baseCount() {
    return this.numbers ? this.numbers.ofBase.length : this.root.documents;
  }

  /**
   * @param {number} number
   * @returns {Promise<Rest>}
   */
  async loadRest(number) {
    const { rests: firsts } = this.root;
    const file = floorIndex(firsts, number);
    const lists = await this.loadRests(file);
    const rest = lists[number - firsts[file]];
    return this.numbers ? renumberRest(rest, this.numbers) : rest;
  }

  /**
   * A file of rests.
   * @param {number} file
   */
  loadRests(file) {
    return this.files.load("r", file, this.root.names.rests, (bytes) =>
      decodeRestShard(bytes, this.baseCount),
    );
  }

  /** @returns {Promise<FacetBitsets>} */
  async loadFacets() {
    const { names, newer, documents } = this.root;
    this.facets ||= Promise.all([
      this.files.load("f", 0, names.facets, decodeJson),
      ...(newer ? [this.files.load("nf", 0, newer.names.facets, decodeJson)] : []),
    ]).then((packed) => facetBitsets(packed, documents, this.numbers));
    this.facets.catch(() => {
      this.facets = undefined;
    });
    return this.facets;
  }

  /**
   * The words of a list that begin so, each with the logarithm of how many papers hold it.
   * @param {"beginnings" | "ends"} list "ends" has its words written backwards
   * @param {string} start
   */
  async spellingWords(list, start) {
    const { newer } = this.root;
    /** @type {Promise<{ names: string[], values: number[] }>[]} */
    const files = [];
    for (const [prefix, segment] of /** @type {const} */ ([
      ["", this.root],
      ["n", newer],
    ])) {
      if (!segment?.[list].length) continue;
      const [first, last] = prefixRange(segment[list], start, RANKING.limits.spellingRanges);
      for (let i = first; i <= last; i++) {
        files.push(this.files.load(prefix + list[0], i, segment.names[list], decodeWords));
      }
    }
    /** @type {[string, number][]} */
    const matches = [];
    for (const { names, values } of await Promise.all(files)) {
      names.forEach((name, i) => {
        if (name.startsWith(start)) matches.push([name, values[i]]);
      });
    }
    return matches;
  }

  /** @param {number} document */
  async loadRow(document) {
    const { chunk, group, names, newer } = this.root;
    const [isNewer, place] = this.numbers?.place(document) ?? [false, document];
    const hashes = isNewer && newer ? newer.names.documents : names.documents;
    const number = Math.floor(place / chunk);
    const at = Math.floor(number / group) * 8;
    const kind = isNewer ? "nd" : "d";
    const rows = await this.files.load(kind, number, hashes.slice(at, at + 8), decodeRows);
    return rows[place % chunk];
  }
}
