// Where letters and digits meet: what is written as one word, in parts or with a hyphen is the same name.

/** @import { Unit } from "../types" */
import RANKING from "../../ranking.json" with { type: "json" };

const BORDER = /(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])/;
const { alternatives: WEIGHTS } = RANKING;

/**
 * The words of a unit cut where letters and digits meet; [] where they do not, or a lone letter does.
 * @param {Unit} unit
 */
export function bordered({ words, author }) {
  const pieces = words.flatMap((word) => word.split(BORDER));
  const isLone = pieces.some((one) => /^\p{L}$/u.test(one) && !words.includes(one));
  return pieces.length > words.length && !author && !isLone ? pieces : [];
}

/**
 * Two neighbouring units that a paper may write as one, with the words of that and what it counts.
 * Of compounds those only where a letter and a digit meet: `Qwen 2.5` is `Qwen2.5` too.
 * @param {Unit[]} units
 */
export function joinedPairs(units) {
  return units.slice(1).flatMap((two, i) => {
    const one = units[i];
    if (two.at !== one.end || one.author || two.author) return [];
    const before = one.words[one.words.length - 1];
    const joined = before + two.words[0];
    const isBorder = BORDER.test(before.slice(-1) + two.words[0].slice(0, 1));
    if (!isBorder && (one.words.length > 1 || two.words.length > 1)) return [];
    const words = [...one.words.slice(0, -1), joined, ...two.words.slice(1)];
    const weight = isBorder ? WEIGHTS.splitCompound : WEIGHTS.joinedPair;
    return [{ one, two, joined, words, weight, isBorder }];
  });
}
