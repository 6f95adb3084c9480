// Finds the papers in which the units of a phrase stand in a row; phrase_rows.py is the other half.

/** @import { Entry, Unit, UnitOption } from "../types" */
import RANKING from "../../ranking.json" with { type: "json" };
/** @import { IndexReader } from "./index_reader.js" */
import { loadPositions } from "./positions.js";
import { keysOfName, NUMBERS_PER_PAPER, paperOf } from "./postings_list.js";

// The position of the first word of a text, but after a longer title.
const TEXT_START = RANKING.payload.textStart;

/**
 * The papers in which some units stand in a row, or whose author's name has all of them; of long
 * lists what was read of them counts.
 * @param {IndexReader} index
 * @param {Unit[]} row
 * @returns {Promise<Set<number>>} throws MissingFile
 */
export async function papersWithRow(index, row) {
  await loadPositions(index, row);
  const gaps = row.slice(1).map((unit, place) => unit.at - row[place].end);
  const ends = rowEnds(row, gaps);
  const all = row[0].title ? inTitles(ends) : [...ends, ...keysOfName(row)];
  return new Set(all.map(paperOf));
}

/**
 * Gives each option of several terms the papers in which they stand in a row; of long lists as above.
 * @param {IndexReader} index
 * @param {Unit[]} units
 */
export async function findTermRows(index, units) {
  await loadPositions(index, units);
  for (const { options, title } of units) {
    for (const option of options) {
      const ends = endsOf(option.parts);
      option.papers = new Set((title ? inTitles(ends) : ends).map(paperOf));
    }
  }
}

/**
 * The ends of the rows that stand in a title, but for what is after the text's first position.
 * @param {number[]} ends
 */
const inTitles = (ends) => ends.filter((key) => key % NUMBERS_PER_PAPER <= TEXT_START);

/**
 * The papers in which two units stand side by side, in either order; of long lists as above.
 * @param {IndexReader} index
 * @param {Unit[]} pair
 * @returns {Promise<Set<number>>} throws MissingFile
 */
export async function papersSideBySide(index, [one, two]) {
  await loadPositions(index, [one, two]);
  return new Set([...rowEnds([one, two], [0]), ...rowEnds([two, one], [0])].map(paperOf));
}

/**
 * The positions after each place where units stand in a row.
 * @param {Unit[]} row
 * @param {number[]} gaps how many words stand between them
 */
function rowEnds(row, gaps) {
  /** Where each unit has to begin. @type {number[][]} */
  const reached = Array.from({ length: row.length + 1 }, () => []);
  row.forEach((unit, place) => {
    const begins = place ? rising(reached[place]) : undefined;
    for (const option of unit.options) {
      if (place && isOfBoth(option, row[place - 1])) continue;
      let after = place + 1;
      let ends = endsOf(option.parts, begins);
      if (after < row.length && isOfBoth(option, row[after])) {
        ends = without(ends, joints(wordsOf(unit, option), wordsOf(row[after], option)));
        after++;
      } else if (option.parts.length === 1) {
        for (const [first, second] of compoundsOf(unit)) {
          ends = without(ends, joints([first], [second]));
        }
      }
      const gap = after < row.length ? gaps[after - 1] : 0;
      for (const end of ends) reached[after].push(end + gap);
    }
  });
  return reached[row.length];
}

/**
 * Whether an option stands for two units, which a paper writes as one word.
 * @param {UnitOption} option
 * @param {Unit} neighbour
 */
const isOfBoth = (option, neighbour) =>
  neighbour.options.some(({ parts }) => parts === option.parts);

/** @param {Unit} unit */
const compoundsOf = ({ options }) =>
  options.map(({ parts }) => parts).filter(({ length }) => length > 1);

/**
 * @param {Unit} unit
 * @param {UnitOption} ofBoth left out
 */
const wordsOf = ({ options }, ofBoth) =>
  options.flatMap(({ parts }) => (parts.length > 1 || parts === ofBoth.parts ? [] : parts));

/**
 * Where the second word of a compound stands right after the first. A compound is listed where it begins,
 * as a word that is written as one is; but its parts are found by themselves, and end where it does.
 * @param {Entry[]} firsts
 * @param {Entry[]} seconds
 */
const joints = (firsts, seconds) =>
  common(next(rising(firsts.flatMap(keysOf))), rising(seconds.flatMap(keysOf)));

/**
 * The positions after those where some terms stand in a row.
 * @param {Entry[]} parts
 * @param {number[]} [begins] where they may begin; anywhere if absent
 */
function endsOf([first, ...others], begins) {
  const own = keysOf(first);
  const ends = next(begins ? common(own, begins) : own);
  return others.reduce((before, part) => next(common(before, keysOf(part))), ends);
}

/** @param {Entry} entry */
const keysOf = ({ positions }) => positions?.keys ?? [];

/**
 * @param {number[]} keys
 * @param {number[]} others
 */
function without(keys, others) {
  const left = new Set(keys);
  for (const key of others) left.delete(key);
  return [...left];
}

/** @param {number[]} keys */
const next = (keys) => keys.map((key) => key + 1);

/** @param {number[]} keys */
const rising = (keys) => [...new Set(keys)].sort((one, two) => one - two);

/**
 * What two lists in rising order have both.
 * @param {number[]} one
 * @param {number[]} two
 */
function common(one, two) {
  const both = [];
  for (let i = 0, j = 0; i < one.length && j < two.length; ) {
    if (one[i] === two[j]) both.push(one[i]);
    if (one[i] <= two[j]) i++;
    else j++;
  }
  return both;
}
