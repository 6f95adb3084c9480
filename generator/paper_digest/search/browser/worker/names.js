// Which units of a query make a name or a phrase, and which of them nothing stands for.

/** @import { Query, Unit } from "../types" */

/**
 * The units of each name that was asked for.
 * @param {Unit[]} units
 */
export function namesIn(units) {
  /** @type {Unit[][]} */
  const names = [];
  for (const unit of units) {
    if (!unit.author) continue;
    if (unit.phrase && names.length) names[names.length - 1].push(unit);
    else names.push([unit]);
  }
  return names;
}

/**
 * The units of each phrase in quotation marks that is looked for in titles and texts.
 * @param {Unit[]} units
 */
export function rowsIn(units) {
  /** @type {Unit[][]} */
  const rows = [];
  for (const unit of units) {
    if (unit.phrase && rows.length) rows[rows.length - 1].push(unit);
    else rows.push([unit]);
  }
  return rows.filter((row) => row.length > 1 && !row[0].author);
}

/**
 * Whether no paper has a word, nor one that could be meant, so that it leaves out no paper.
 * @param {Unit} unit
 */
export const isUnknown = ({ options, words, exact, literal }) =>
  !options.length && words.length === 1 && !exact && !literal;

/**
 * What was asked for that no paper has: words, then filters.
 * @param {Query} query
 */
export const unknownParts = ({ units, unmet = [] }) => [
  ...units.filter(isUnknown).map(({ raw }) => raw),
  ...unmet.map(([typed]) => typed),
];

/**
 * The word as typed with the one it was taken for, if it was.
 * @param {Unit} unit
 * @returns {[string, string][]}
 */
export function correctionsOf({ raw, corrections, commonerTerm }) {
  const meant = commonerTerm ?? corrections?.[0];
  return meant ? [[raw, meant]] : [];
}
