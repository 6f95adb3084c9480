// What came into the archive last, and what of it the reader has not seen: one answer for all pages.
import { loadBookmarks, siteRoot, storeSeen } from "./bookmarks.js";
import { holdsAny, loadWords } from "./muted_words.js";
import { fetchOk } from "./records.js";

/** @import { Bookmark, Bookmarks, Seen } from "./stored_marks.js" */

const FOLDER = "assets/arrivals/";

/** @typedef {{ day: string, slugs: string[] }} ArrivalDay */
/** @typedef {{ part: number, days: ArrivalDay[] }} Arrivals papers of a part of a day, and the days, newest first */
/** @typedef {{ slug: string, day: string, file: string }} Arrival a paper, and the file of its row without ending */
/** @typedef {{ slug: string, row: string, authors: string[], topics: Record<string, string> }} ArrivedPaper */

/** @type {Map<string, Promise<any>>} */
const files = new Map();

/** @param {string} name in the folder of arrivals */
function loadJson(name) {
  let file = files.get(name);
  if (!file) {
    file = fetchOk(FOLDER + name).then((response) => response.json());
    files.set(name, file);
    file.catch(() => files.delete(name));
  }
  return file;
}

/**
 * All papers that came last, the newest first.
 * @param {Arrivals} arrivals
 * @returns {Arrival[]}
 */
export const listArrivals = ({ part, days }) =>
  days.flatMap(({ day, slugs }) =>
    slugs.map((slug, place) => ({ slug, day, file: `${day}-${Math.floor(place / part)}` })),
  );

/**
 * What says that all papers are seen.
 * @param {Arrivals} arrivals
 * @returns {Seen}
 */
export const allSeen = ({ days: [newest] }) => newest ?? { day: "", slugs: [] };

/**
 * The papers that came since the reader last said that all is seen, and that bear no mark.
 * @param {Arrivals} arrivals
 * @param {Bookmarks} bookmarks
 */
export function unseenArrivals(arrivals, { papers, seen }) {
  if (!seen) return [];
  const isSeen = new Set(seen.slugs);
  return listArrivals(arrivals).filter(
    ({ slug, day }) =>
      day >= seen.day && !(day === seen.day && isSeen.has(slug)) && !isMarked(papers[slug]),
  );
}

/** @param {Bookmark | undefined} bookmark */
export const isMarked = (bookmark) => Boolean(bookmark?.star || bookmark?.read || bookmark?.hide);

/** @returns {Promise<Arrivals>} rejects without a connection */
export async function loadArrivals() {
  const arrivals = await loadJson("days.json");
  // On the first visit all is seen: what comes from then on is new.
  if (!loadBookmarks().seen) storeSeen(allSeen(arrivals), { isQuiet: true });
  return arrivals;
}

/**
 * The new papers but for the muted ones, the newest first.
 * @returns {Promise<Arrival[]>}
 */
export const loadNew = async () =>
  withoutMuted(unseenArrivals(await loadArrivals(), loadBookmarks()));

/** @param {Arrival[]} arrivals */
export async function withoutMuted(arrivals) {
  const { muted } = loadWords();
  if (!muted.length || !arrivals.length) return arrivals;
  const papers = await loadPapers(arrivals);
  return arrivals.filter(({ slug }) => {
    const paper = papers.get(slug);
    return !paper || !holdsAny(textOf(paper), muted);
  });
}

/**
 * @param {Arrival[]} arrivals
 * @returns {Promise<Map<string, ArrivedPaper>>} by slug; one that a newer build has elsewhere is not there
 */
export async function loadPapers(arrivals) {
  const names = [...new Set(arrivals.map(({ file }) => `${file}.json`))];
  /** @type {ArrivedPaper[][]} */
  const parts = await Promise.all(names.map(loadJson));
  return new Map(parts.flat().map((paper) => [paper.slug, paper]));
}

/**
 * @param {Arrival[]} arrivals
 * @returns {Promise<Record<string, string>>} the distinct words of each paper by slug
 */
export async function loadDistinctWords(arrivals) {
  const names = [...new Set(arrivals.map(({ file }) => `${file}.words.json`))];
  return Object.assign({}, ...(await Promise.all(names.map(loadJson))));
}

/**
 * By what a paper is muted and highlighted: what its row says, all its authors and topics.
 * @param {ArrivedPaper} paper
 */
export const textOf = ({ row, authors, topics }) =>
  [parseRow(row).textContent, ...authors, ...Object.values(topics)].join("\n");

/**
 * A row as it stands in lists; the site made it, and escaped what came from outside.
 * @param {string} html
 */
export function parseRow(html) {
  const page = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html");
  const row = /** @type {HTMLElement} */ (page.querySelector("li"));
  for (const link of row.querySelectorAll("a")) {
    link.href = new URL(link.getAttribute("href") ?? "", new URL("new/", siteRoot)).href;
  }
  return document.importNode(row, true);
}
