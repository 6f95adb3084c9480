// Finds the papers that have the phrases of a query.

/** @import { Unit } from "../types" */
/** @import { IndexReader } from "./index_reader.js" */
import { loadPhraseRows } from "./later.js";
import { rowsIn } from "./names.js";

/**
 * The papers that have each phrase, and with each unit those where it stands beside the one before as
 * NEAR asks for; of long lists what was read of them counts.
 * @param {IndexReader} index
 * @param {Unit[]} units
 * @returns {Promise<Set<number>[]>} throws MissingFile
 */
export async function findRows(index, units) {
  const rows = rowsIn(units);
  if (!rows.length && !units.some(({ near }) => near)) return [];
  const { papersWithRow, papersSideBySide } = await loadPhraseRows();
  for (const [i, unit] of units.entries()) {
    if (unit.near && i) unit.neighbours = await papersSideBySide(index, [units[i - 1], unit]);
  }
  return Promise.all(rows.map((row) => papersWithRow(index, row)));
}
