// Reads what was typed: words, "phrases", -not, author:, topic:, source:, year:, code:, ids.

import { STOP_WORDS, chunks, wordsOf } from "./tokenizer.js";

const TOKEN = /\s*(-?)(?:(author|topic|source|year|code):)?("[^"]*"?|\S+)/gi;
// What a minus may leave out: a phrase or a word. In titles it also stands before formulas.
const LEFT_OUT = /^(?:"|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’._-]*(?:\+\+|#)?[,;]?$)/u;
const YEARS = /^(\d{4})?(\.\.)?(\d{4})?$/;
// Addresses before an id, and what else is pasted with one: a version, a category, a place in the page.
const BEFORE = [
  String.raw`arxiv:\s*`,
  String.raw`(?:(?:www\.|export\.)?arxiv|(?:www\.)?alphaxiv)\.org\/(?:abs|pdf|html|format|overview)\/`,
  String.raw`huggingface\.co\/papers\/`,
  String.raw`(?:(?:dx\.)?doi\.org\/|doi:\s*)?10\.48550\/arxiv\.`,
].join("|");
const AFTER = String.raw`(?:v\d+)?(?:\.pdf)?\/?(?:[?#]\S*|\s*\[[\w.-]+\])?`;
const ARXIV = new RegExp(
  String.raw`^(?:https?:\/\/)?(?:${BEFORE})?(\d{4}\.\d{3,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{5,7})${AFTER}$`, "i");
const DOI = /^(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)$/i;

// The id a whole query is, or "".
export function idOf(text) {
  const found = text.trim().match(ARXIV) || text.trim().match(DOI);
  return found ? found[1].toLowerCase() : "";
}

// A unit is one word, or a compound, that a paper must (or must not) have:
//   words: its parts in order; joined: its one-word form; signed: it ends in ++ or #; raw: the last part as typed;
//   at, end: its place; stop: it is too common; phrase: it must follow the unit before it; exact: it was quoted;
//   author: it must be an author's name; prefix: it may be half typed.
export function parse(text) {
  const query = { text, id: idOf(text), units: [], not: [], topics: [], sources: [], code: false };
  if (query.id) return query;
  let at = 0;
  for (const [, minus, field = "", value] of text.matchAll(TOKEN)) {
    const quoted = value[0] === '"';
    const bare = quoted ? value.replace(/"/g, "") : value;
    const name = field.toLowerCase();
    if (name && !minus && filtered(query, name, bare)) continue;
    const not = minus && LEFT_OUT.test(value);
    const units = unitsOf(bare, at, { phrase: quoted || name === "author", author: name === "author" });
    if (not) query.not.push(units);
    else query.units.push(...units);
    at = (units.length ? units[units.length - 1].end : at) + (quoted || name ? 8 : 0);
  }
  const meant = query.units.filter((unit) => !unit.stop);
  if (meant.length) query.units = meant;
  const last = query.units[query.units.length - 1];
  if (last && /[\p{L}\p{N}+#]$/u.test(text) && last.end === at) last.prefix = true;
  return query;
}

// The units with every compound taken apart: its words may stand anywhere in a paper.
export function apart(units) {
  return units.flatMap((unit) => (unit.words.length < 2 ? [unit] : unit.words.map((word, i) => {
    const last = i === unit.words.length - 1;
    const at = unit.at + i;
    return { words: [word], raw: last ? unit.raw : word, at, end: at + 1, prefix: last && unit.prefix };
  })));
}

function filtered(query, name, value) {
  if (name === "topic") query.topics.push(value.toLowerCase());
  else if (name === "source") query.sources.push(value.toLowerCase());
  else if (name === "code") query.code = !/^(no|0|false)$/i.test(value);
  else if (name === "year") {
    const [, from, dots, to] = value.match(YEARS) || [];
    if (!from && !to) return false;
    query.years = [from || "", dots ? to || "9999" : from].sort();
  } else return false;
  return true;
}

function unitsOf(text, start, { phrase, author }) {
  const units = [];
  let at = start;
  const add = (words, raw, more) => {
    const stop = words.every((word) => STOP_WORDS.has(word));
    const follows = phrase && units.length > 0;
    units.push({ words, raw, at, end: at + words.length, phrase: follows, exact: phrase, author, stop, ...more });
    at += words.length;
  };
  for (const chunk of chunks(text)) {
    const [size, found] = wordsOf(chunk);
    const words = found.slice(0, size).map(([word]) => word);
    const [joined, , , split] = found[size] || [];
    if (joined) add(words, chunk.split(/[-_^.]/).pop(), { joined, split, signed: /[+#]$/.test(chunk) });
    else for (const word of words) add([word], size === 1 ? chunk : word);
  }
  return units;
}
