// Runs the search worker's scripts in Node against a folder of index files, as a browser would.
// Reads one JSON request a line from stdin, writes one JSON answer a line to stdout.

import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import vm from "node:vm";
import { MessageType } from "../../generator/paper_digest/search/browser/message_types.js";

const { RESULT, SEARCH_RESULT, FAILED, SNIPPET_RESULT, HOLD_RESULT } = MessageType;
const ANSWERS = [RESULT, SEARCH_RESULT, FAILED, SNIPPET_RESULT, HOLD_RESULT];
const UNANSWERED = [MessageType.SETUP, MessageType.EARLY];
const STUCK_MS = 300_000; // until a machine is not slow but stuck

const folder = process.argv[2];
const fetched = [];
const posted = [];
const statuses = [];
const missing = new Set();
// What the browser stored of files at a bad hour, and gives again unless it is asked to fetch them anew.
const stored = new Map();
const spoilt = {
  404: () => new Response("", { status: 404 }),
  500: () => new Response("", { status: 500 }),
  page: () => new Response("<!doctype html><title>Log in</title>"),
  half: (bytes) => new Response(bytes.subarray(0, bytes.length / 2)),
  empty: () => new Response(""),
  cut: () =>
    new Response(new ReadableStream({ start: (stream) => stream.error(new TypeError("cut")) })),
};
const waiting = [];

class Channel {
  constructor(name) {
    this.name = name;
    channels.push(this);
  }
  postMessage(message) {
    statuses.push(message);
  }
}
const channels = [];

async function read(url, { cache } = {}) {
  const name = path.basename(new URL(url).pathname);
  fetched.push(name);
  const file = path.join(folder, name);
  if (missing.has("*")) throw new TypeError("no network");
  if (missing.has(name) || !fs.existsSync(file)) return new Response("", { status: 404 });
  const bytes = fs.readFileSync(file);
  if (cache === "reload") stored.delete(name);
  return stored.has(name) ? spoilt[stored.get(name)](bytes) : new Response(bytes);
}

const context = vm.createContext({
  Blob,
  Response,
  DecompressionStream,
  TextDecoder,
  URL,
  URLSearchParams,
  console,
  performance,
  setTimeout,
  clearTimeout,
  BroadcastChannel: Channel,
  fetch: read,
  postMessage(message) {
    if (message.type === MessageType.HEARD) return; // before each answer
    posted.push(message);
    if (ANSWERS.includes(message.type)) for (const resolve of waiting.splice(0)) resolve();
  },
  importScripts(url) {
    const name = path.basename(new URL(url).pathname);
    if (missing.has("*")) throw new TypeError("no network");
    fetched.push(name);
    vm.runInContext(fs.readFileSync(path.join(folder, name), "utf8"), context, { filename: name });
  },
});
context.self = context;
context.location = new URL("http://archive.test/assets/search/worker.js#tab");
vm.runInContext(fs.readFileSync(path.join(folder, "worker.js"), "utf8"), context);

const run = (code) => vm.runInContext(code, context);

const answered = () =>
  new Promise((resolve) => {
    waiting.push(resolve);
    setTimeout(resolve, STUCK_MS);
  });

const soon = () => new Promise((resolve) => setTimeout(resolve, 50));

const jobs = {
  // Posts messages to the worker, one after the other or all at once; gives what came back.
  async post({ messages, together }) {
    for (const data of messages) {
      const done = answered();
      context.onmessage({ data });
      if (!UNANSWERED.includes(data.type) && !together) await done;
    }
    if (together) await answered();
    return { posted: posted.splice(0), statuses: statuses.splice(0), fetched: fetched.splice(0) };
  },
  async focus() {
    channels[0].onmessage({ data: {} });
    const began = performance.now();
    while (!fetched.includes("root.bin") && performance.now() - began < STUCK_MS) await soon();
    await soon(); // nothing more is fetched; a slow machine only sees less of what must not be
    return { fetched: fetched.splice(0) };
  },
  async lose({ names }) {
    missing.clear();
    for (const name of names) missing.add(name);
    return {};
  },
  async spoil({ names, how }) {
    for (const name of names) stored.set(name, how);
    return {};
  },
  async words({ texts }) {
    const { tokens, indexWords } = run('modules["worker/tokenizer.js"]');
    return texts.map((text) => tokens(text).map((token) => indexWords(token)));
  },
  async unpack({ lists }) {
    const { inflate, decodeTermShard, decodeRestShard } = run('modules["worker/codec.js"]');
    const { decodePositions } = run('importLater("worker/positions.js")');
    return Promise.all(
      lists.map(async ({ packed, places, total, head }) => {
        const bytes = await inflate(Buffer.from(packed, "base64"));
        const positionsOf = async (termLists) =>
          decodePositions(await inflate(Buffer.from(places, "base64")), termLists);
        const asArrays = (list) => ({
          ...list,
          documents: [...list.documents],
          authorKeys: list.authorKeys,
          payloads: [...list.payloads],
        });
        if (head === undefined) {
          const rests = decodeRestShard(bytes, total);
          const positions = await positionsOf(rests);
          return rests.map((one, i) => ({ ...asArrays(one), positions: positions[i] }));
        }
        const shard = decodeTermShard(bytes, total, head);
        const { starts, documents, payloads } = shard;
        const own = shard.names.map((_, i) => ({
          documents: documents.subarray(starts[i], starts[i + 1]),
          payloads: payloads.subarray(starts[i], starts[i + 1]),
        }));
        const positions = await positionsOf(own);
        return { ...asArrays(shard), places: 0, long: [...shard.long], positions };
      }),
    );
  },
  async distance({ pairs }) {
    const { editDistance } = run('modules["worker/spelling.js"]');
    return pairs.map((pair) => {
      const d = editDistance(...pair);
      return d === Infinity ? -1 : d;
    });
  },
  async parse({ texts }) {
    const { parseQuery } = run('modules["worker/query_parser.js"]');
    return texts.map((text) => parseQuery(text));
  },
  async search({ queries }) {
    const { Engine } = run('modules["worker/engine.js"] ?? {}');
    const { LunrEngine } = run('modules["worker/lunr_engine.js"] ?? {}');
    const engine = Engine
      ? new Engine(new URL("./", context.location), undefined, read)
      : new LunrEngine(new URL("lunr.json", context.location));
    const answers = [];
    for (const [text, options] of queries) {
      const answer = await engine.search(text, options || {});
      const { results, total, isPartial, corrections, counts, unknown, query } = answer;
      answers.push({
        slugs: results.map(({ slug }) => slug),
        unknown,
        unmet: query.unmet ?? [],
        results,
        total,
        isPartial,
        corrections,
        counts,
        fetched: fetched.splice(0),
      });
    }
    return answers;
  },
};

const needsEngine = new Set(["words", "unpack", "distance", "parse", "search"]);
for await (const line of readline.createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (needsEngine.has(request.do) && !context.handleMessage) {
    channels[0].onmessage({ data: {} });
    fetched.splice(0);
  }
  const answer = await jobs[request.do](request);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.stdout.write("", () => process.exit(0));
