// Finds, for every unit of a query, the posting lists that can stand for it.

import { distance, near } from "./spelling.js";

const BEGINNINGS = 12; // words that a half-typed one may become
const RARE = 5; // papers that hold a word which may yet be a slip
const OUTSHONE = 50; // times as many papers hold the word that was meant

// Gives each unit its `options`: { parts: entries that must follow each other, weight }.
export async function resolve(store, units) {
  const wanted = units.flatMap(({ words, joined }) => [...words, ...(joined ? [joined] : [])]);
  await Promise.all([store.load(wanted), store.load(units.filter(halfTyped).map(beginning), 2)]);
  await Promise.all(units.map((unit) => options(store, unit)));
  pairs(store, units);
}

const halfTyped = ({ prefix, raw }) => prefix && (raw.length > 1 || raw > "\x7f");

const beginning = (unit) => (unit.words.length > 1 ? unit.words[0] : unit.raw);

async function options(store, unit) {
  const { words, joined, signed } = unit;
  const found = new Map();
  const add = (parts, weight) => {
    const key = parts.map((part) => part?.term).join(" ");
    if (parts.every(Boolean) && !found.has(key)) found.set(key, { parts, weight });
  };
  const own = joined && store.find(joined);
  if (!signed || !own) add(words.map((word) => store.find(word)), 1);
  if (own) add([own], 1);
  if (halfTyped(unit)) {
    for (const entry of store.beginning(unit.raw, 2, BEGINNINGS)) {
      const before = words.slice(0, -1).map((word) => store.find(word));
      add([...before, entry], entry.term === words[words.length - 1] ? 1 : 0.8);
    }
  }
  const [first] = found.values();
  if (words.length === 1 && first?.parts[0].split) {
    const { term, split } = first.parts[0];
    await halves(store, term, [split], add);
  }
  if (!found.size && words.length === 1) await mend(store, unit, add);
  else if (words.length === 1 && !unit.exact) outshone(store, unit, first, add);
  unit.options = [...found.values()];
}

// A slip that some papers made too: a far more common word, one letter off, that has been loaded.
function outshone(store, unit, { parts: [{ term, frequency }] }, add) {
  if (frequency > RARE || term.length < 6) return;
  const [meant] = store.beside(term, frequency * OUTSHONE)
    .filter((entry) => distance(term, entry.term, 1, false) === 1);
  if (meant) add([meant], 0.5);
  if (meant) unit.meant = meant.term;
}

// A word the archive does not hold: a compound written as one, or a slip.
async function mend(store, unit, add) {
  const [word] = unit.words;
  const slips = await near(store, word, unit.prefix && unit.raw);
  for (const { entry, distance } of slips) add([entry], 0.7 ** distance);
  unit.mended = slips.map(({ entry }) => entry.term);
  if (!slips.some(({ distance }) => distance < 2)) {
    const places = [];
    for (let at = 2; at <= word.length - 2; at++) places.push(at);
    await halves(store, word, places.filter((at) => store.find(word.slice(0, at))), add);
  }
}

// The word cut in two, where both halves stand in the archive.
async function halves(store, word, places, add) {
  const cuts = places.map((at) => [word.slice(0, at), word.slice(at)]);
  await store.load(cuts.flat());
  for (const cut of cuts) add(cut.map((half) => store.find(half)), 0.9);
}

// No paper has all words: those that hardly one has may be slips. Tells whether any may.
export async function doubt(store, units) {
  const rare = ({ words, mended, options: [option] }) => words.length === 1 && !mended &&
    option?.parts.length === 1 && option.parts[0].frequency <= RARE;
  const doubtful = units.filter(rare);
  await Promise.all(doubtful.map(async (unit) => {
    const slips = await near(store, unit.words[0]);
    for (const { entry, distance } of slips) {
      unit.options.push({ parts: [entry], weight: 0.7 ** (distance + 1) });
    }
    unit.mended = slips.map(({ entry }) => entry.term);
  }));
  return doubtful.some(({ mended }) => mended.length);
}

// Two words that a paper may write as one.
function pairs(store, units) {
  for (let i = 1; i < units.length; i++) {
    const [one, two] = [units[i - 1], units[i]];
    if (one.words.length > 1 || two.words.length > 1 || two.at !== one.end || two.author) continue;
    const entry = store.find(one.words[0] + two.words[0]);
    if (!entry) continue;
    one.options.push({ parts: [entry], weight: 0.6 });
    two.options.push({ parts: [entry], weight: 0.6 });
  }
}
