// What the reader marks, kept in this browser. A paper without marks is forgotten.

import { KINDS, parseExport, parseStored, SLUG } from "./stored_marks.js";

/** @import { Bookmark, Bookmarks, Kind, Seen } from "./stored_marks.js" */

export const siteRoot = new URL("../../", import.meta.url);
/** The root of the archive: a volume's papers are marked in the archive that it is of (early-script.html). */
export const archiveRoot = new URL(
  globalThis.document?.documentElement.dataset.archive ?? siteRoot.pathname,
  siteRoot,
);
const STORAGE_KEY = `pd-own:${archiveRoot.pathname}`;
/** Where a volume has what of its own arrivals is seen, and had its marks when they were its own. */
const SITE_KEY = `pd-own:${siteRoot.pathname}`;
export const MAX_SENT = 500; // papers of a list that a link holds

/** @type {Set<() => void>} */
const listeners = new Set();
/**
 * What the storage refused, as long as the page lasts: papers as they are (undefined without a mark), and what is seen. Not
 * all that it would hold: what another tab stores meanwhile, where room was made, is no less true.
 * @type {{ papers: Map<string, Bookmark | undefined>, seen?: Seen } | undefined}
 */
let refused;

/**
 * Runs something whenever the marks may have changed: here, in another tab, or while this page slept.
 * @param {() => void} redraw
 */
export function onBookmarksChange(redraw) {
  if (!listeners.size) {
    const redrawAll = () => {
      for (const listener of listeners) listener();
    };
    window.addEventListener("storage", ({ key }) => {
      if (key === STORAGE_KEY || key === SITE_KEY || key === null) redrawAll();
    });
    window.addEventListener("pageshow", redrawAll);
    document.addEventListener("visibilitychange", () => document.hidden || redrawAll());
  }
  listeners.add(redraw);
}

/** @returns {Bookmarks} */
export function loadBookmarks() {
  const stored = loadStored();
  if (!refused) return stored;
  const papers = { ...stored.papers };
  for (const [slug, bookmark] of refused.papers) {
    if (bookmark) papers[slug] = structuredClone(bookmark);
    else delete papers[slug];
  }
  return { papers, seen: refused.seen ?? stored.seen };
}

/** @returns {Bookmarks} */
function loadStored() {
  try {
    const site = readStored(SITE_KEY);
    return { ...site, papers: { ...site.papers, ...readStored(STORAGE_KEY).papers } };
  } catch {
    return { papers: {} }; // closed
  }
}

/**
 * @param {string} key
 * @returns {Bookmarks}
 */
const readStored = (key) => parseStored(localStorage.getItem(key));

/**
 * @param {Bookmarks} bookmarks
 * @param {boolean} isQuiet a refusal is not said, since the reader did nothing
 */
function storeBookmarks(bookmarks, isQuiet = false) {
  try {
    const { papers, ...site } = bookmarks;
    const isVolume = STORAGE_KEY !== SITE_KEY;
    if (isVolume) {
      const archive = { ...readStored(STORAGE_KEY), papers };
      localStorage.setItem(STORAGE_KEY, JSON.stringify(archive));
    }
    localStorage.setItem(SITE_KEY, JSON.stringify(isVolume ? { ...site, papers: {} } : bookmarks));
    refused = undefined;
  } catch {
    refused = {
      papers: changedPapers(loadStored().papers, bookmarks.papers),
      seen: bookmarks.seen,
    };
    if (!isQuiet) window.dispatchEvent(new Event("bookmarks-refused"));
  }
  for (const listener of listeners) listener();
}

/**
 * @param {Record<string, Bookmark>} before
 * @param {Record<string, Bookmark>} after
 */
function changedPapers(before, after) {
  const slugs = Object.keys({ ...before, ...after });
  const isOther = (/** @type {string} */ slug) =>
    JSON.stringify(before[slug]) !== JSON.stringify(after[slug]);
  return new Map(slugs.filter(isOther).map((slug) => [slug, after[slug]]));
}

