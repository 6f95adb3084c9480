// Which papers have what a query asks for, by lunr's index; lunr itself knows words alone.

/** @import { Unit, UnitOption } from "../types" */
/** @import { LunrPapers } from "./lunr_papers.js" */
import RANKING from "../../ranking.json" with { type: "json" };
import { otherSpellings } from "./other_spellings.js";
import { standsIn } from "./phrases.js";
import { editDistance, maxEdits } from "./spelling.js";
import { bordered, joinedPairs } from "./word_borders.js";

const { alternatives: WEIGHTS, bonus: BONUS, limits: LIMITS } = RANKING;
const NEAR_WORDS = 4; // from one word to one that stands near it, at most

/** @typedef {Map<number, number>} Scores of papers by number */

/**
 * The papers that have a unit, with their scores; says in the unit what stood for it.
 * @param {LunrPapers} papers
 * @param {Unit} unit
 * @returns {Scores}
 */
export function scoresOfUnit(papers, unit) {
  const { words, joined, raw, prefix, exact, literal } = unit;
  const fields = unit.title ? ["title"] : undefined;
  /** @type {Scores} */
  const scores = new Map();
  /** @type {Map<string, UnitOption>} */
  const options = new Map();
  /** @type {(alternative: string[], weight: number, search?: object, isRow?: boolean) => void} */
  const add = (alternative, weight, search = {}, isRow = false) => {
    const found = scoresOfAll(papers, alternative, { fields, ...search });
    const row = { ...unit, words: alternative, prefix: false };
    const met = [...found.scores].filter(([number]) => !isRow || hasPhrase(papers, number, [row]));
    for (const [number, score] of met) raise(scores, number, weight * score);
    if (!met.length) return;
    for (const terms of isRow ? [alternative] : found.terms.map((term) => [term]))
      options.set(terms.join(" "), optionOf(terms));
  };
  add(words, 1);
  if (joined) add([joined], 1);
  if (words.length === 1) for (const other of otherSpellings(words[0])) add([other], 1);
  const pieces = bordered(unit);
  if (pieces.length) add(pieces, WEIGHTS.splitCompound, {}, true);
  const isWord = scores.size > 0;
  if (prefix && (raw.length > 1 || raw > "\x7f")) {
    const weight = isWord ? WEIGHTS.completionOfWord : WEIGHTS.completion;
    if (words.length === 1) add([raw], weight, { isBeginning: true });
  }
  if (!scores.size && words.length === 1 && !exact && !literal) {
    unit.corrections = nearestWords(papers, words[0], fields);
    for (const word of unit.corrections) add([word], WEIGHTS.edits[1]);
  }
  unit.options = [...options.values()];
  return scores;
}

/**
 * The papers that have all of some words, with the sums of their scores.
 * @param {LunrPapers} papers
 * @param {string[]} words
 * @param {object} search
 */
function scoresOfAll(papers, words, search) {
  const [first, ...others] = words.map((word) => papers.find(word, search));
  /** @type {Scores} */
  const scores = new Map();
  for (const [number, score] of first.scores) {
    if (others.some((match) => !match.scores.has(number))) continue;
    const sum = others.reduce((total, match) => total + (match.scores.get(number) ?? 0), score);
    scores.set(number, sum);
  }
  return { scores, terms: [first, ...others].flatMap((match) => match.terms) };
}

/** @type {(scores: Scores, number: number, score: number) => Scores} */
const raise = (scores, number, score) =>
  scores.set(number, Math.max(scores.get(number) ?? 0, score));

/**
 * Lets papers that write two neighbouring units as one count as papers with both.
 * @param {LunrPapers} papers
 * @param {Unit[]} units
 * @param {Scores[]} scores of each unit
 */
export function addJoinedPairs(papers, units, scores) {
  for (const { one, two, words, weight } of joinedPairs(units)) {
    const fields = one.title || two.title ? ["title"] : undefined;
    const found = scoresOfAll(papers, words, { fields });
    const option = optionOf(words);
    for (const unit of found.scores.size ? [one, two] : []) {
      if (!two.phrase) unit.options.push(option);
      for (const [number, score] of found.scores)
        raise(scores[units.indexOf(unit)], number, weight * score);
    }
  }
}

/**
 * What highlights take from a unit: the terms that stand for it, in a row where there are several.
 * @param {string[]} terms
 * @returns {UnitOption}
 */
function optionOf(terms) {
  const parts = terms.map((term) => ({ term }));
  // @ts-expect-error: of lists that lunr keeps to itself there is only the term
  return { parts, weight: 1 };
}

/**
 * The words of the archive nearest to a word, the commonest first.
 * @param {LunrPapers} papers
 * @param {string} word
 * @param {string[]} [fields]
 */
function nearestWords(papers, word, fields) {
  for (let edits = 1; edits <= maxEdits(word); edits++) {
    const { terms } = papers.find(word, { fields, edits });
    const near = terms.filter((term) => editDistance(word, term, edits, false) === edits);
    if (near.length) {
      const counts = new Map(near.map((term) => [term, papers.find(term, { fields }).scores.size]));
      const sorted = near.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
      return sorted.slice(0, LIMITS.corrections);
    }
  }
  return [];
}

/**
 * Papers with an author whose name has all units, in any order; those of that very name score.
 * @param {LunrPapers} papers
 * @param {Unit[]} name
 * @returns {Scores}
 */
export function scoresOfName(papers, name) {
  const asked = name.flatMap(({ words, initial }) => words.map((word) => ({ word, initial })));
  const typed = new Set(name.flatMap(({ words }) => words));
  const whole = asked.map(({ word }) => word).join(" ");
  /** @type {Scores} */
  const scores = new Map();
  papers.names.forEach((authors, number) => {
    authors.forEach((words, place) => {
      const hasAll = asked.every(({ word, initial }) =>
        words.some((one) =>
          initial ? one === word || (one.startsWith(word) && !typed.has(one)) : one === word,
        ),
      );
      if (!hasAll) return;
      const exact = words.join(" ") === whole ? BONUS.exactName : 0;
      const first = name[0].firstAuthor && !place ? BONUS.firstAuthor : 0;
      scores.set(number, Math.max(scores.get(number) ?? 0, exact + first));
    });
  });
  return scores;
}

/**
 * Whether a paper has the words of a phrase in a row, in its title or in its text.
 * @param {LunrPapers} papers
 * @param {number} number
 * @param {Unit[]} phrase
 */
export function hasPhrase(papers, number, phrase) {
  const { title, text } = papers.words(number);
  const fields = phrase[0].title ? [title] : [title, text];
  return fields.some((words) => standsIn(words, phrase));
}

/**
 * Whether two units stand near each other in a paper, in either order.
 * @param {LunrPapers} papers
 * @param {number} number
 * @param {Unit} one
 * @param {Unit} other
 */
export function standNear(papers, number, one, other) {
  const { title, text } = papers.words(number);
  return [title, text].some((words) => {
    const [ones, others] = [one, other].map(({ words: asked }) =>
      words.flatMap((word, at) => (word === asked[0] ? [at] : [])),
    );
    return ones.some((at) => others.some((there) => Math.abs(there - at) <= NEAR_WORDS));
  });
}
