// What came of starred papers since they were starred: retracted, corrected, accepted, a new version.
// The site has one file of all news; which of them concern the reader is worked out here.
import { fetchOk } from "./records.js";

/** @typedef {[slug: string, day: string, kind: string, words: string]} NewsRow the newest first */

/**
 * @param {NewsRow[]} news
 * @param {string} slug
 * @param {string} [since] the day (ISO) of the star
 * @returns {NewsRow[]} what came of a paper on that day or later, one of a kind
 */
export function newsSince(news, slug, since = "") {
  const kinds = new Set();
  return news.filter(([paper, day, kind]) => {
    const isWanted = paper === slug && day >= since && !kinds.has(kind);
    if (isWanted) kinds.add(kind);
    return isWanted;
  });
}

/** @returns {Promise<NewsRow[]>} none where the file cannot be had: without a connection, say */
export async function loadNews() {
  try {
    const { news } = await (await fetchOk("assets/news.json")).json();
    return Array.isArray(news) ? news.filter(isRow) : [];
  } catch {
    return [];
  }
}

/** @param {unknown} row */
const isRow = (row) =>
  Array.isArray(row) && row.length === 4 && row.every((part) => typeof part === "string");
