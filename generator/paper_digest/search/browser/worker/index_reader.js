// Fetches the files of the index, each once, and finds terms in what has come.

import { inflate, json, rests, rows, shard, terms, words } from "./codec.js";

const FORMAT = 3;

// A file could not be had. `gone` tells that the archive was published anew in the meantime.
export class Missing extends Error {
  constructor(name, gone) {
    super(`${name} could not be loaded`);
    this.gone = gone;
  }
}

export class Store {
  // `base` is the folder's URL; `early` may be the promise of a fetch of its root, made before.
  constructor(base, early, get = (url, options) => fetch(url, options)) {
    this.base = base;
    this.get = get;
    this.early = early;
    this.files = new Map();
    this.shards = [];
  }

  // Reads the root, once.
  open() {
    this.opening ||= this.readRoot().catch((error) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  async readRoot() {
    const early = this.early;
    this.early = undefined;
    const root = json(await inflate(await this.bytes("root.bin", early)));
    if (root.format !== FORMAT) throw new Missing("root.bin", true);
    root.shards = terms(root.shards);
    for (const list of ["beginnings", "ends"]) root[list] = terms(root[list]);
    this.root = root;
    return this;
  }

  // Forgets everything, to begin again with what is published now.
  reopen() {
    this.files.clear();
    this.shards = [];
    this.opening = undefined;
    this.early = this.get(new URL("root.bin", this.base), { cache: "reload" });
    return this.open();
  }

  async bytes(name, early, options) {
    let answer;
    try {
      answer = await (early || this.get(new URL(name, this.base), options));
    } catch {
      throw new Missing(name, false);
    }
    if (!answer.ok) throw new Missing(name, answer.status === 404);
    return new Uint8Array(await answer.arrayBuffer());
  }

  // Names hold a hash of the contents, so whatever the browser has kept is right.
  file(kind, number, hash, unpack) {
    const name = `${kind}${number}-${hash}.bin`;
    if (!this.files.has(name)) {
      const made = this.bytes(name, undefined, { cache: "force-cache" }).then(inflate).then(unpack);
      this.files.set(name, made);
      made.catch(() => this.files.delete(name));
    }
    return this.files.get(name);
  }

  async shard(number) {
    const { documents, head, names } = this.root;
    this.shards[number] ||= await this.file("t", number, names.terms,
      (bytes) => shard(bytes, documents, head));
    return this.shards[number];
  }

  async rest(number) {
    const { rests: firsts, names, documents } = this.root;
    const file = before(firsts, number);
    const lists = await this.file("r", file, names.rests, (bytes) => rests(bytes, documents));
    return lists[number - firsts[file]];
  }

  facets() {
    return this.file("f", 0, this.root.names.facets, (bytes) => marked(json(bytes), this.root.documents));
  }

  // The words of a list, "beginnings" or "ends" (these are written backwards), that begin so, each
  // with the logarithm of how many papers hold it.
  async spelt(list, start) {
    const [first, last] = span(this.root[list], start, 3);
    const wanted = [];
    for (let i = first; i <= last; i++) {
      wanted.push(this.file(list[0], i, this.root.names[list], words));
    }
    const found = [];
    for (const { names, marks } of await Promise.all(wanted)) {
      names.forEach((name, i) => name.startsWith(start) && found.push([name, marks[i]]));
    }
    return found;
  }

  async row(document) {
    const { chunk, group, names } = this.root;
    const number = Math.floor(document / chunk);
    const hash = names.documents.substr(Math.floor(number / group) * 8, 8);
    return (await this.file("d", number, hash, rows))[document % chunk];
  }

  // Loads the term ranges where words that begin so may stand, at most `most` for each.
  load(prefixes, most = 1) {
    const wanted = new Set();
    for (const prefix of prefixes) {
      const [first, last] = span(this.root.shards, prefix, most);
      for (let i = first; i <= last; i++) wanted.add(i);
    }
    return Promise.all([...wanted].map((number) => this.shard(number)));
  }

  // The entry of a term, if its range has been loaded and holds it.
  find(term) {
    const place = this.shards[before(this.root.shards, term)]?.places.get(term);
    return place === undefined ? undefined : this.entry(before(this.root.shards, term), place);
  }

  // Entries of the terms in the same range that at least so many papers hold, the commonest first.
  beside(term, least) {
    const number = before(this.root.shards, term);
    const { frequencies } = this.shards[number];
    const found = [];
    frequencies.forEach((frequency, place) => frequency >= least && found.push(place));
    found.sort((one, two) => frequencies[two] - frequencies[one]);
    return found.map((place) => this.entry(number, place));
  }

  // Entries of the `limit` most frequent loaded terms that begin so.
  beginning(prefix, most, limit) {
    const found = [];
    const [first, last] = span(this.root.shards, prefix, most);
    for (let number = first; number <= last; number++) {
      const { names = [], frequencies } = this.shards[number] || {};
      const from = names.length && names[0] < prefix ? before(names, prefix) : 0;
      for (let place = from; place < names.length; place++) {
        if (!names[place].startsWith(prefix)) {
          if (names[place] > prefix) break;
        } else {
          found.push({ number, place, frequency: frequencies[place] });
        }
      }
    }
    found.sort((one, two) => two.frequency - one.frequency);
    return found.slice(0, limit).map(({ number, place }) => this.entry(number, place));
  }

  entry(number, place) {
    const { names, splits, frequencies, starts, documents, payloads, long, entries } =
      this.shards[number];
    entries[place] ||= {
      term: names[place], split: splits[place], frequency: frequencies[place],
      documents: documents.subarray(starts[place], starts[place + 1]),
      payloads: payloads.subarray(starts[place], starts[place + 1]),
      rest: long.get(place),
    };
    return entries[place];
  }
}

// Each list as a 1 for each paper; a topic holds its subtopics' papers too, as its page does.
function marked({ topics, titles, above, sources, code }, documents) {
  const fill = (has, gaps) => {
    let document = 0;
    for (const gap of gaps) has[document += gap] = 1;
    return has;
  };
  const made = { topics: {}, titles, sources: {}, code: fill(new Uint8Array(documents), code) };
  for (const [name, gaps] of Object.entries(sources)) made.sources[name] = fill(new Uint8Array(documents), gaps);
  for (const [name, gaps] of Object.entries(topics)) {
    for (const topic of [name, above[name]].filter(Boolean)) {
      fill(made.topics[topic] ||= new Uint8Array(documents), gaps);
    }
  }
  return made;
}

export const backwards = (word) => [...word].reverse().join("");

// Place of the last entry that is not after `key` (0 if all are).
function before(sorted, key) {
  let low = 0;
  let high = sorted.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= key) low = middle;
    else high = middle;
  }
  return low;
}

// First and last place where words with a prefix may stand.
function span(sorted, prefix, most) {
  const first = before(sorted, prefix);
  return [first, Math.min(before(sorted, prefix + "\uffff"), first + most - 1, sorted.length - 1)];
}
