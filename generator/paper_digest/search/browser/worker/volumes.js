// One search over the current site and its volumes: all indexes are asked at once, the answers merged.

/** @import { Answer, FacetCount, FacetCounts, ListedPaper, Query, SearchOptions, Unit } from "../types" */
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
    /** @type {Set<string>} */
    const unreachable = new Set();
    /** @type {(one: { path?: string, engine: Engine }, options: SearchOptions) => Promise<Answer | undefined>} */
    const ask = async ({ path, engine }, how) => {
      if (path === undefined) return engine.search(text, how);
      try {
        return withSite(await engine.search(text, how), path);
      } catch (error) {
        if (!(error instanceof MissingFile)) throw error;
        unreachable.add(path);
        return undefined;
      }
    };
    const sites = [{ engine: this.current }, ...this.others];
    const first = await Promise.all(sites.map((site) => ask(site, whole)));
    const again = askedAgain(first);
    const answers = await Promise.all(
      sites.map((site, i) => (again[i] ? ask(site, { ...whole, asIs: again[i] }) : first[i])),
    );
    const merged = mergeAnswers(answers.filter((one) => one !== undefined));
    const results = merged.results.slice(from, from + size);
    return { ...merged, results, unreachable: [...unreachable] };
  }
}

/**
 * Which answers are none, as one index would have it: a word may be taken for another, or be left away, and a query
 * be loosened, only where no index has what was asked for.
 * @param {(Answer | undefined)[]} answers
 * @returns {(string[] | undefined)[]} for each that is to be asked again its words that another index has
 */
export function askedAgain(answers) {
  const present = answers.filter((one) => one !== undefined);
  /** @type {(unit: Unit) => boolean} */
  const isGuessed = ({ corrections, options }) =>
    corrections !== undefined && !options.some(({ weight }) => weight === 1);
  const met = present.flatMap(({ query }) => query.units.filter(({ options }) => options.length));
  const guessed = new Set(met.flatMap(({ words }) => words));
  const known = new Set(met.filter((unit) => !isGuessed(unit)).flatMap(({ words }) => words));
  const isMet = present.some((one) => one.total > 0 && !one.isPartial && !one.isLoose);
  return answers.map((answer) => {
    if (!answer) return undefined;
    const asIs = answer.query.units.filter(isGuessed).flatMap(({ words, options }) => {
      return words.filter((word) => (options.length ? known : guessed).has(word));
    });
    return asIs.length || (isMet && answer.isLoose) ? asIs : undefined;
  });
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
  const query = mergeQueries(answers.map((one) => one.query));
  // An index that is asked again with a word that another has does not say what it lacks besides.
  const asked = used.length ? used : answers;
  const unmet = new Set(answers.flatMap((one) => one.query.unmet ?? []).map(([typed]) => typed));
  const words = asked[0].unknown.filter(
    (word) => !unmet.has(word) && asked.every(({ unknown }) => unknown.includes(word)),
  );
  const filters = (query.unmet ?? []).map(([typed]) => typed);
  return {
    query,
    results: used
      .flatMap(rankedResults)
      .sort((a, b) => a.group - b.group || b.key.localeCompare(a.key) || b.score - a.score)
      .map(({ result }) => result),
    total: used.reduce((sum, { total }) => sum + total, 0),
    incomplete: used.reduce((sum, { incomplete = 0 }) => sum + incomplete, 0),
    mayHaveMore: used.some(({ mayHaveMore }) => mayHaveMore),
    isPartial: !complete.length && used.length > 0,
    corrections,
    unknown: [...words, ...filters],
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
 * The first query, any of whose units may also be met as another index met it, for highlighting; of the filters that
 * no paper of its index meets those that none of the others does either.
 * @param {Query[]} queries
 * @returns {Query}
 */
function mergeQueries([first, ...others]) {
  const alike = others.filter((query) => query.units.length === first.units.length);
  const units = first.units.map((unit, i) => ({
    ...unit,
    options: [unit, ...alike.map((query) => query.units[i])].flatMap(({ options }) => options),
  }));
  // A filter that no index's papers meet is one that none does.
  const unmet = first.unmet?.filter(([typed]) =>
    others.every((query) => query.unmet?.some(([name]) => name === typed)),
  );
  return { ...first, units, unmet };
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
