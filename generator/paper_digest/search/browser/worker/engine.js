// Answers a query: loads what it needs, scores, and fetches the lines of what will be shown.

/** @import { Answer, Entry, ListedPaper, Query, Result, SearchOptions, Unit } from "../types" */
import RANKING from "../../ranking.json" with { type: "json" };
import { bestDocuments, newest } from "./best_papers.js";
import { allowedPapers, countFacets, hintedPapers, needsFacets } from "./filters.js";
import { IndexReader } from "./index_reader.js";
import { loadExcluded, loadHeldLines, loadLooserUnits, loadUnmetFilters } from "./later.js";
import { MissingFile } from "./missing_file.js";
import { correctionsOf, rowsIn, unknownParts } from "./names.js";
import { QueryTerms } from "./query_terms.js";
import { isEmptyQuery, readQuery } from "./read_query.js";
import { findRows } from "./required_rows.js";
import { Scorer } from "./scorer.js";
import { Superseded } from "./superseded.js";
import { resolveUnits } from "./term_lookup.js";
import { rerankByTitle } from "./title_rank.js";

const { hits: PAGE_SIZE, enoughHits, incompleteHits } = RANKING.limits;
const MOST = 0.5; // the share of the words that a paper must have to follow those that have all

export class Engine {
  /**
   * @param {URL} base the index's folder
   * @param {Promise<Response>} [rootFetch]
   * @param {(url: URL, options?: RequestInit) => Promise<Response>} [fetchFile]
   */
  constructor(base, rootFetch, fetchFile) {
    this.index = new IndexReader(base, rootFetch, fetchFile);
    /** @type {Scorer | undefined} */
    this.scorer = undefined;
  }

  open() {
    return this.index.open();
  }

  get paperCount() {
    return this.index.root.documents;
  }

  /**
   * Answers a query; reads the index anew where it was published anew.
   * @param {string} text
   * @param {SearchOptions} options
   * @returns {Promise<Answer>} throws MissingFile without a connection, Superseded where stale
   */
  async search(text, options = {}) {
    try {
      return await this.runQuery(text, options);
    } catch (error) {
      if (!(error instanceof MissingFile) || !error.isGone) throw error;
      await this.index.reopen();
      this.scorer = undefined;
      return this.runQuery(text, options);
    }
  }

  /**
   * @param {string} text
   * @param {SearchOptions} options
   * @returns {Promise<Answer>}
   */
  async runQuery(text, options) {
    const { from = 0, size = PAGE_SIZE, order, exactTotal = false } = options;
    const index = await this.index.open();
    const stopIfStale = () => {
      if (options.isStale?.()) throw new Superseded();
    };
    const query = readQuery(text, options);
    stopIfStale();
    if (query.id) return this.findById(query);
    const none = { query, results: [], total: 0, isPartial: false, corrections: [], unknown: [] };
    if (!options.countFacets && isEmptyQuery(query)) return none;
    // On their way beside the words: asked for after the rows, they would hold the whole answer up.
    const facets = options.countFacets ? index.loadFacets() : undefined;
    facets?.catch(() => undefined);
    const terms = new QueryTerms(index);
    await Promise.all([
      resolveUnits(terms, query.units),
      this.findExcluded(query),
      this.applyFilters(query),
    ]);
    stopIfStale();
    this.scorer ||= new Scorer(index.root.documents);
    const { scorer } = this;
    const strict = query.units.some((unit) => unit.phrase || unit.author);
    const wantedCount = exactTotal || order === "date" ? Infinity : from + size;
    let total = await this.scoreUnits(scorer, query, wantedCount);
    const isLoose = !total && !strict && !options.asIs && query.units.length > 0;
    if (isLoose) {
      const { scoreLooser } = await loadLooserUnits();
      total = await scoreLooser(terms, query, () => {
        stopIfStale();
        return this.scoreUnits(scorer, query, wantedCount);
      });
    }
    const { units } = query;
    stopIfStale();
    const isStrict = strict || total >= enoughHits || (from > 0 && !exactTotal);
    const wanted = total ? Math.min(from + size, total + incompleteHits) : from + size;
    const ranked =
      !units.length || order === "date"
        ? newest(scorer, from, size)
        : bestDocuments(scorer, wanted, isStrict, total ? MOST : 0).slice(from);
    // A list that is not whole may hide more papers than were counted.
    const mayHaveMore = unloadedParts(units).length > 0;
    const results = await Promise.all(
      ranked.map(({ document, score }) => this.loadResult(document, score)),
    );
    stopIfStale();
    const counts = facets && countFacets(scorer.matches(), index.root, await facets);
    if (order !== "date" && !from) rerankByTitle(results, text, units);
    return {
      results,
      query,
      counts,
      mayHaveMore,
      total: total || (strict ? 0 : ranked.length),
      incomplete:
        total && !isStrict && units.length && order !== "date" ? scorer.countIncomplete(MOST) : 0,
      isPartial: !total && results.length > 0,
      isLoose,
      corrections: results.length ? units.flatMap(correctionsOf) : [],
      unknown: unknownParts(query),
    };
  }

