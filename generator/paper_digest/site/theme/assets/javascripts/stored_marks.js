// What marks look like, and the reading of them: a browser's storage, and a file that is taken in, may hold anything,
// written by another version, an extension or a hand. What is not ours is left out, so that no page has to doubt.

/**
 * What came up to a day (ISO) is seen, and of that day itself these papers.
 * @typedef {{ day: string, slugs: string[] }} Seen
 */

/**
 * Days (ISO) on which a paper was starred, read or hidden, the reader's note on it, and tags of a star.
 * @typedef {{ title?: string, star?: string, read?: string, hide?: string, note?: string, tags?: string[] }} Bookmark
 * @typedef {"star" | "read" | "hide" | "note"} Kind
 * @typedef {{ papers: Record<string, Bookmark>, seen?: Seen }} Bookmarks
 */

/** @type {Kind[]} */
export const KINDS = ["star", "read", "hide", "note"];
export const SLUG = /^[\w.-]+$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/**
 * @param {string | null} text of the storage
 * @returns {Bookmarks} none where it holds something else
 */
export function parseStored(text) {
  const { papers, seen } = fieldsOf(parseJson(text));
  const { day, slugs } = fieldsOf(seen);
  // On a first visit to an empty archive nothing is seen, on no day.
  const isSeen = typeof day === "string" && (day === "" || DAY.test(day)) && Array.isArray(slugs);
  return {
    papers: ownPapers(papers),
    ...(isSeen && { seen: { day, slugs: slugs.filter(isText) } }),
  };
}

/**
 * What an exported file holds.
 * @param {string} text
 * @returns {Record<string, Bookmark>} throws where it is no export at all
 */
export function parseExport(text) {
  const papers = JSON.parse(text)?.papers;
  if (!papers || typeof papers !== "object") throw new Error("no papers");
  return ownPapers(papers);
}

/** @param {unknown} papers marks by slug */
function ownPapers(papers) {
  const slugs = Object.keys(fieldsOf(papers)).filter((slug) => SLUG.test(slug));
  const own = slugs.map((slug) => [slug, ownBookmark(slug, fieldsOf(fieldsOf(papers)[slug]))]);
  return Object.fromEntries(own.filter(([, bookmark]) => bookmark));
}

/**
 * @param {string} slug
 * @param {Record<string, unknown>} paper
 * @returns {Bookmark | undefined} undefined where it bears no mark
 */
function ownBookmark(slug, { title, tags, ...marks }) {
  const ours = KINDS.map((kind) => [kind, marks[kind]]).filter(
    ([kind, value]) => isText(value) && (kind === "note" ? value : DAY.test(value)),
  );
  if (!ours.length) return undefined;
  /** @type {Bookmark} */
  const bookmark = { title: isText(title) ? title : slug, ...Object.fromEntries(ours) };
  if (bookmark.star && Array.isArray(tags)) bookmark.tags = tags.filter(isText);
  return bookmark;
}

/** @param {string | null} text */
function parseJson(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} value
 * @returns {Record<string, any>} without fields where it is none of an object
 */
const fieldsOf = (value) => (value && typeof value === "object" ? value : {});

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === "string";
