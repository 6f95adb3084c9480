// Numbers the papers of two segments as an index of all of them would; paper_numbers.py is its twin.

import { NUMBERS_PER_PAPER, paperOf } from "./postings_list.js";

/**
 * The ascending numbers that were written as gaps.
 * @param {number[]} gaps
 */
export function fromGaps(gaps) {
  let number = 0;
  return gaps.map((gap) => (number += gap));
}

/** Where the papers of a base and of a newer segment stand in the whole archive. */
export class PaperNumbers {
  /**
   * @param {number} documents papers of the archive
   * @param {number[]} newer number in the archive of each paper of the newer segment, as gaps
   * @param {number[]} replaced numbers within the base of papers that no longer count, as gaps
   */
  constructor(documents, newer, replaced) {
    this.ofNewer = Int32Array.from(fromGaps(newer));
    const gone = fromGaps(replaced);
    // -1 for a paper that was changed, and then stands in the newer segment, or removed.
    this.ofBase = new Int32Array(documents - newer.length + replaced.length);
    this.owners = new Int32Array(documents);
    for (let number = 0, base = 0, newerAt = 0, goneAt = 0; base < this.ofBase.length; base++) {
      if (base === gone[goneAt]) {
        this.ofBase[base] = -1;
        goneAt++;
        continue;
      }
      for (; number === this.ofNewer[newerAt]; number++) newerAt++;
      this.ofBase[base] = number;
      this.owners[number++] = base;
    }
    this.ofNewer.forEach((number, place) => {
      this.owners[number] = -1 - place;
    });
  }

  /**
   * Whether a paper is in the newer segment, and its number within its segment.
   * @param {number} number
   * @returns {[boolean, number]}
   */
  place(number) {
    const owner = this.owners[number];
    return owner < 0 ? [true, -1 - owner] : [false, owner];
  }
}

/**
 * Gives the authors' keys of a segment the papers' numbers in the archive.
 * @param {number[]} keys
 * @param {Int32Array} numbers
 */
export function renumberedKeys(keys, numbers) {
  const renumbered = [];
  for (const key of keys) {
    const number = numbers[paperOf(key)];
    if (number >= 0) renumbered.push(number * NUMBERS_PER_PAPER + (key % NUMBERS_PER_PAPER));
  }
  return renumbered;
}
