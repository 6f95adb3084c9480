// Finds, for every unit of a query, the posting lists that can stand for it.

/** @import { Entry, Unit, UnitOption } from "../types" */
/** @import { QueryTerms } from "./query_terms.js" */
import RANKING from "../../ranking.json" with { type: "json" };
import { editDistance, similarTerms } from "./spelling.js";

/** @typedef {(parts: (Entry | undefined)[], weight: number) => void} AddOption */

const { alternatives: WEIGHTS, limits: LIMITS } = RANKING;

/**
 * Gives each unit its options.
 * @param {QueryTerms} terms
 * @param {Unit[]} units
 */
export async function resolveUnits(terms, units) {
  const words = units.flatMap((unit) => [...unit.words, ...(unit.joined ? [unit.joined] : [])]);
  const prefixes = units.filter(isHalfTyped).map(prefixOf);
  await Promise.all([terms.load(words), terms.load(prefixes, LIMITS.completionRanges)]);
  const branches = units.map(() => terms.branch());
  await Promise.all(units.map((unit, i) => findOptions(branches[i], unit)));
  for (const branch of branches) terms.join(branch);
  await addInitials(terms, units);
  addJoinedPairs(terms, units);
}

/**
 * The units of each name that was asked for.
 * @param {Unit[]} units
 */
export function namesIn(units) {
  /** @type {Unit[][]} */
  const names = [];
  for (const unit of units) {
    if (!unit.author) continue;
    if (unit.phrase && names.length) names[names.length - 1].push(unit);
    else names.push([unit]);
  }
  return names;
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
  const add = (parts, weight) => {
    const entries = parts.filter((part) => part !== undefined);
    const key = entries.map(({ term }) => term).join(" ");
    if (entries.length < parts.length || optionsByTerms.has(key)) return;
    optionsByTerms.set(key, { parts: entries, weight });
  };
  const joinedEntry = joined ? terms.find(joined) : undefined;
  if (!signed || !joinedEntry)
    add(
      words.map((word) => terms.find(word)),
      1,
    );
  if (joinedEntry) add([joinedEntry], 1);
  if (isHalfTyped(unit)) {
    for (const entry of terms.completions(unit.raw, LIMITS.completionRanges, LIMITS.completions)) {
      const before = words.slice(0, -1).map((word) => terms.find(word));
      add([...before, entry], entry.term === words[words.length - 1] ? 1 : WEIGHTS.completion);
    }
  }
  const [first] = optionsByTerms.values();
  if (words.length === 1 && first?.parts[0].split && !unit.author) {
    const { term, split } = first.parts[0];
    await addSplitWords(terms, term, [split], add);
  }
  if (!first && words.length === 1) await correct(terms, unit, add);
  else if (words.length === 1 && !unit.exact) suggestCommon(terms, unit, first.parts[0], add);
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
  const corrections = await similarTerms(terms, word, unit.prefix && unit.raw);
  for (const { entry, distance } of corrections) add([entry], WEIGHTS.edits[distance]);
  unit.corrections = corrections.map(({ entry }) => entry.term);
  if (corrections.some(({ distance }) => distance < 2)) return;
  const places = [];
  for (let at = 2; at <= word.length - 2; at++) {
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
 * Where no paper has all words, those that hardly any paper has may be misspelt.
 * @param {QueryTerms} terms
 * @param {Unit[]} units
 * @returns {Promise<boolean>} whether one of them may be another word
 */
export async function retryRareWords(terms, units) {
  const rareUnits = units.filter(isRare);
  await Promise.all(
    rareUnits.map(async (unit) => {
      const corrections = await similarTerms(terms, unit.words[0]);
      for (const { entry, distance } of corrections) {
        unit.options.push({ parts: [entry], weight: WEIGHTS.edits[distance + 1] });
      }
      unit.corrections = corrections.map(({ entry }) => entry.term);
    }),
  );
  return rareUnits.some((unit) => unit.corrections?.length);
}

/** @param {Unit} unit */
function isRare({ words, corrections, options: [option] }) {
  if (words.length !== 1 || corrections || option?.parts.length !== 1) return false;
  return option.parts[0].frequency <= LIMITS.rarePapers;
}

/**
 * Two neighbouring words that a paper may write as one.
 * @param {QueryTerms} terms
 * @param {Unit[]} units
 */
function addJoinedPairs(terms, units) {
  for (let i = 1; i < units.length; i++) {
    const [one, two] = [units[i - 1], units[i]];
    if (one.words.length > 1 || two.words.length > 1 || two.at !== one.end || two.author) continue;
    const entry = terms.find(one.words[0] + two.words[0]);
    if (!entry) continue;
    one.options.push({ parts: [entry], weight: WEIGHTS.joinedPair });
    two.options.push({ parts: [entry], weight: WEIGHTS.joinedPair });
  }
}