  /**
   * @param {Query} query
   * @returns {Promise<Answer>}
   */
  async findById(query) {
    const term = `#${query.id}`;
    const terms = new QueryTerms(this.index);
    await terms.load([term]);
    const entry = terms.find(term);
    const results = entry ? [await this.loadResult(entry.documents[0], 0)] : [];
    return {
      results,
      query,
      total: results.length,
      isPartial: false,
      corrections: [],
      unknown: [],
    };
  }

  /**
   * Scores everything, with the rests of long lists where their heads do not settle it.
   * @param {Scorer} scorer
   * @param {Query} query
   * @param {number} wantedCount results that will be shown; Infinity for an exact count
   * @returns {Promise<number>} how many papers match
   */
  async scoreUnits(scorer, query, wantedCount) {
    const { units, excluded = [], allowed } = query;
    const hinted = hintedPapers(query, this.index.root);
    const score = async () => {
      scorer.scoreAll(units, excluded, await findRows(this.index, units), allowed, hinted);
      return scorer.countMatches();
    };
    const total = await score();
    const truncatedUnits = units.filter((unit) => unloadedParts([unit]).length);
    if (!truncatedUnits.length || (total >= wantedCount && wantedCount < Infinity)) return total;
    if (wantedCount < Infinity && units.length === 1 && total) return total;
    const boundUnits = rowsIn(units).flat();
    const freeUnits = truncatedUnits.filter((unit) => !unit.author && !boundUnits.includes(unit));
    if (wantedCount < Infinity && freeUnits.length < units.length) {
      await this.loadRests(truncatedUnits.filter((unit) => !freeUnits.includes(unit)));
      // Few enough papers have the rarer words: the common ones need only order them.
      for (const unit of freeUnits) unit.optional = true;
      const possible = await score();
      if (possible && possible <= wantedCount) return possible;
      for (const unit of freeUnits) unit.optional = unit.hint;
    }
    await this.loadRests(truncatedUnits);
    return score();
  }

  /** @param {Query} query */
  async findExcluded(query) {
    if (!query.not.length && !query.without.length) return;
    query.excluded = await (await loadExcluded()).papersLeftOut(this, query);
  }

  /**
   * Which papers of a list hold any line of some lists.
   * @param {ListedPaper[]} papers
   * @param {string[][]} lists
   * @returns {Promise<string[][]>} slugs; throws MissingFile
   */
  async holders(papers, lists) {
    const [{ holders }] = await Promise.all([loadHeldLines(), this.index.open()]);
    return holders(this, papers, lists);
  }

  /** @param {Unit[]} units */
  async loadRests(units) {
    await Promise.all(
      unloadedParts(units).map(async (part) => {
        part.loadedRest = await this.index.loadRest(part.rest);
      }),
    );
  }

  /** @param {Query} query */
  async applyFilters(query) {
    const { without } = query;
    const facets = [query, ...without].some(needsFacets)
      ? await this.index.loadFacets()
      : undefined;
    query.allowed = allowedPapers(query, this.index.root, facets);
    if (!without.length && (query.allowed?.includes(1) ?? true)) return;
    const { unmetFilters } = await loadUnmetFilters();
    query.unmet = unmetFilters(query, this.index.root, facets);
  }

  /**
   * @param {number} document
   * @param {number} score
   * @returns {Promise<Result>}
   */
  async loadResult(document, score) {
    const [slug, title, authors, date] = await this.index.loadRow(document);
    return { document, slug, title, authors, date, score };
  }
}

/**
 * Entries whose lists have a rest that was not fetched.
 * @param {Unit[]} units
 * @returns {(Entry & { rest: number })[]}
 */
function unloadedParts(units) {
  const parts = units.flatMap((unit) => unit.options.flatMap((option) => option.parts));
  // @ts-expect-error: the checker does not see that the filter leaves numbers alone
  return parts.filter((part) => part.rest !== undefined && !part.loadedRest);
}
