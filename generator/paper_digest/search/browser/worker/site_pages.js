// Finds the site's ordinary pages, whose texts Material hands over when it starts the worker.

/** @import { PageSection, Query, Unit } from "../types" */
import { indexWords, tokens } from "./tokenizer.js";

/**
 * A page; its section is named where another page has the same title.
 * @typedef {{ location: string, title: string, section: string, terms: Set<string>, titleTerms: Set<string> }} SitePage
 */

const MAX_PAGES = 3;

/** @param {string} text */
const termsOf = (text) =>
  tokens(text).flatMap((token) => indexWords(token)[1].map(([word]) => word));

/** @param {string} html */
const stripTags = (html) => html.replace(/<[^<>]*>/g, " ").replace(/&[a-z]+;|&#\d+;/g, " ");

/** @type {Record<string, string>} what Material escapes in a heading; it keeps some tags there */
const ESCAPED = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/**
 * A title's text; of a page without a heading Material hands the title over as it is.
 * @param {string} html
 */
const titleText = (html) =>
  html
    .replace(/<\/?[a-z][^<>]*>/g, "")
    .replace(/&(?:amp|lt|gt);/g, (escaped) => ESCAPED[escaped])
    .trim();

/** @type {{ sections: PageSection[], pages: SitePage[] } | undefined} */
let cachedPages;

/**
 * Pages with the words of all their sections.
 * @param {PageSection[]} sections
 */
function collectPages(sections) {
  /** @type {Map<string, SitePage>} */
  const pages = new Map();
  for (const { location, title, text } of sections) {
    const [address] = location.split("#");
    const page = pages.get(address) ?? {
      location,
      title: titleText(title),
      section: "",
      terms: new Set(),
      titleTerms: new Set(),
    };
    pages.set(address, page);
    for (const term of termsOf(stripTags(`${title} ${text}`))) page.terms.add(term);
    if (location !== address) continue;
    for (const term of termsOf(stripTags(title))) page.titleTerms.add(term);
  }
  nameSections(pages);
  return [...pages.values()];
}

/**
 * Name the sections of pages that have the title of another.
 * @param {Map<string, SitePage>} pages by address
 */
function nameSections(pages) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { title } of pages.values()) counts.set(title, (counts.get(title) ?? 0) + 1);
  for (const [address, page] of pages) {
    if ((counts.get(page.title) ?? 0) > 1) page.section = sectionOf(address, pages);
  }
}

/**
 * The title of the page above an address; of a folder that has none its name, of no folder "".
 * @param {string} address
 * @param {Map<string, SitePage>} pages by address
 */
function sectionOf(address, pages) {
  const folder = address.replace(/[^/]*\/?$/, "");
  if (!folder) return "";
  const above = pages.get(folder) ?? pages.get(`${folder}index.html`);
  return above?.title ?? decodeURIComponent(folder.split("/").at(-2) ?? "").replace(/[-_]/g, " ");
}

/**
 * Pages that have every word of a query, those first that have them all in the title.
 * @param {PageSection[]} sections
 * @param {Query} query
 */
export function matchingPages(sections, query) {
  if (cachedPages?.sections !== sections) cachedPages = { sections, pages: collectPages(sections) };
  const { units } = query;
  if (!units.length || units.some((unit) => unit.author)) return [];
  return cachedPages.pages
    .filter((page) => units.every((unit) => hasUnit(page.terms, unit)))
    .map((page) => ({ ...page, inTitle: units.every((unit) => hasUnit(page.titleTerms, unit)) }))
    .sort((one, two) => Number(two.inTitle) - Number(one.inTitle))
    .slice(0, MAX_PAGES);
}

/**
 * @param {Set<string>} terms
 * @param {Unit} unit
 */
function hasUnit(terms, { words, joined, raw, prefix }) {
  if (words.every((word) => terms.has(word)) || (joined && terms.has(joined))) return true;
  return Boolean(prefix) && raw.length > 1 && [...terms].some((term) => term.startsWith(raw));
}
