// The search worker as every page starts it: it fetches nothing until it is asked something.

/** @import { Request } from "../types" */
import { MessageType } from "../message_types.js";

const ENGINE_FILE = "{engine}"; // bundle.py puts the names in
const ROOT_FILE = "{root}"; // what any query needs first
const VOLUME_PATHS = "{volumes}"; // the roots of other sites to search, seen from this one's
const NOT_LOADED = "{notLoaded}"; // no word of a catalogue has a sign of HTML or of a script's strings
const RETRY_MS = 5000; // until what the box asked without a connection is asked again

/** @type {ReturnType<typeof setTimeout> | undefined} */
let retryTimer;

self.sitePages = [];
self.volumePaths = VOLUME_PATHS.split(" ").filter(Boolean);
self.statusChannel = new BroadcastChannel(`paper-search${self.location.hash}`);

function loadEngine() {
  if (self.handleMessage) return;
  // The root is on its way while the engine loads.
  self.rootFetch = fetch(new URL(ROOT_FILE, self.location.href));
  self.rootFetch.catch(() => undefined);
  importScripts(new URL(ENGINE_FILE, self.location.href));
  if (!self.handleMessage) throw new Error("no engine"); // an empty file is a script too
}

function begin() {
  try {
    loadEngine();
  } catch {
    // The first query tries again, and says what is wrong.
  }
}

// Any message of the page's means that a query will follow soon.
self.statusChannel.onmessage = begin;

self.retryLater = (message) => {
  retryTimer = setTimeout(receive, RETRY_MS, { data: message });
};

/** @param {{ data: Request }} event */
function receive({ data: message }) {
  clearTimeout(retryTimer);
  if (message.type === MessageType.SETUP) {
    self.sitePages = message.data?.docs || [];
    postMessage({ type: MessageType.READY });
    return;
  }
  // Material sends an empty query as soon as it has loaded.
  if (message.type === MessageType.QUERY && !message.data.trim()) {
    self.statusChannel.postMessage({ state: "done", text: "" });
    postMessage({ type: MessageType.RESULT, data: { items: [] } });
    self.cancelQuery?.();
    return;
  }
  if (message.type === MessageType.SEARCH) postMessage({ type: MessageType.HEARD });
  try {
    loadEngine();
    self.handleMessage?.(message);
  } catch {
    failToLoad(message);
  }
}

/** @param {Request} message */
function failToLoad(message) {
  // The browser may have stored an answer that is no script: the next try finds another in its place.
  fetch(new URL(ENGINE_FILE, self.location.href), { cache: "reload" }).catch(() => undefined);
  const text = NOT_LOADED;
  self.statusChannel.postMessage({ state: "failed", text });
  postMessage({ type: MessageType.FAILED, id: message.id, text });
  if (message.type !== MessageType.QUERY) return;
  const location = `search/?q=${encodeURIComponent(message.data)}`;
  const entry = { location, title: text, text: "", score: 0, terms: {} };
  postMessage({ type: MessageType.RESULT, data: { items: [[entry]] } });
  self.retryLater(message);
}

self.onmessage = receive;
