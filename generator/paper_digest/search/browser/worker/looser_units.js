// What is asked for in place of a query that no paper meets whole.

/** @import { Query, Unit } from "../types" */
/** @import { QueryTerms } from "./query_terms.js" */
import RANKING from "../../ranking.json" with { type: "json" };
import { similarTerms } from "./similar_terms.js";
import { resolveUnits } from "./term_lookup.js";

const { alternatives: WEIGHTS, limits: LIMITS } = RANKING;

/**
 * Changes the units step by step until a paper has all: compounds taken apart, then rare words for which others
 * may stand.
 * @param {QueryTerms} terms
 * @param {Query} query
 * @param {() => Promise<number>} score tells how many papers have all units
 * @returns {Promise<number>} the same; throws MissingFile, and what `score` throws
 */
export async function scoreLooser(terms, query, score) {
  let total = 0;
  if (query.units.some(({ words }) => words.length > 1)) {
    query.units = splitCompounds(query.units);
    await resolveUnits(terms, query.units);
    total = await score();
  }
  const { units } = query;
  if (!total && units.length > 1 && (await retryRareWords(terms, units))) total = await score();
  return total;
}

/**
 * The units with every compound split: its words may stand anywhere in a paper.
 * @param {Unit[]} units
 * @returns {Unit[]}
 */
export function splitCompounds(units) {
  return units.flatMap((unit) => (unit.words.length < 2 ? [unit] : splitCompound(unit)));
}

/** @param {Unit} unit */
function splitCompound(unit) {
  return unit.words.map((word, i) => {
    const isLast = i === unit.words.length - 1;
    const at = unit.at + i;
    return {
      words: [word],
      raw: isLast ? unit.raw : word,
      at,
      end: at + 1,
      title: unit.title,
      prefix: isLast && unit.prefix,
      options: [],
      rarity: 0,
    };
  });
}

/**
 * Where no paper has all words, those that hardly any paper has may be misspelt.
 * @param {QueryTerms} terms
 * @param {Unit[]} units
 * @returns {Promise<boolean>} whether one of them may be another word
 */
async function retryRareWords(terms, units) {
  const rareUnits = units.filter(isRare);
  if (!rareUnits.length) return false;
  await Promise.all(
    rareUnits.map(async (unit) => {
      const corrections = await similarTerms(terms, unit.words[0]);
      for (const { entry, distance } of corrections) {
        unit.options.push({ parts: [entry], weight: WEIGHTS.edits[distance + 1] });
      }
      unit.corrections = corrections.map(({ entry }) => entry.term);
    }),
  );
  return rareUnits.some((unit) => unit.corrections?.length);
}

/** @param {Unit} unit */
function isRare({ words, corrections, options: [option] }) {
  if (words.length !== 1 || corrections || option?.parts.length !== 1) return false;
  return option.parts[0].frequency <= LIMITS.rarePapers;
}
