// One search over the current site and its volumes: all indexes are asked at once, the answers merged.

/** @import { Answer, FacetCount, FacetCounts, ListedPaper, Query, SearchOptions } from "../types" */
import RANKING from "../../ranking.json" with { type: "json" };
import { Engine } from "./engine.js";
import { MissingFile } from "./missing_file.js";

const INDEX_FOLDER = "assets/search/"; // below each site's root
const ROOT_FROM_INDEX = "../../";

export class Volumes {
  /**
   * @param {URL} base the folder of the current site's index
   * @param {Promise<Response>} [rootFetch] of that index
   * @param {string[]} paths the volumes' roots, seen from the current site's
   */
  constructor(base, rootFetch, paths = []) {
    this.current = new Engine(base, rootFetch);
    this.others = paths.map((path) => ({
      path,
      engine: new Engine(new URL(`${ROOT_FROM_INDEX}${path}${INDEX_FOLDER}`, base)),
    }));
  }

  /** How many papers there are in what could be loaded. */
  get paperCount() {
    const engines = [this.current, ...this.others.map(({ engine }) => engine)];
    return engines.reduce((sum, { index }) => sum + (index.openedRoot?.documents ?? 0), 0);
  }

  open() {
    return this.current.open();
  }

  /**
   * Lists have the current site's papers.
   * @param {ListedPaper[]} papers
   * @param {string[][]} lists
   */
  holders(papers, lists) {
    return this.current.holders(papers, lists);
  }

  /**
   * @param {string} text
   * @param {SearchOptions} options
   * @returns {Promise<Answer>} throws what the current site's engine throws; volumes that cannot be loaded are named
   */
  async search(text, options = {}) {
    if (!this.others.length) return this.current.search(text, options);
    const { from = 0, size = RANKING.limits.hits } = options;
    const whole = { ...options, from: 0, size: from + size };
    /** @type {string[]} */
    const unreachable = [];
    const answers = await Promise.all([
      this.current.search(text, whole),
      ...this.others.map(async ({ path, engine }) => {
        try {
          return withSite(await engine.search(text, whole), path);
        } catch (error) {
          if (!(error instanceof MissingFile)) throw error;
          unreachable.push(path);
          return undefined;
        }
      }),
    ]);
    const merged = mergeAnswers(answers.filter((one) => one !== undefined));
    return { ...merged, results: merged.results.slice(from, from + size), unreachable };
  }
}

/**
 * @param {Answer} answer
 * @param {string} site
 * @returns {Answer}
 */
const withSite = (answer, site) => ({
  ...answer,
  results: answer.results.map((result) => ({ ...result, site })),
});

/**
 * Merges the answers of several indexes to one query, the current site's first. Scores are compared as
 * they are: rarity is counted in each index, and large parts of one archive count much the same.
 * @param {Answer[]} answers each from its first result on
 * @returns {Answer}
 */
export function mergeAnswers(answers) {
  const complete = answers.filter(({ isPartial, results }) => results.length && !isPartial);
  // Where one index has papers with all words, another's with some of them are no answer.
  const used = complete.length ? complete : answers.filter(({ results }) => results.length);
  const corrections = (used[0]?.corrections ?? []).filter(([raw]) =>
    used.every((one) => one.corrections.some(([word]) => word === raw)),
  );
  return {
    query: mergeQueries(answers.map(({ query }) => query)),
    results: used
      .flatMap(rankedResults)
      .sort((a, b) => a.group - b.group || b.key.localeCompare(a.key) || b.score - a.score)
      .map(({ result }) => result),
    total: used.reduce((sum, { total }) => sum + total, 0),
    incomplete: used.reduce((sum, { incomplete = 0 }) => sum + incomplete, 0),
    mayHaveMore: used.some(({ mayHaveMore }) => mayHaveMore),
    isPartial: !complete.length && used.length > 0,
    corrections,
    unknown: answers[0].unknown.filter((word) =>
      answers.every(({ unknown }) => unknown.includes(word)),
    ),
    counts: mergeCounts(answers.flatMap(({ counts }) => counts ?? [])),
  };
}

/**
 * An answer's results with what they are sorted by among all: first those with all words; an answer's
 * own order stays, so that a title which moved up takes the score of those it passed.
 * @param {Answer} answer
 */
function rankedResults({ results, total }) {
  const isByDate = results.every(({ score }) => !score);
  let [group, highest] = [1, 0];
  return results
    .map((result, place) => ({ result, place }))
    .reverse()
    .map(({ result, place }) => {
      const isComplete = place < total;
      if (isComplete && group) [group, highest] = [0, 0];
      highest = Math.max(highest, result.score);
      return { result, group, score: highest, key: isByDate ? result.date : "" };
    })
    .reverse();
}

/**
 * The first query, any of whose units may also be met as another index met it; for highlighting.
 * @param {Query[]} queries
 * @returns {Query}
 */
function mergeQueries([first, ...others]) {
  const alike = others.filter((query) => query.units.length === first.units.length);
  const units = first.units.map((unit, i) => ({
    ...unit,
    options: [unit, ...alike.map((query) => query.units[i])].flatMap(({ options }) => options),
  }));
  return { ...first, units };
}

/**
 * @param {FacetCounts[]} all
 * @returns {FacetCounts | undefined}
 */
function mergeCounts(all) {
  if (!all.length) return undefined;
  return {
    topics: addCounts(all.flatMap(({ topics }) => topics)),
    sources: addCounts(all.flatMap(({ sources }) => sources)),
    years: addCounts(all.flatMap(({ years }) => years)),
    code: all.reduce((sum, { code }) => sum + code, 0),
  };
}

/** @param {FacetCount[]} counts */
function addCounts(counts) {
  /** @type {Map<string, FacetCount>} */
  const sums = new Map();
  for (const one of counts) {
    sums.set(one.name, { ...one, count: one.count + (sums.get(one.name)?.count ?? 0) });
  }
  return [...sums.values()];
}
