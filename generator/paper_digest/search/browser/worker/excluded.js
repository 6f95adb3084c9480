// Finds the papers that a query leaves out.

/** @import { Query, Unit } from "../types" */
/** @import { Engine } from "./engine.js" */
/** @import { IndexReader } from "./index_reader.js" */
import { allowedPapers, needsFacets } from "./filters.js";
import { loadPhraseRows } from "./later.js";
import { isInTitle } from "./payload.js";
import { keysOfName, paperOf, postingsOf } from "./postings_list.js";
import { QueryTerms } from "./query_terms.js";
import { resolveUnits } from "./term_lookup.js";

/**
 * The papers that have all of any group of units, of every list all, lest some papers stay, or that meet a filter.
 * @param {Engine} engine whose index is open
 * @param {Pick<Query, "not" | "without">} query
 * @returns {Promise<Set<number>>} throws MissingFile
 */
export async function papersLeftOut(engine, { not, without }) {
  const { index } = engine;
  const units = not.flat();
  await resolveUnits(new QueryTerms(index), units);
  await engine.loadRests(units);
  const groups = await Promise.all(not.map((one) => papersWithAll(index, one)));
  const papers = new Set(groups.flatMap((one) => [...one]));
  const facets = without.some(needsFacets) ? await index.loadFacets() : undefined;
  for (const filters of without) {
    allowedPapers(filters, index.root, facets)?.forEach((bit, paper) => {
      if (bit) papers.add(paper);
    });
  }
  return papers;
}

/**
 * The papers that have all of some units, those of a phrase in a row.
 * @param {IndexReader} index
 * @param {Unit[]} units all of whose lists were loaded
 * @returns {Promise<Iterable<number>>} throws MissingFile
 */
async function papersWithAll(index, units) {
  if (units[0]?.author) return keysOfName(units).map(paperOf);
  if (isPhrase(units)) return (await loadPhraseRows()).papersWithRow(index, units);
  const [first, ...others] = await Promise.all(units.map((unit) => papersWithUnit(index, unit)));
  return [...(first ?? [])].filter((paper) => others.every((papers) => papers.has(paper)));
}

/**
 * @param {IndexReader} index
 * @param {Unit} unit
 * @returns {Promise<Set<number>>}
 */
async function papersWithUnit(index, unit) {
  if (unit.options.some(({ parts }) => parts.length > 1)) {
    await (await loadPhraseRows()).findTermRows(index, [unit]);
  }
  /** @type {Set<number>} */
  const papers = new Set();
  for (const option of unit.options) {
    const { documents, payloads } = postingsOf(option, unit);
    for (let at = 0; at < documents.length; at++) {
      if (!unit.title || isInTitle(payloads[at])) papers.add(documents[at]);
    }
  }
  return papers;
}

/** @param {Unit[]} units */
const isPhrase = (units) => units.length > 1 && Boolean(units[units.length - 1].phrase);
