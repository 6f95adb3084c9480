// Fetches and unpacks the files of the index, each once.

import { inflate } from "./codec.js";
import { ANEW, readWhole } from "./whole_file.js";

// Names hold a hash of the contents, so whatever the browser has cached is right.
const CACHED = /** @type {const} */ ({ cache: "force-cache" });

export class IndexFiles {
  /**
   * @param {URL} base the folder's address
   * @param {(url: URL, options?: RequestInit) => Promise<Response>} fetchFile
   */
  constructor(base, fetchFile) {
    this.base = base;
    this.fetchFile = fetchFile;
    /** @type {Map<string, Promise<any>>} */
    this.loaded = new Map();
    /** @type {Map<string, Promise<Response>>} */
    this.begun = new Map();
  }

  clear() {
    this.loaded.clear();
    this.begun.clear();
  }

  /**
   * @param {string} name
   * @param {RequestInit} [options]
   */
  fetch(name, options) {
    return this.fetchFile(new URL(name, this.base), options);
  }

  /**
   * A file's contents, unpacked.
   * @param {string} name
   * @param {Promise<Response>} [begun] its fetch, if that has begun
   * @returns {Promise<Uint8Array>} throws MissingFile
   */
  bytes(name, begun = this.fetch(name)) {
    const fetchAnew = () => this.fetch(name, ANEW);
    return readWhole(name, begun, fetchAnew, async (response) =>
      inflate(new Uint8Array(await response.arrayBuffer())),
    );
  }

  /**
   * @template T
   * @param {string} kind
   * @param {number} number
   * @param {string} hash
   * @param {(bytes: Uint8Array) => T | Promise<T>} unpack
   * @returns {Promise<T>}
   */
  load(kind, number, hash, unpack) {
    const name = nameOf(kind, number, hash);
    const loaded = this.loaded.get(name);
    if (loaded) return loaded;
    const bytes = this.bytes(name, this.begun.get(name) ?? this.fetch(name, CACHED));
    this.begun.delete(name);
    const content = bytes.then(unpack);
    this.loaded.set(name, content);
    content.catch(() => this.loaded.delete(name));
    return content;
  }

  /**
   * Begins to fetch a file that `load` will be asked for.
   * @param {string} kind
   * @param {number} number
   * @param {string} hash
   */
  begin(kind, number, hash) {
    const name = nameOf(kind, number, hash);
    if (this.loaded.has(name) || this.begun.has(name)) return;
    const fetched = this.fetch(name, CACHED);
    fetched.catch(() => undefined); // whoever loads it says so
    this.begun.set(name, fetched);
  }
}

/** @type {(kind: string, number: number, hash: string) => string} */
const nameOf = (kind, number, hash) => `${kind}${number}-${hash}.bin`;
