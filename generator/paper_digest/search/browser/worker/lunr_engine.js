// Answers a query over lunr's index with what engine.js gives over the sharded one: the same
// language and filters, ranked by lunr's BM25 over fields.

/** @import { Answer, Query, Result, SearchOptions, Unit } from "../types" */
/** @import { Scores } from "./lunr_match.js" */
import RANKING from "../../ranking.json" with { type: "json" };
import { allowedPapers, countFacets, hintedPapers } from "./filters.js";
import { addJoinedPairs, hasPhrase, scoresOfName, scoresOfUnit, standNear } from "./lunr_match.js";
import { LunrPapers } from "./lunr_papers.js";
import { correctionsOf, isUnknown, namesIn, rowsIn, unknownParts } from "./names.js";
import { isEmptyQuery, readQuery } from "./read_query.js";
import { Superseded } from "./superseded.js";
import { rerankByTitle } from "./title_rank.js";
import { unmetFilters } from "./unmet_filters.js";
import { ANEW, readWhole } from "./whole_file.js";

const { hits: PAGE_SIZE, enoughHits, incompleteHits } = RANKING.limits;
const { adjacent: NEAR_BONUS, yearHint: YEAR_BONUS } = RANKING.bonus;
const MOST = 0.5; // the share of the words that a paper must have to follow those that have all

export class LunrEngine {
  /**
   * @param {URL} address of the index
   * @param {Promise<Response>} [firstFetch] of it, which began while this script was loaded
   */
  constructor(address, firstFetch) {
    this.address = address;
    this.firstFetch = firstFetch;
    /** @type {Promise<LunrPapers> | undefined} */
    this.opening = undefined;
    this.paperCount = 0;
  }

  open() {
    this.opening ??= this.load().catch((error) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  async load() {
    const fetched = this.firstFetch ?? fetch(this.address);
    this.firstFetch = undefined;
    const fetchAnew = () => fetch(this.address, ANEW);
    const papers = await readWhole(
      this.address.pathname,
      fetched,
      fetchAnew,
      async (response) => new LunrPapers(await response.json()),
    );
    this.paperCount = papers.root.documents;
    return papers;
  }

  /**
   * @param {string} text
   * @param {SearchOptions} options
   * @returns {Promise<Answer>}
   */
  async search(text, options = {}) {
    const { from = 0, size = PAGE_SIZE, order } = options;
    const papers = await this.open();
    if (options.isStale?.()) throw new Superseded();
    const query = readQuery(text, options);
    const none = { query, results: [], total: 0, isPartial: false, corrections: [], unknown: [] };
    if (query.id) return { ...none, ...paperOfId(papers, query.id) };
    if (!options.countFacets && isEmptyQuery(query)) return none;
    const { complete, incomplete } = rankPapers(papers, query);
    const total = complete.length;
    const follows = order === "date" || total >= enoughHits ? [] : incomplete;
    const ranked =
      order === "date"
        ? complete.sort((one, two) => two.document - one.document)
        : [...complete, ...follows.slice(0, incompleteHits)];
    const results = ranked.slice(from, from + size);
    if (order !== "date" && !from) rerankByTitle(results, text, query.units);
    const numbers = complete.map(({ document }) => document).sort((one, two) => one - two);
    return {
      query,
      results,
      total: total || follows.length,
      incomplete: total ? Math.min(follows.length, incompleteHits) : 0,
      isPartial: !total && results.length > 0,
      corrections: results.length ? query.units.flatMap(correctionsOf) : [],
      unknown: unknownParts(query),
      counts: options.countFacets ? countFacets(numbers, papers.root, papers.facets) : undefined,
    };
  }
}

/**
 * @param {LunrPapers} papers
 * @param {string} id
 */
function paperOfId(papers, id) {
  const number = papers.numbersById.get(id);
  return number === undefined ? {} : { results: [papers.result(number, 0)], total: 1 };
}

/**
 * The papers with all that was asked for, and those with most of it, each the best first.
 * @param {LunrPapers} papers
 * @param {Query} query
 * @returns {{ complete: Result[], incomplete: Result[] }}
 */
function rankPapers(papers, query) {
  const groups = scoreGroups(papers, query.units);
  const allowed = allowedPapers(query, papers.root, papers.facets);
  query.unmet = unmetFilters(query, papers.root, papers.facets);
  const excluded = new Set(query.not.flatMap((units) => papersWith(papers, units)));
  for (const filters of query.without) {
    allowedPapers(filters, papers.root, papers.facets)?.forEach((bit, paper) => {
      if (bit) excluded.add(paper);
    });
  }
  const [hintStart, hintEnd] = hintedPapers(query, papers.root);
  const isStrict = query.units.some(({ phrase, author, near }) => phrase || author || near);
  const isAnswerable = groups.length > 0 || !query.units.length;
  /** @type {Result[]} */
  const complete = [];
  /** @type {Result[]} */
  const incomplete = [];
  for (let number = papers.root.documents - 1; number >= 0; number--) {
    if ((allowed && !allowed[number]) || excluded.has(number) || !isAnswerable) continue;
    const gains = groups.map((scores) => scores.get(number));
    const present = gains.filter((gain) => gain !== undefined);
    const share = groups.length ? present.length / groups.length : 1;
    if (share < 1 && (isStrict || share < MOST)) continue;
    const sum = present.reduce((total, gain) => total + gain, 0);
    const isHinted = hintStart <= number && number < hintEnd;
    const score = sum * share * share * (isHinted ? 1 + YEAR_BONUS : 1);
    const near = 1 + NEAR_BONUS * nearPairs(papers, number, query.units);
    (share === 1 ? complete : incomplete).push(papers.result(number, score * near));
  }
  /** @type {(one: Result, two: Result) => number} */
  const byScore = (one, two) => two.score - one.score || two.document - one.document;
  return { complete: complete.sort(byScore), incomplete: incomplete.sort(byScore) };
}

/**
 * The scores of what a paper must have: words, phrases, names.
 * @param {LunrPapers} papers
 * @param {Unit[]} units
 * @returns {Scores[]}
 */
function scoreGroups(papers, units) {
  const names = namesIn(units).map((name) => scoresOfName(papers, name));
  const words = units.filter(({ author }) => !author);
  for (const unit of units) if (unit.author) unit.options = [];
  const scores = words.map((unit) => scoresOfUnit(papers, unit));
  addJoinedPairs(papers, words, scores);
  const phrases = rowsIn(words).map((phrase) => {
    const numbers = [...scores[words.indexOf(phrase[0])].keys()];
    return new Map(numbers.filter((n) => hasPhrase(papers, n, phrase)).map((n) => [n, 0]));
  });
  const required = words.map((unit, i) =>
    unit.optional || isUnknown(unit) ? undefined : scores[i],
  );
  return [...names, ...phrases, ...required.filter((one) => one !== undefined)];
}

/**
 * The papers that have all of some units.
 * @param {LunrPapers} papers
 * @param {Unit[]} units
 */
function papersWith(papers, units) {
  const groups = scoreGroups(papers, units);
  if (!groups.length) return [];
  return [...groups[0].keys()].filter((number) => groups.every((one) => one.has(number)));
}

/**
 * @param {LunrPapers} papers
 * @param {number} number
 * @param {Unit[]} units
 */
const nearPairs = (papers, number, units) =>
  units.filter((unit, i) => unit.near && standNear(papers, number, units[i - 1], unit)).length;
