// Finds the papers that a query leaves out.

/** @import { Unit } from "../types" */
import { isInTitle } from "./payload.js";
import { papersWithRow } from "./phrase_rows.js";
import { keysOfName, paperOf, postingsOf } from "./postings_list.js";

/**
 * The papers that have all of some units, those of a phrase in a row.
 * @param {Unit[]} units
 * @returns {Iterable<number>}
 */
export function papersWithAll(units) {
  if (units[0]?.author) return keysOfName(units).map(paperOf);
  if (isPhrase(units)) return papersWithRow(units);
  const [first, ...others] = units.map(papersWithUnit);
  return [...(first ?? [])].filter((paper) => others.every((papers) => papers.has(paper)));
}

/**
 * @param {Unit} unit
 * @returns {Set<number>}
 */
function papersWithUnit(unit) {
  if (isRow(unit)) return papersWithRow([unit]);
  /** @type {Set<number>} */
  const papers = new Set();
  for (const { parts } of unit.options) {
    const { documents, payloads } = postingsOf(parts, unit);
    for (let at = 0; at < documents.length; at++) {
      if (!unit.title || isInTitle(payloads[at])) papers.add(documents[at]);
    }
  }
  return papers;
}

/** @param {Unit[]} units */
const isPhrase = (units) => units.length > 1 && Boolean(units[units.length - 1].phrase);

/**
 * Whether it takes the positions of words to say which papers have a unit.
 * @param {Unit} unit
 */
const isRow = ({ options }) => options.some(({ parts }) => parts.length > 1);

/**
 * The units of which `papersWithAll` has to know the positions.
 * @param {Unit[][]} groups
 */
export const unitsInRows = (groups) =>
  groups.flatMap((units) =>
    units[0]?.author ? [] : units.filter((unit) => isPhrase(units) || isRow(unit)),
  );
