// Fetches the files of the index, each once, and finds terms in what has come.

/** @import { Rest, Root, TermShard } from "../types" */
import RANKING from "../../ranking.json" with { type: "json" };
import {
  decodeJson,
  decodeRestShard,
  decodeRows,
  decodeTermShard,
  decodeTerms,
  decodeWords,
  inflate,
} from "./codec.js";
import { facetBitsets } from "./filters.js";
import { MissingFile } from "./missing_file.js";
import { floorIndex, prefixRange } from "./sorted_terms.js";

const FORMAT_VERSION = 5;

export class IndexReader {
  /**
   * @param {URL} base the folder's address
   * @param {Promise<Response>} [rootFetch] a fetch of its root that has begun
   * @param {(url: URL, options?: RequestInit) => Promise<Response>} [fetchFile]
   */
  constructor(base, rootFetch, fetchFile = (url, options) => fetch(url, options)) {
    this.base = base;
    this.fetchFile = fetchFile;
    this.rootFetch = rootFetch;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** @type {TermShard[]} */
    this.shards = [];
    /** @type {Promise<this> | undefined} */
    this.rootPromise = undefined;
    /** @type {Root | undefined} */
    this.openedRoot = undefined;
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
    const root = decodeJson(await inflate(await this.fetchBytes("root.bin", rootFetch)));
    if (root.format !== FORMAT_VERSION) throw new MissingFile("root.bin", true);
    for (const list of ["shards", "beginnings", "ends"]) root[list] = decodeTerms(root[list]);
    this.openedRoot = root;
    return this;
  }

  /** Forgets everything, to begin again with what is published now. */
  reopen() {
    this.files.clear();
    this.shards = [];
    this.rootPromise = undefined;
    this.rootFetch = this.fetchFile(new URL("root.bin", this.base), { cache: "reload" });
    return this.open();
  }

  /**
   * @param {string} name
   * @param {Promise<Response>} [begun] its fetch, if that has begun
   * @param {RequestInit} [options]
   */
  async fetchBytes(name, begun, options) {
    let response;
    try {
      response = await (begun || this.fetchFile(new URL(name, this.base), options));
    } catch {
      throw new MissingFile(name, false);
    }
    if (!response.ok) throw new MissingFile(name, response.status === 404);
    return new Uint8Array(await response.arrayBuffer());
  }

  /**
   * Names hold a hash of the contents, so whatever the browser has cached is right.
   * @template T
   * @param {string} kind
   * @param {number} number
   * @param {string} hash
   * @param {(bytes: Uint8Array) => T} unpack
   * @returns {Promise<T>}
   */
  loadFile(kind, number, hash, unpack) {
    const name = `${kind}${number}-${hash}.bin`;
    const loaded = this.files.get(name);
    if (loaded) return loaded;
    const options = /** @type {const} */ ({ cache: "force-cache" });
    const content = this.fetchBytes(name, undefined, options).then(inflate).then(unpack);
    this.files.set(name, content);
    content.catch(() => this.files.delete(name));
    return content;
  }

  /** @param {number} number */
  async loadShard(number) {
    const { documents, head, names } = this.root;
    this.shards[number] ||= await this.loadFile("t", number, names.terms, (bytes) =>
      decodeTermShard(bytes, documents, head),
    );
    return this.shards[number];
  }

  /**
   * @param {number} number
   * @returns {Promise<Rest>}
   */
  async loadRest(number) {
    const { rests: firsts, names, documents } = this.root;
    const file = floorIndex(firsts, number);
    const lists = await this.loadFile("r", file, names.rests, (bytes) =>
      decodeRestShard(bytes, documents),
    );
    return lists[number - firsts[file]];
  }

  loadFacets() {
    const { names, documents } = this.root;
    return this.loadFile("f", 0, names.facets, (bytes) =>
      facetBitsets(decodeJson(bytes), documents),
    );
  }

  /**
   * The words of a list that begin so, each with the logarithm of how many papers hold it.
   * @param {"beginnings" | "ends"} list "ends" has its words written backwards
   * @param {string} start
   */
  async spellingWords(list, start) {
    const [first, last] = prefixRange(this.root[list], start, RANKING.limits.spellingRanges);
    const files = [];
    for (let i = first; i <= last; i++) {
      files.push(this.loadFile(list[0], i, this.root.names[list], decodeWords));
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
    const { chunk, group, names } = this.root;
    const number = Math.floor(document / chunk);
    const place = Math.floor(number / group) * 8;
    const hash = names.documents.slice(place, place + 8);
    return (await this.loadFile("d", number, hash, decodeRows))[document % chunk];
  }
}
