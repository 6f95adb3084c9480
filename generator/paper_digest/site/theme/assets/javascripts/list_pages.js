// All papers of a list that goes over several pages, read off the pages.
import { dateOf, slugOf } from "./rows.js";
import { $$ } from "./ui.js";
import { gettext } from "./words.js";

const MAX_PAGES = 400;

/** @typedef {{ slug: string, date: string }} ListedPaper */

/**
 * @param {Document} page the list's first page, whose pager leads to the older ones
 * @param {string} address of that page
 * @param {(count: number) => void} onProgress
 * @returns {Promise<ListedPaper[]>} newest first; rejects where a page does not come
 */
export async function wholeList(page, address, onProgress) {
  /** @type {Map<string, ListedPaper>} */
  const papers = new Map();
  let current = page;
  let url = address;
  for (let count = 0; count < MAX_PAGES; count++) {
    for (const row of $$(".pd-list > ul > li", current)) {
      const slug = slugOf(row);
      papers.set(slug, { slug, date: dateOf(row) });
    }
    onProgress(papers.size);
    const label = gettext("Older papers →");
    const older = $$(".pd-pager a", current).find((link) => link.textContent.startsWith(label));
    if (!older) return [...papers.values()];
    url = new URL(older.getAttribute("href") ?? "", url).href;
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    current = new DOMParser().parseFromString(await response.text(), "text/html");
  }
  throw new Error(`more than ${MAX_PAGES} pages`);
}
