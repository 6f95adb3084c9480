// Highlights in a text what a query matched: a word, or words in a row where only a row matches.

/** @import { Highlight, Query, Unit } from "../types" */
import { escapeHtml } from "./escape_html.js";
import { CJK, indexWords, tokens } from "./tokenizer.js";

/** @typedef {{ word: string, span: number, start: number, end: number }} TextWord */
/** @typedef {(word: string) => boolean} WordTest */

const SHOWN_WORD = /[\p{L}\p{N}\p{M}]+(?:[-'’+#.][\p{L}\p{N}\p{M}]+)*[+#]*/gu;
const SHOWN_PART = /[\p{L}\p{N}\p{M}'’]+[+#]*/gu;
// Between two highlights of one word, which are shown as one.
const JOINT = /^[-'’+#.]?$/;

/**
 * Gives a function that escapes a text and highlights what a query matched in it.
 * @param {Query} query
 * @returns {Highlight}
 */
export function highlighter(query) {
  const rows = rowsOf(query.units);
  return (text) => {
    const places = indexedWords(text);
    const matched = places.flatMap((_, at) => rows.flatMap((row) => matchAt(places, row, at)));
    return withHighlights(text, matched);
  };
}

/**
 * The units that must stand in a row; of names none, as titles and texts have no authors.
 * @param {Unit[]} units
 */
function rowsOf(units) {
  /** @type {Unit[][]} */
  const rows = [];
  for (const unit of units.filter(({ author }) => !author)) {
    if (unit.phrase && rows.length) rows[rows.length - 1].push(unit);
    else rows.push([unit]);
  }
  return rows;
}

/**
 * The words of a text as they are indexed, by their positions, with where each is shown.
 * @param {string} text
 */
function indexedWords(text) {
  /** @type {TextWord[][]} */
  const places = [];
  for (const { 0: shown, index } of text.matchAll(SHOWN_WORD)) {
    const first = places.length;
    for (const token of tokens(shown)) {
      const at = places.length;
      const [size, words] = indexWords(token);
      for (let i = 0; i < size; i++) places.push([]);
      for (const [word, offset, span] of words)
        places[at + offset].push({ word, span, start: index, end: index + shown.length });
    }
    narrow(places.slice(first), shown, index);
  }
  return places;
}

/**
 * Lets words that are parts of what is shown as one stand for their parts alone, where these can be told.
 * @param {TextWord[][]} places of a shown word
 * @param {string} shown
 * @param {number} start
 */
function narrow(places, shown, start) {
  const parts = [...shown.matchAll(SHOWN_PART)].flatMap(({ 0: part, index }) =>
    rangesIn(part, start + index),
  );
  if (parts.length !== places.length) return;
  places.forEach((words, at) => {
    for (const one of words) {
      one.start = parts[at][0];
      one.end = parts[at + one.span - 1][1];
    }
    words.push(...words.flatMap(signsOf));
  });
}

/**
 * Where the parts of a shown word begin and end: pairs of signs where it is Chinese, Japanese or Korean.
 * @param {string} part
 * @param {number} start
 */
function rangesIn(part, start) {
  /** @type {[number, number][]} */
  const ranges = [];
  let at = start;
  for (const run of part.split(CJK).filter(Boolean)) {
    const letters = CJK.test(run) ? [...run] : [run];
    letters.forEach((letter, i) => {
      const next = letters[i + 1];
      if (next || !i) ranges.push([at, at + letter.length + (next ?? "").length]);
      at += letter.length;
    });
  }
  return ranges;
}

/**
 * The signs of a pair, which a query may have alone.
 * @param {TextWord} pair
 * @returns {TextWord[]}
 */
function signsOf({ word, start, end }) {
  const [first, second] = CJK.test(word) ? word : [];
  if (!second) return [];
  const border = start + first.length;
  return [
    { word: first, span: 1, start, end: border },
    { word: second, span: 1, start: border, end },
  ];
}

/**
 * The words that a row matches from a place on; none where it does not stand there.
 * @param {TextWord[][]} places
 * @param {Unit[]} row
 * @param {number} at
 * @returns {TextWord[]}
 */
function matchAt(places, [unit, ...others], at) {
  return alternativesOf(unit).flatMap(({ tests, parts }) => {
    const own = inRow(places, tests, at);
    if (!own.length) return [];
    // What stands for two units is one word of theirs.
    const isOfBoth = parts && others[0]?.options.some((option) => option.parts === parts);
    const last = isOfBoth ? others[0] : unit;
    const rest = others.slice(isOfBoth ? 1 : 0);
    if (!rest.length) return own;
    const end = own.reduce((place, { span }) => place + span, at);
    const after = matchAt(places, rest, end + rest[0].at - last.end);
    return after.length ? [...own, ...after] : [];
  });
}

/**
 * What a unit may be met by: the words of an option, or its own of which the last is half typed.
 * @param {Unit} unit
 * @returns {{ tests: WordTest[], parts?: object }[]}
 */
function alternativesOf({ options, prefix, raw, words }) {
  const alternatives = options.map(({ parts }) => ({
    tests: parts.map(({ term }) => isWord(term)),
    parts,
  }));
  if (!prefix || raw.length < 2) return alternatives;
  /** @type {WordTest} */
  const begins = (word) => word.startsWith(raw);
  return [...alternatives, { tests: [...words.slice(0, -1).map(isWord), begins] }];
}

/** @type {(term: string) => WordTest} */
const isWord = (term) => (word) => word === term;

/**
 * The words that meet tests one after the other from a place on; none where not all are met.
 * @param {TextWord[][]} places
 * @param {WordTest[]} tests
 * @param {number} at
 */
function inRow(places, tests, at) {
  /** @type {TextWord[]} */
  const row = [];
  let place = at;
  for (const test of tests) {
    const met = places[place]?.find(({ word }) => test(word));
    if (!met) return [];
    row.push(met);
    place += met.span;
  }
  return row;
}

/**
 * A text with some of its words highlighted, as safe HTML.
 * @param {string} text
 * @param {TextWord[]} matched in any order, also twice
 */
function withHighlights(text, matched) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (const { start, end } of [...matched].sort((one, two) => one.start - two.start)) {
    const last = ranges.at(-1);
    if (last && (start <= last[1] || JOINT.test(text.slice(last[1], start))))
      last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  let html = "";
  let at = 0;
  for (const [start, end] of ranges) {
    html += `${escapeHtml(text.slice(at, start))}<mark data-md-highlight>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escapeHtml(text.slice(at));
}
