// Finds, for every unit of a query, the posting lists that can stand for it.

/** @import { Entry, Unit, UnitOption } from "../types" */
/** @import { QueryTerms } from "./query_terms.js" */
import RANKING from "../../ranking.json" with { type: "json" };
import { loadSimilarTerms } from "./later.js";
import { namesIn } from "./names.js";
import { otherSpellings } from "./other_spellings.js";
import { editDistance } from "./spelling.js";
import { bordered, joinedPairs } from "./word_borders.js";

/** @typedef {(parts: (Entry | undefined)[], weight: number, completesWord?: boolean) => void} AddOption */

const { alternatives: WEIGHTS, limits: LIMITS } = RANKING;

/**
 * Gives each unit its options.
 * @param {QueryTerms} terms
 * @param {Unit[]} units
 */
export async function resolveUnits(terms, units) {
  const words = units.flatMap(askedWords);
  const prefixes = units.filter(isHalfTyped).map(prefixOf);
  await Promise.all([terms.load(words), terms.load(prefixes, LIMITS.completionRanges)]);
  const branches = units.map(() => terms.branch());
  await Promise.all(units.map((unit, i) => findOptions(branches[i], unit)));
  for (const branch of branches) terms.join(branch);
  await addInitials(terms, units);
  await addJoinedPairs(terms, units);
}

/**
 * Lets each initial stand for every word of a name that begins so; only itself adds to a
 * score. The words that were typed in full do not count: `L. Liu` is not every Liu.
 * @param {QueryTerms} terms
 * @param {Unit[]} units
 */
async function addInitials(terms, units) {
  for (const name of namesIn(units)) {
    const typed = new Set(name.flatMap(({ words }) => words));
    for (const unit of name.filter(({ initial }) => initial)) {
      const [letter] = unit.words;
      await terms.load([`${letter}.`]);
      const exact = terms.find(`${letter}.`);
      const any = await terms.initial(letter, typed);
      if (exact) unit.options.push({ parts: [exact], weight: 1 });
      if (any) unit.options.push({ parts: [any], weight: 0 });
    }
  }
}

/** @param {Unit} unit */
const askedWords = (unit) => [
  ...unit.words,
  ...bordered(unit),
  ...otherSpellings(unit.words[0]),
  ...(unit.joined ? [unit.joined] : []),
];

/** @param {Unit} unit */
const isHalfTyped = ({ prefix, raw }) => Boolean(prefix) && (raw.length > 1 || raw > "\x7f");

/** @param {Unit} unit */
const prefixOf = (unit) => (unit.words.length > 1 ? unit.words[0] : unit.raw);

/**
 * @param {QueryTerms} terms
 * @param {Unit} unit
 */
async function findOptions(terms, unit) {
  const { words, joined, signed } = unit;
  unit.options = [];
  if (unit.initial) return;
  /** @type {Map<string, UnitOption>} */
  const optionsByTerms = new Map();
  /** @type {AddOption} */
  const add = (parts, weight, completesWord = false) => {
    const entries = parts.filter((part) => part !== undefined);
    const key = entries.map(({ term }) => term).join(" ");
    if (entries.length < parts.length || optionsByTerms.has(key)) return;
    optionsByTerms.set(key, { parts: entries, weight, completesWord });
  };
  const joinedEntry = joined ? terms.find(joined) : undefined;
  if (!signed || !joinedEntry)
    add(
      words.map((word) => terms.find(word)),
      1,
    );
  if (joinedEntry) add([joinedEntry], 1);
  if (words.length === 1) for (const other of otherSpellings(words[0])) add([terms.find(other)], 1);
  const pieces = bordered(unit);
  if (pieces.length)
    add(
      pieces.map((piece) => terms.find(piece)),
      WEIGHTS.splitCompound,
    );
  if (isHalfTyped(unit)) {
    const isWord = optionsByTerms.size > 0;
    const weight = isWord ? WEIGHTS.completionOfWord : WEIGHTS.completion;
    for (const entry of terms.completions(unit.raw, LIMITS.completionRanges, LIMITS.completions)) {
      const before = words.slice(0, -1).map((word) => terms.find(word));
      if (entry.term === words[words.length - 1]) add([...before, entry], 1);
      else add([...before, entry], weight, isWord);
    }
  }
  const [first] = optionsByTerms.values();
  if (words.length === 1 && first?.parts[0].split && !unit.author) {
    const { term, split } = first.parts[0];
    await addSplitWords(terms, term, [split], add);
  }
  const isGuessable = words.length === 1 && !unit.literal;
  if (!first && isGuessable) await correct(terms, unit, add);
  else if (isGuessable && !unit.exact) suggestCommon(terms, unit, first.parts[0], add);
  unit.options = [...optionsByTerms.values()];
}

/**
 * If a query word is rare, also tries a loaded word of edit distance 1 that is 50 times commoner:
 * some papers are misspelt too.
 * @param {QueryTerms} terms
 * @param {Unit} unit
 * @param {Entry} entry
 * @param {AddOption} add
 */
function suggestCommon(terms, unit, { term, frequency }, add) {
  if (frequency > LIMITS.rarePapers || term.length < LIMITS.commonSpellingLetters) return;
  const commoner = terms
    .commoner(term, frequency * LIMITS.commonFactor)
    .find((entry) => editDistance(term, entry.term, 1, false) === 1);
  if (!commoner) return;
  add([commoner], WEIGHTS.commonSpelling);
  unit.commonerTerm = commoner.term;
}

/**
 * For a word that the archive does not hold: similar ones, or the two of a compound.
 * @param {QueryTerms} terms
 * @param {Unit} unit
 * @param {AddOption} add
 */
async function correct(terms, unit, add) {
  const [word] = unit.words;
  const { similarTerms } = await loadSimilarTerms();
  const corrections = await similarTerms(terms, word, unit.prefix && unit.raw);
  for (const { entry, distance } of corrections) add([entry], WEIGHTS.edits[distance]);
  unit.corrections = corrections.map(({ entry }) => entry.term);
  if (corrections.some(({ distance }) => distance < 2)) return;
  const places = [];
  for (let at = 1; at <= word.length - 2; at++) {
    if (terms.find(word.slice(0, at))) places.push(at);
  }
  await addSplitWords(terms, word, places, add);
}

/**
 * The word split in two, where both halves stand in the archive.
 * @param {QueryTerms} terms
 * @param {string} word
 * @param {number[]} places
 * @param {AddOption} add
 */
async function addSplitWords(terms, word, places, add) {
  const splits = places.map((at) => [word.slice(0, at), word.slice(at)]);
  await terms.load(splits.flat());
  for (const halves of splits)
    add(
      halves.map((half) => terms.find(half)),
      WEIGHTS.splitCompound,
    );
}

/**
 * Lets two neighbouring units stand for what a paper may write as one.
 * @param {QueryTerms} terms
 * @param {Unit[]} units
 */
async function addJoinedPairs(terms, units) {
  for (const { one, two, joined, words, weight, isBorder } of joinedPairs(units)) {
    if (isBorder) await terms.load([joined]);
    const parts = words.map((word) => terms.find(word)).filter((part) => part !== undefined);
    if (parts.length < words.length) continue;
    one.options.push({ parts, weight });
    two.options.push({ parts, weight });
  }
}