/**
 * @param {string} slug
 * @returns {Bookmark}
 */
export const bookmarkOf = (slug) => loadBookmarks().papers[slug] ?? {};

export const isoToday = () => new Date().toISOString().slice(0, 10);

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
  if (!bookmark.star) delete bookmark.tags;
  const { [slug]: _, ...others } = papers;
  return KINDS.some((name) => bookmark[name]) ? { ...papers, [slug]: bookmark } : others;
}

/** @param {string} text tags with commas between */
export const parseTags = (text) => [
  ...new Set(
    text
      .split(/[,،，、]/) // as keyboards of these languages have it
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/**
 * @param {string} slug
 * @param {string | undefined} title
 * @param {string[]} tags
 */
export function setTags(slug, title, tags) {
  const bookmarks = loadBookmarks();
  const bookmark = { ...bookmarks.papers[slug], title, tags };
  storeBookmarks({ ...bookmarks, papers: { ...bookmarks.papers, [slug]: bookmark } });
}

/**
 * Puts papers back as they were, for "Undo".
 * @param {Record<string, Bookmark>} papers
 */
export function restoreBookmarks(papers) {
  const bookmarks = loadBookmarks();
  storeBookmarks({ ...bookmarks, papers: { ...bookmarks.papers, ...papers } });
}

/** All marks as a file holds them. */
export const exportText = () => JSON.stringify({ papers: loadBookmarks().papers }, null, 1);

/**
 * Takes in an exported file: marks are added, none is lost.
 * @param {string} text
 * @returns {number} how many papers came in
 */
export function importBookmarks(text) {
  const imported = parseExport(text);
  addBookmarks(imported);
  return Object.keys(imported).length;
}

/** @param {Record<string, Bookmark>} papers */
export function addBookmarks(papers) {
  const bookmarks = loadBookmarks();
  for (const [slug, bookmark] of Object.entries(papers)) {
    const own = bookmarks.papers[slug];
    bookmarks.papers[slug] = withMarks(own, bookmark);
  }
  storeBookmarks(bookmarks);
}

/**
 * Puts all papers with marks in the place of those that there are; where that is refused, nothing is said.
 * @param {Record<string, Bookmark>} papers
 */
export const replaceBookmarks = (papers) => storeBookmarks({ ...loadBookmarks(), papers }, true);

/**
 * The marks of a paper and those that come in: of two days the own, of two notes both, unless one has the other.
 * @param {Bookmark | undefined} own
 * @param {Bookmark} other
 * @returns {Bookmark}
 */
export function withMarks(own = {}, other) {
  const tags = [...new Set([...(own.tags ?? []), ...(other.tags ?? [])])];
  const [mine = "", theirs = ""] = [own.note, other.note];
  const longer = theirs.includes(mine) ? theirs : `${mine}\n\n${theirs}`;
  const note = mine.includes(theirs) ? mine : longer;
  return { ...other, ...own, ...(note && { note }), ...(tags.length && { tags }) };
}

/**
 * A list as the fragment of a link holds it. A QR code packs digits, points and colons half as large
 * again as other signs, and a comma is one of those.
 * @param {string[]} slugs
 */
export const sentFragment = (slugs) => `#list=${slugs.slice(0, MAX_SENT).join(":")}`;

/**
 * The papers of a list that came by a link; links of before had commas.
 * @param {string} fragment of the address
 */
export function sentSlugs(fragment) {
  const [, list = ""] = fragment.match(/^#list=(.*)$/) ?? [];
  return [...new Set(list.split(/[:,]/))].filter((slug) => SLUG.test(slug)).slice(0, MAX_SENT);
}

/**
 * Says what of the papers that came is seen.
 * @param {Seen | undefined} seen
 * @param {{ isQuiet?: boolean }} [options]
 */
export function storeSeen(seen, { isQuiet } = {}) {
  storeBookmarks({ ...loadBookmarks(), seen }, isQuiet);
}
