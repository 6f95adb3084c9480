// Finds, for every unit of a query, the posting lists that can stand for it.

/** @import { Entry, Unit, UnitOption } from "../types" */
/** @import { IndexReader } from "./index_reader.js" */
import { editDistance, similarTerms } from "./spelling.js";

/** @typedef {(parts: (Entry | undefined)[], weight: number) => void} AddOption */

const MAX_PREFIX_TERMS = 12; // words that a half-typed one may become
const MAX_RARE_PAPERS = 5; // a word that no more papers hold may be misspelt
const MIN_FREQUENCY_RATIO = 50; // how much commoner the word must be that was meant instead

/**
 * Gives each unit its options.
 * @param {IndexReader} index
 * @param {Unit[]} units
 */
export async function resolveUnits(index, units) {
  const words = units.flatMap((unit) => [...unit.words, ...(unit.joined ? [unit.joined] : [])]);
  const prefixes = units.filter(isHalfTyped).map(prefixOf);
  await Promise.all([index.loadTerms(words), index.loadTerms(prefixes, 2)]);
  await Promise.all(units.map((unit) => findOptions(index, unit)));
  addJoinedPairs(index, units);
}

/** @param {Unit} unit */
const isHalfTyped = ({ prefix, raw }) => Boolean(prefix) && (raw.length > 1 || raw > "\x7f");

/** @param {Unit} unit */
const prefixOf = (unit) => (unit.words.length > 1 ? unit.words[0] : unit.raw);

/**
 * @param {IndexReader} index
 * @param {Unit} unit
 */
async function findOptions(index, unit) {
  const { words, joined, signed } = unit;
  /** @type {Map<string, UnitOption>} */
  const optionsByTerms = new Map();
  /** @type {AddOption} */
  const add = (parts, weight) => {
    const entries = parts.filter((part) => part !== undefined);
    const key = entries.map(({ term }) => term).join(" ");
    if (entries.length < parts.length || optionsByTerms.has(key)) return;
    optionsByTerms.set(key, { parts: entries, weight });
  };
  const joinedEntry = joined ? index.findEntry(joined) : undefined;
  if (!signed || !joinedEntry)
    add(
      words.map((word) => index.findEntry(word)),
      1,
    );
  if (joinedEntry) add([joinedEntry], 1);
  if (isHalfTyped(unit)) {
    for (const entry of index.entriesWithPrefix(unit.raw, 2, MAX_PREFIX_TERMS)) {
      const before = words.slice(0, -1).map((word) => index.findEntry(word));
      add([...before, entry], entry.term === words[words.length - 1] ? 1 : 0.8);
    }
  }
  const [first] = optionsByTerms.values();
  if (words.length === 1 && first?.parts[0].split) {
    const { term, split } = first.parts[0];
    await addSplitWords(index, term, [split], add);
  }
  if (!first && words.length === 1) await correct(index, unit, add);
  else if (words.length === 1 && !unit.exact) suggestCommon(index, unit, first.parts[0], add);
  unit.options = [...optionsByTerms.values()];
}

/**
 * If a query word is rare, also tries a loaded word of edit distance 1 that is 50 times commoner:
 * some papers are misspelt too.
 * @param {IndexReader} index
 * @param {Unit} unit
 * @param {Entry} entry
 * @param {AddOption} add
 */
function suggestCommon(index, unit, { term, frequency }, add) {
  if (frequency > MAX_RARE_PAPERS || term.length < 6) return;
  const commoner = index
    .commonerInShard(term, frequency * MIN_FREQUENCY_RATIO)
    .find((entry) => editDistance(term, entry.term, 1, false) === 1);
  if (!commoner) return;
  add([commoner], 0.5);
  unit.commonerTerm = commoner.term;
}

/**
 * For a word that the archive does not hold: similar ones, or the two of a compound.
 * @param {IndexReader} index
 * @param {Unit} unit
 * @param {AddOption} add
 */
async function correct(index, unit, add) {
  const [word] = unit.words;
  const corrections = await similarTerms(index, word, unit.prefix && unit.raw);
  for (const { entry, distance } of corrections) add([entry], 0.7 ** distance);
  unit.corrections = corrections.map(({ entry }) => entry.term);
  if (corrections.some(({ distance }) => distance < 2)) return;
  const places = [];
  for (let at = 2; at <= word.length - 2; at++) {
    if (index.findEntry(word.slice(0, at))) places.push(at);
  }
  await addSplitWords(index, word, places, add);
}

/**
 * The word split in two, where both halves stand in the archive.
 * @param {IndexReader} index
 * @param {string} word
 * @param {number[]} places
 * @param {AddOption} add
 */
async function addSplitWords(index, word, places, add) {
  const splits = places.map((at) => [word.slice(0, at), word.slice(at)]);
  await index.loadTerms(splits.flat());
  for (const halves of splits)
    add(
      halves.map((half) => index.findEntry(half)),
      0.9,
    );
}

/**
 * Where no paper has all words, those that hardly any paper has may be misspelt.
 * @param {IndexReader} index
 * @param {Unit[]} units
 * @returns {Promise<boolean>} whether one of them may be another word
 */
export async function retryRareWords(index, units) {
  const rareUnits = units.filter(isRare);
  await Promise.all(
    rareUnits.map(async (unit) => {
      const corrections = await similarTerms(index, unit.words[0]);
      for (const { entry, distance } of corrections) {
        unit.options.push({ parts: [entry], weight: 0.7 ** (distance + 1) });
      }
      unit.corrections = corrections.map(({ entry }) => entry.term);
    }),
  );
  return rareUnits.some((unit) => unit.corrections?.length);
}

/** @param {Unit} unit */
function isRare({ words, corrections, options: [option] }) {
  if (words.length !== 1 || corrections || option?.parts.length !== 1) return false;
  return option.parts[0].frequency <= MAX_RARE_PAPERS;
}

/**
 * Two neighbouring words that a paper may write as one.
 * @param {IndexReader} index
 * @param {Unit[]} units
 */
function addJoinedPairs(index, units) {
  for (let i = 1; i < units.length; i++) {
    const [one, two] = [units[i - 1], units[i]];
    if (one.words.length > 1 || two.words.length > 1 || two.at !== one.end || two.author) continue;
    const entry = index.findEntry(one.words[0] + two.words[0]);
    if (!entry) continue;
    one.options.push({ parts: [entry], weight: 0.6 });
    two.options.push({ parts: [entry], weight: 0.6 });
  }
}
