// Which units of a query make a name, and which of them nothing stands for.

/** @import { Unit } from "../types" */

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
 * Whether no paper has a word, nor one that could be meant, so that it leaves out no paper.
 * @param {Unit} unit
 */
export const isUnknown = ({ options, words, exact }) =>
  !options.length && words.length === 1 && !exact;

/**
 * The word as typed with the one it was taken for, if it was.
 * @param {Unit} unit
 * @returns {[string, string][]}
 */
export function correctionsOf({ raw, corrections, commonerTerm }) {
  const meant = commonerTerm ?? corrections?.[0];
  return meant ? [[raw, meant]] : [];
}
