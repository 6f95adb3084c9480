// The worker's messages: Material's own (0 to 3), and those of the search page.

import { Engine, Superseded } from "./engine.js";
import { pagesFor } from "./site_pages.js";
import { escape, item, marker, more, passage, said, spoken, summary } from "./snippets.js";
import { Missing } from "./index_reader.js";

const QUERY = 2;
const RESULT = 3;
const FIND = 11;
const FOUND = 12;
const FAILED = 13;
const QUOTE = 14;
const QUOTED = 15;

const QUIET = 80; // ms without a key before a query that follows another one runs
const PATIENCE = 250; // ms before it is told that something is being loaded

const engine = new Engine(new URL("./", self.location), self.early);
let newest = 0;
let last = -Infinity;
let mark; // of the query answered last

engine.open().catch(() => {}); // the query that needs it tells

self.answer = (message) => {
  if (message.type === QUERY) ask(message.data, boxed, message);
  if (message.type === FIND) ask(message.text, listed, message);
  if (message.type === QUOTE && mark) {
    postMessage({ type: QUOTED, id: message.id, html: passage(message.text, mark) });
  }
};

self.cancel = () => { newest++; };

// Runs a query unless a newer one comes first; only the newest one is ever answered.
async function ask(text, respond, message) {
  const turn = ++newest;
  const stale = () => turn !== newest;
  const wait = performance.now() - last < QUIET ? QUIET : 0;
  last = performance.now();
  if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
  if (stale()) return;
  const slow = setTimeout(() => tell("searching", "Searching…"), PATIENCE);
  try {
    const answer = await respond(text, message, stale);
    if (!stale()) postMessage(answer);
  } catch (error) {
    if (error instanceof Superseded || stale()) return;
    const known = error instanceof Missing;
    if (!known) console.error(error);
    const told = known
      ? "A part of the search index could not be loaded. Check the connection and try again."
      : "The search failed. Reload the page and try again.";
    fail(message, told);
    if (known && !error.gone && message.type === QUERY) self.later(message);
  } finally {
    clearTimeout(slow);
  }
}

// The box shows the trouble as its one entry, in case nothing on the page listens to the channel.
function fail({ type, id, data }, text) {
  tell("failed", text);
  postMessage({ type: FAILED, id, text });
  if (type === QUERY) postMessage({ type: RESULT, data: { items: [more(data, 0, text)] } });
}

function tell(state, text) {
  self.channel.postMessage({ state, text });
}

// What Material's box shows: ten papers, ordinary pages, and the way to the rest.
async function boxed(text, message, stale) {
  const items = [];
  const answer = await engine.search(text, { stale });
  const { results, total, open, query } = answer;
  const marked = marker(query);
  results.forEach((result, i) => items.push(item(result, marked, results.length - i + 1)));
  for (const { location, title, named } of pagesFor(self.pages, query)) {
    const found = [{ location, title: escape(title), text: "", score: named ? 100 : 1, terms: {} }];
    if (named) items.unshift(found);
    else items.push(found);
  }
  if (open || total > results.length) items.push(more(text, 0));
  tell("done", results.length ? said(answer) : "");
  return { type: RESULT, data: { items } };
}

// What the search page shows; its own script lays it out.
async function listed(text, message, stale) {
  const answer = await engine.search(text, { ...message.options, stale });
  const { results, total, some, counts, query } = answer;
  mark = marker(query);
  const shown = results.map((result) => ({
    ...result, titleHtml: mark(result.title), when: result.date && spoken(result.date),
  }));
  return {
    type: FOUND, id: message.id, results: shown, total, some, counts, ...summary(answer),
    documents: engine.store.root.documents, isId: Boolean(query.id),
  };
}
