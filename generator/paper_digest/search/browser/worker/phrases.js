// Phrases of a query, looked for in a text: of a word's places the index knows no more than the rest of
// a division by four, so among papers that have all words often some have them apart.

/** @import { Unit } from "../types" */
import { indexWords, tokens } from "./tokenizer.js";

/**
 * The words of a text as they are indexed, at their places.
 * @param {string} text
 */
export const positionedWords = (text) =>
  tokens(text).flatMap((token) => {
    const [size, words] = indexWords(token);
    return words.slice(0, size).map(([word]) => word);
  });

/**
 * The phrases of some units: runs of which each but the first must follow the one before.
 * @param {Unit[]} units
 */
export function phrasesIn(units) {
  /** @type {Unit[][]} */
  const runs = [];
  for (const unit of units) {
    if (unit.phrase && runs.length) runs[runs.length - 1].push(unit);
    else runs.push([unit]);
  }
  return runs.filter((run) => run.length > 1);
}

/**
 * Whether the words of a phrase stand in a row, in another spelling too.
 * @param {string[]} words of a text, at their places
 * @param {Unit[]} phrase
 */
export function standsIn(words, phrase) {
  const asked = phrase.flatMap((unit) =>
    unit.words.map((word, i) => ({
      at: unit.at + i - phrase[0].at,
      spellings: new Set([word, ...(unit.words.length === 1 ? otherTerms(unit) : [])]),
      beginning: unit.prefix ? unit.raw : "",
    })),
  );
  return words.some((_, start) =>
    asked.every(({ at, spellings, beginning }) => {
      const there = words[start + at];
      return spellings.has(there) || Boolean(beginning && there?.startsWith(beginning));
    }),
  );
}

/** @param {Unit} unit */
const otherTerms = ({ options }) =>
  options.flatMap(({ parts }) => (parts.length === 1 ? [parts[0].term] : []));

/**
 * Whether a paper has each phrase in its title or its text; one of a title in that.
 * @param {string} title
 * @param {string} text
 * @param {Unit[][]} phrases
 */
export function hasPhrases(title, text, phrases) {
  if (!phrases.length) return true;
  const [ofTitle, ofText] = [title, text].map(positionedWords);
  return phrases.every((phrase) => {
    const fields = phrase[0].title ? [ofTitle] : [ofTitle, ofText];
    return fields.some((words) => standsIn(words, phrase));
  });
}
