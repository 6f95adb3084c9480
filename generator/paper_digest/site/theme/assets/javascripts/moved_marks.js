// Marks that were set when a paper had another address: a preprint that became one with its record.
import { loadBookmarks, replaceBookmarks, withMarks } from "./bookmarks.js";

/** @import { Bookmark } from "./stored_marks.js" */

/**
 * @param {Record<string, Bookmark>} papers
 * @param {string[]} former slugs of a paper
 * @param {string} slug its present one
 * @param {string} title
 * @returns {Record<string, Bookmark>} the same where none of the former has a mark
 */
export function withMovedMarks(papers, former, slug, title) {
  const marked = former.filter((one) => one !== slug && Object.hasOwn(papers, one));
  if (!marked.length) return papers;
  const own = Object.hasOwn(papers, slug) ? papers[slug] : undefined;
  const moved = marked.reduce((marks, one) => withMarks(marks, papers[one]), own);
  const others = Object.entries(papers).filter(([one]) => !marked.includes(one));
  return { ...Object.fromEntries(others), [slug]: { ...moved, title } };
}

/**
 * Moves those of this browser.
 * @param {string[]} former
 * @param {string} slug
 * @param {string} title
 */
export function moveMarks(former, slug, title) {
  const { papers } = loadBookmarks();
  const moved = withMovedMarks(papers, former, slug, title);
  if (moved !== papers) replaceBookmarks(moved);
}
