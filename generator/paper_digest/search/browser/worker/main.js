// The search worker as every page starts it: it fetches nothing until it is asked something.

const ENGINE = "{engine}";
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const FAILED = 13;
// Milliseconds until what the box asked in vain, for want of a connection, is asked again.
const AGAIN = 5000;
let again;

self.pages = [];
self.channel = new BroadcastChannel("paper-search" + self.location.hash);

function wake() {
  if (self.answer) return;
  // The root is on its way while the engine loads.
  self.early = fetch(new URL("root.bin", self.location));
  self.early.catch(() => {});
  importScripts(new URL(ENGINE, self.location));
}

self.channel.onmessage = () => {
  try { wake(); } catch { /* the first query tries again, and tells */ }
};

self.later = (message) => { again = setTimeout(self.onmessage, AGAIN, { data: message }); };

self.onmessage = ({ data: message }) => {
  clearTimeout(again);
  if (message.type === 0) {
    self.pages = message.data?.docs || [];
    postMessage({ type: READY });
    return;
  }
  // Material sends an empty query as soon as it has loaded.
  if (message.type === QUERY && !message.data.trim()) {
    self.channel.postMessage({ state: "done", text: "" });
    postMessage({ type: RESULT, data: { items: [] } });
    self.cancel?.();
    return;
  }
  try {
    wake();
    self.answer(message);
  } catch (error) {
    const text = "Search could not be loaded. Check the connection and try again.";
    self.channel.postMessage({ state: "failed", text });
    postMessage({ type: FAILED, id: message.id, text });
    if (message.type === QUERY) {
      const location = `search/?q=${encodeURIComponent(message.data)}`;
      postMessage({ type: RESULT, data: { items: [[{ location, title: text, text: "", score: 0, terms: {} }]] } });
      self.later(message);
    }
  }
};
