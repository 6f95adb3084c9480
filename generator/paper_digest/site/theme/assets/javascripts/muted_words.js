// Words, names and topics that the reader mutes or wants highlighted, kept in this browser.
import { loadChoice, storeChoice, storeWritten } from "./choices.js";

const WORDS = "pd-words";
const PAPERS = "pd-muted"; // partials/early-rows.html reads it too
const MAX_PAPERS = 5000; // whose rows are hidden before the page is first drawn

/** @typedef {{ muted: string[], highlighted: string[] }} Words */

export const loadWords = () => parseWords(loadChoice(WORDS));

/**
 * What a storage holds, without whatever is not ours.
 * @param {string | null} text
 * @returns {Words}
 */
export function parseWords(text) {
  try {
    const { muted, highlighted } = JSON.parse(text || "{}") ?? {};
    return { muted: listOf(muted), highlighted: listOf(highlighted) };
  } catch {
    return { muted: [], highlighted: [] };
  }
}

/**
 * The texts of a list; none where it is no list.
 * @param {unknown} value
 * @returns {string[]}
 */
const listOf = (value) =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

/** @param {Words} words */
export function storeWords(words) {
  storeWritten(WORDS, JSON.stringify(words));
  storeChoice(PAPERS, "");
}

/** The papers that were found to hold a muted word, since these words were muted. */
export const loadMutedPapers = () => parsePapers(loadChoice(PAPERS));

/**
 * What a storage holds, without whatever is not ours.
 * @param {string | null} text
 * @returns {Set<string>}
 */
export function parsePapers(text) {
  try {
    return new Set(listOf(JSON.parse(text || "[]")));
  } catch {
    return new Set();
  }
}

/** @param {string[]} slugs */
export function addMutedPapers(slugs) {
  const papers = [...new Set([...loadMutedPapers(), ...slugs])].slice(-MAX_PAPERS);
  if (slugs.length) storeChoice(PAPERS, JSON.stringify(papers));
}

/**
 * One word or phrase a line, as people type them.
 * @param {string} text
 */
export const parseLines = (text) => [
  ...new Set(
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/**
 * Tells whether a text holds any of some words or phrases: whole ones, whatever their case.
 * @param {string} text
 * @param {string[]} words
 */
export function holdsAny(text, words) {
  if (!words.length) return false;
  const plain = ` ${simplify(text)} `;
  return words.some((word) => simplify(word) && plain.includes(` ${simplify(word)} `));
}

/** @param {string} text */
const simplify = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
