// Phrases of a query, looked for in a text: lunr's index does not say where words stand.

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
