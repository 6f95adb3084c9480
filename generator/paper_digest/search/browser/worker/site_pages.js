// Finds the site's ordinary pages, whose texts Material hands over when it starts the worker.

import { chunks, wordsOf } from "./tokenizer.js";

const MOST = 3;

const words = (text) => chunks(text).flatMap((chunk) => wordsOf(chunk)[1].map(([word]) => word));

const plain = (html) => html.replace(/<[^>]*>/g, " ").replace(/&[a-z]+;|&#\d+;/g, " ");

let known;

function read(docs) {
  const pages = new Map();
  for (const { location, title, text } of docs) {
    const page = location.split("#")[0];
    if (!pages.has(page)) pages.set(page, { location, title, words: new Set(), named: new Set() });
    const entry = pages.get(page);
    for (const word of words(plain(`${title} ${text}`))) entry.words.add(word);
    if (location === page) for (const word of words(plain(title))) entry.named.add(word);
  }
  return [...pages.values()];
}

// Pages that have every word of a query; `named` ones have them all in the title.
export function pagesFor(docs, query) {
  if (known?.docs !== docs) known = { docs, pages: read(docs) };
  const { units } = query;
  if (!units.length || units.some((unit) => unit.author)) return [];
  const has = (set) => ({ words: parts, joined, raw, prefix }) =>
    parts.every((word) => set.has(word)) || (joined && set.has(joined)) ||
    (prefix && raw.length > 1 && [...set].some((word) => word.startsWith(raw)));
  return known.pages
    .filter((page) => units.every(has(page.words)))
    .map((page) => ({ ...page, named: units.every(has(page.named)) }))
    .sort((one, two) => two.named - one.named)
    .slice(0, MOST);
}
