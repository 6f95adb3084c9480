// Finds the papers that have the phrases of a query.

/** @import { Unit } from "../types" */
/** @import { IndexReader } from "./index_reader.js" */
import { loadPhraseRows } from "./later.js";
import { rowsIn } from "./names.js";
import { floorIndex } from "./sorted_terms.js";

/**
 * Has the positions of all that can stand for some units on their way, while the script comes that reads them.
 * @param {IndexReader} index
 * @param {Unit[]} units
 */
function beginPositions(index, units) {
  const { shards, names } = index.root;
  const parts = units.flatMap(({ options }) => options.flatMap((option) => option.parts));
  for (const { term } of parts) index.files.begin("p", floorIndex(shards, term), names.places);
}

/**
 * The papers that have each phrase; gives each unit those where it stands beside the one before, as NEAR
 * asks for, and those where the parts of its compounds stand in a row. Of long lists what was read of
 * them counts.
 * @param {IndexReader} index
 * @param {Unit[]} units
 * @returns {Promise<Set<number>[]>} throws MissingFile
 */
export async function findRows(index, units) {
  const rows = rowsIn(units);
  const compounds = units.filter(
    ({ author, options }) => !author && options.some(({ parts }) => parts.length > 1),
  );
  const near = units.filter((unit, i) => unit.near || units[i + 1]?.near);
  const needed = [...rows.flat(), ...compounds, ...near];
  if (!needed.length) return [];
  beginPositions(index, needed);
  const { papersWithRow, papersSideBySide, findTermRows } = await loadPhraseRows();
  await findTermRows(index, compounds);
  for (const [i, unit] of units.entries()) {
    if (unit.near && i) unit.neighbours = await papersSideBySide(index, [units[i - 1], unit]);
  }
  return Promise.all(rows.map((row) => papersWithRow(index, row)));
}
