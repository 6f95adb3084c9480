// What the reader marks, kept in this browser. A paper without marks is forgotten.

/**
 * Days (ISO) on which a paper was starred, read or hidden, and the reader's note on it.
 * @typedef {{ title?: string, star?: string, read?: string, hide?: string, note?: string }} Bookmark
 * @typedef {"star" | "read" | "hide" | "note"} Kind
 * @typedef {{ papers: Record<string, Bookmark>, newest?: string }} Bookmarks
 */

export const siteRoot = new URL("../../", import.meta.url);
const STORAGE_KEY = `pd-own:${siteRoot.pathname}`;
/** @type {Kind[]} */
const KINDS = ["star", "read", "hide", "note"];

/** @returns {Bookmarks} */
export function loadBookmarks() {
  try {
    return { papers: {}, ...JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}") };
  } catch {
    return { papers: {} };
  }
}

/** @param {Bookmarks} bookmarks */
function storeBookmarks(bookmarks) {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(bookmarks));
  } catch {
    // A full or forbidden storage: the mark lasts as long as the page.
  }
}

/**
 * @param {string} slug
 * @returns {Bookmark}
 */
export const bookmarkOf = (slug) => loadBookmarks().papers[slug] ?? {};

const isoToday = () => new Date().toISOString().slice(0, 10);

/**
 * Sets one mark of a paper; an empty value takes it away.
 * @param {string} slug
 * @param {string | undefined} title
 * @param {Kind} kind
 * @param {string} value
 */
export function setBookmark(slug, title, kind, value) {
  const bookmarks = loadBookmarks();
  storeBookmarks({ ...bookmarks, papers: withMark(bookmarks.papers, slug, title, kind, value) });
}

/**
 * @param {Record<string, Bookmark>} papers
 * @param {string} slug
 * @param {string | undefined} title
 * @param {Kind} kind
 * @param {string} value
 */
export function withMark(papers, slug, title, kind, value) {
  /** @type {Bookmark} */
  const bookmark = { ...papers[slug], title, [kind]: value };
  if (!value) delete bookmark[kind];
  const { [slug]: _, ...others } = papers;
  return KINDS.some((name) => bookmark[name]) ? { ...papers, [slug]: bookmark } : others;
}

/**
 * @param {string} slug
 * @param {string} title
 * @param {Kind} kind
 * @returns {string} the day it was marked, or "" where the mark was taken away
 */
export function toggleBookmark(slug, title, kind) {
  const value = bookmarkOf(slug)[kind] ? "" : isoToday();
  setBookmark(slug, title, kind, value);
  return value;
}

/**
 * Takes in an exported file: marks are added, none is lost.
 * @param {string} text
 * @returns {number} how many papers came in
 */
export function importBookmarks(text) {
  const imported = parseExport(text);
  const bookmarks = loadBookmarks();
  for (const [slug, bookmark] of Object.entries(imported)) {
    bookmarks.papers[slug] = { ...bookmark, ...bookmarks.papers[slug] };
  }
  storeBookmarks(bookmarks);
  return Object.keys(imported).length;
}

/**
 * What an exported file holds, without what no export of ours does.
 * @param {string} text
 * @returns {Record<string, Bookmark>} throws where it is no export at all
 */
export function parseExport(text) {
  const papers = JSON.parse(text)?.papers;
  if (!papers || typeof papers !== "object") throw new Error("no papers");
  /** @type {Record<string, Bookmark>} */
  const imported = {};
  for (const [slug, paper] of Object.entries(papers)) {
    if (!/^[\w.-]+$/.test(slug) || !paper || typeof paper !== "object") continue;
    /** @type {Bookmark} */
    const bookmark = { title: String(paper.title ?? slug) };
    for (const kind of KINDS) if (typeof paper[kind] === "string") bookmark[kind] = paper[kind];
    imported[slug] = bookmark;
  }
  return imported;
}

/**
 * "New" is newer than the newest paper on the last visit; a visit is a browser session.
 * @param {string} newest day of the newest paper here
 * @returns {string} the day since when papers are new; "" on the first visit
 */
export function newSince(newest) {
  const bookmarks = loadBookmarks();
  const last = bookmarks.newest ?? "";
  try {
    if (sessionStorage.getItem(STORAGE_KEY) === null) sessionStorage.setItem(STORAGE_KEY, last);
    if (newest > last) storeBookmarks({ ...bookmarks, newest });
    return sessionStorage.getItem(STORAGE_KEY) ?? "";
  } catch {
    return "";
  }
}
