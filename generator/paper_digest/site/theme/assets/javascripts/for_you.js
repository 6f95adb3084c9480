// What the ranker needs: the reader's stars and hidden papers with their words, from their records.
import { isMarked, loadDistinctWords, loadPapers, withoutMuted } from "./arrivals.js";
import { loadBookmarks } from "./bookmarks.js";
import { rankPapers } from "./ranker.js";
import { loadRecord } from "./records.js";

/** @import { Arrival } from "./arrivals.js" */
/** @import { Features } from "./ranker.js" */

const MAX_EXAMPLES = 100; // stars, and hidden papers, that are learned from: the latest
const BATCH_SIZE = 8; // records that are asked for at a time

/**
 * @param {Arrival[]} arrivals
 * @returns {Promise<(Arrival & { reasons: string[] })[]>} those without a mark, the likeliest first
 */
export async function rankUnmarked(arrivals) {
  const { papers } = loadBookmarks();
  const marked = (/** @type {"star" | "hide"} */ kind) =>
    Object.entries(papers)
      .filter(([, bookmark]) => bookmark[kind])
      .sort(([, a], [, b]) => String(b[kind]).localeCompare(String(a[kind])))
      .slice(0, MAX_EXAMPLES)
      .map(([slug]) => slug);
  const unmarked = await withoutMuted(arrivals.filter(({ slug }) => !isMarked(papers[slug])));
  const [words, rows] = await Promise.all([loadDistinctWords(unmarked), loadPapers(unmarked)]);
  /** @type {Features[]} */
  const others = unmarked.map(({ slug }) => {
    const { authors = [], topics = {} } = rows.get(slug) ?? {};
    return { slug, words: words[slug] ?? "", authors, topics: Object.keys(topics) };
  });
  const liked = await loadFeatures(marked("star"));
  const ranked = rankPapers(liked, await loadFeatures(marked("hide")), others);
  const bySlug = new Map(unmarked.map((one) => [one.slug, one]));
  const titles = new Map([...rows.values()].flatMap(({ topics }) => Object.entries(topics)));
  return ranked.map(({ slug, reasons }) => ({
    .../** @type {Arrival} */ (bySlug.get(slug)),
    reasons: reasons.map((reason) => nameOf(reason, titles)),
  }));
}

/**
 * @param {string} feature of the ranker
 * @param {Map<string, string>} titles of topics by name
 */
function nameOf(feature, titles) {
  const [, kind, name] = feature.match(/^(author|topic):(.*)$/s) ?? [];
  return kind === "topic" ? (titles.get(name) ?? name) : (name ?? feature);
}

/**
 * @param {string[]} slugs
 * @returns {Promise<Features[]>} of those that the archive still has
 */
async function loadFeatures(slugs) {
  /** @type {Features[]} */
  const features = [];
  for (let at = 0; at < slugs.length; at += BATCH_SIZE) {
    const batch = slugs.slice(at, at + BATCH_SIZE).map(async (slug) => {
      const { title, digest, abstract = "", authors = [], topics = [] } = await loadRecord(slug);
      const words = [title, digest?.text ?? "", abstract].join(" ");
      return { slug, words, authors: authors.map(({ name }) => name), topics };
    });
    for (const one of await Promise.allSettled(batch)) {
      if (one.status === "fulfilled") features.push(one.value);
    }
  }
  return features;
}
