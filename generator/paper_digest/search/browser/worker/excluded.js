// Finds the papers that a query leaves out.

/** @import { Unit } from "../types" */
import { isInTitle, POSITION_BITS } from "./payload.js";
import { keysOfName, paperOf, positionsOf, postingsOf, shiftPositions } from "./postings_list.js";

/**
 * The papers that have all of some units, those of a phrase in a row.
 * @param {Unit[]} units
 * @returns {Iterable<number>}
 */
export function papersWithAll(units) {
  if (units[0]?.author) return keysOfName(units).map(paperOf);
  /** Positions at which a row of the units so far ends. @type {Map<number, number>} */
  let ends = new Map();
  units.forEach((unit, i) => {
    const before = ends;
    ends = new Map();
    const shift = i ? (unit.at - units[i - 1].end + 1) & 3 : 0;
    for (const { parts } of unit.options) {
      const { documents, payloads } = postingsOf(parts, unit);
      for (let at = 0; at < documents.length; at++) {
        const d = documents[at];
        if (unit.title && !isInTitle(payloads[at])) continue;
        // A name has no positions: it is as good as anywhere.
        let positions = positionsOf(payloads[at]) || (unit.inText ? 0 : POSITION_BITS);
        if (i && unit.phrase) positions &= shiftPositions(before.get(d) ?? 0, shift);
        if (positions && (!i || before.has(d))) ends.set(d, (ends.get(d) ?? 0) | positions);
      }
    }
  });
  return ends.keys();
}
