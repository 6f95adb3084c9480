// Puts results first whose titles are what was typed.

/** @import { Result, Unit } from "../types" */
import RANKING from "../../ranking.json" with { type: "json" };
import { indexWords, tokens } from "./tokenizer.js";

const { bonus: BONUS } = RANKING;

/**
 * A paper whose whole title was typed comes first. Those whose titles hold every word go by how
 * much of the title that is, at the places they have.
 * @param {Result[]} results changed in place
 * @param {string} text
 * @param {Unit[]} units
 */
export function rerankByTitle(results, text, units) {
  const typed = tokens(text).join(" ");
  const shares = new Map(results.map((result) => [result, titleShare(result.title, typed, units)]));
  /** @type {(result: Result) => number} */
  const shareOf = (result) => shares.get(result) ?? 0;
  const titleMatches = results.filter(shareOf);
  const places = titleMatches.map((result) => results.indexOf(result));
  const sorted = [...titleMatches].sort((one, two) => shareOf(two) - shareOf(one) || 0);
  sorted.forEach((result, i) => {
    results[places[i]] = result;
  });
  const exact = results.findIndex((result) => shareOf(result) === Infinity);
  if (exact > 0) results.unshift(...results.splice(exact, 1));
}

/**
 * How much of a title was typed: Infinity for all of it, 0 where a word was typed that it lacks. What
 * stands before a colon is mostly the name of a system or a dataset, by which people ask for a paper:
 * it counts like a title of its own.
 * @param {string} title
 * @param {string} typed
 * @param {Unit[]} units
 */
function titleShare(title, typed, units) {
  const words = tokens(title);
  if (words.join(" ") === typed) return Infinity;
  const share = shareOfWords(words, typed, units);
  const [name, rest] = title.split(":", 2);
  if (!share || rest === undefined) return share;
  return Math.max(share, shareOfWords(tokens(name), typed, units));
}

/**
 * The units in some words by their number; 0 where they lack one.
 * @param {string[]} words
 * @param {string} typed
 * @param {Unit[]} units
 */
function shareOfWords(words, typed, units) {
  const indexed = words.map(indexWords);
  const titleTerms = new Set(indexed.flatMap(([, list]) => list.map(([word]) => word)));
  const asked = units.filter(({ options, hint }) => options.length && !hint);
  const inTitle = asked.every(({ options }) =>
    options.some(({ parts }) => parts.every(({ term }) => titleTerms.has(term))),
  );
  if (!asked.length || !inTitle) return 0;
  // As it was typed is nearer than in the singular, or with an ending.
  const exactCount = asked.filter(({ raw }) =>
    words.some((word) => word === raw || word.endsWith(`-${raw}`)),
  ).length;
  const length = indexed.reduce((sum, [size]) => sum + size, 0);
  return ((asked.length + BONUS.literalTitleWord * exactCount) * rowFactor(words, typed)) / length;
}

/**
 * What it is worth that a title has the words in a row as typed, or begins so.
 * @param {string[]} words
 * @param {string} typed
 */
function rowFactor(words, typed) {
  const title = ` ${words.join(" ")} `;
  if (title.startsWith(` ${typed} `)) return BONUS.titleOpening;
  return title.includes(` ${typed} `) ? BONUS.titleRow : 1;
}
