// Reads what was typed: words, "phrases", -not, NEAR, fields such as author: and title:, ids.

/** @import { Filters, Query, Unit } from "../types" */
import RANKING from "../../ranking.json" with { type: "json" };
import { FILLERS, indexWords, isInitial, STOP_WORDS, tokens } from "./tokenizer.js";

const QUERY_PART = /\s*(-?)(?:(author|title|topic|source|year|code|has):)?("[^"]*"?|\S+)/gi;
// What a minus may leave out besides fields: a phrase or a word. In titles it also stands before formulas.
const EXCLUDABLE = /^(?:"|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’._-]*(?:\+\+|#)?[,;]?$)/u;
// A year typed as a word: it may also be a number of the paper that is sought.
const YEAR_WORD = /^(?:19[5-9]\d|20[0-4]\d)$/;
const ACRONYM = /^[A-Z]{2,}$/;
const NEAR = "NEAR"; // between two parts of a query: papers where they are neighbours come earlier
const YEARS = /^(\d{4})?(\.\.)?(\d{4})?$/;
export const OPEN_END = "9999"; // of a span of years that goes on
// Addresses before an id, and what else is pasted with one: a version, a category, a place in the page.
const ID_PREFIX = [
  String.raw`arxiv:\s*`,
  String.raw`(?:(?:www\.|export\.)?arxiv|(?:www\.)?alphaxiv)\.org\/(?:abs|pdf|html|format|overview)\/`,
  String.raw`huggingface\.co\/papers\/`,
  String.raw`(?:(?:dx\.)?doi\.org\/|doi:\s*)?10\.48550\/arxiv\.`,
].join("|");
const ID_SUFFIX = String.raw`(?:v\d+)?(?:\.pdf)?\/?(?:[?#]\S*|\s*\[[\w.-]+\])?`;
const ARXIV_ID = new RegExp(
  String.raw`^(?:https?:\/\/)?(?:${ID_PREFIX})?(\d{4}\.\d{3,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{5,7})${ID_SUFFIX}$`,
  "i",
);
const DOI_ID = /^(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)$/i;

/**
 * The id that a whole query is, or "".
 * @param {string} text
 */
export function paperId(text) {
  const match = text.trim().match(ARXIV_ID) || text.trim().match(DOI_ID);
  return match ? match[1].toLowerCase() : "";
}

/**
 * @param {string} typed of which the beginning is read, if it is very long
 * @returns {Query}
 */
export function parseQuery(typed) {
  const { queryLetters, queryWords } = RANKING.limits;
  const text = typed.length > queryLetters ? [...typed].slice(0, queryLetters).join("") : typed;
  /** @type {Query} */
  const query = {
    text,
    id: paperId(text),
    units: [],
    not: [],
    without: [],
    topics: [],
    sources: [],
    code: false,
    hintedYear: "",
  };
  if (query.id) return query;
  let at = 0;
  for (const { minus, field, value, firstAuthor, near } of partsOf(text)) {
    const quoted = value[0] === '"';
    const bare = quoted ? value.replace(/"/g, "") : value;
    const name = field.toLowerCase();
    if (addFilter(query, minus, name, bare)) continue;
    const author = name === "author";
    const units = parseUnits(bare, at, { phrase: quoted || author, author, quoted });
    for (const unit of units) {
      unit.firstAuthor = firstAuthor;
      unit.acronym = !name && ACRONYM.test(bare);
      unit.title = name === "title";
      unit.near = near && unit === units[0];
    }
    if (minus && (name || EXCLUDABLE.test(value))) query.not.push(leftOut(units));
    else query.units.push(...units);
    at =
      (units.length ? units[units.length - 1].end : at) +
      (quoted || name ? RANKING.words.fieldGap : 0);
  }
  const contentUnits = query.units.filter((unit) => !unit.stop);
  if (contentUnits.length) query.units = contentUnits;
  query.units.splice(queryWords);
  query.not.splice(queryWords);
  const years = query.units.filter(({ hint }) => hint);
  if (years.length === query.units.length) for (const unit of years) unit.hint = false;
  else query.hintedYear = years[0]?.raw ?? "";
  for (const unit of query.units) unit.optional = unit.hint;
  const last = query.units[query.units.length - 1];
  if (last && /[\p{L}\p{N}+#]$/u.test(text) && last.end === at) last.prefix = true;
  return query;
}

/**
 * What a paper must have to be left out. Stop words are indexed in titles alone, so a row of words goes without
 * them; where they leave a single word, that would leave out too much.
 * @param {Unit[]} units
 */
function leftOut(units) {
  const content = units.filter((unit) => !unit.stop);
  const wanted = content.length > 1 ? content : units;
  return wanted.slice(0, RANKING.limits.queryWords).map((unit) => ({ ...unit, literal: true }));
}

/**
 * The parts of a query; `et al.` makes what stands before it the first author.
 * @param {string} text
 */
function partsOf(text) {
  const typed = [...text.matchAll(QUERY_PART)];
  const parts = [];
  let near = false;
  for (let i = 0; i < typed.length; i++) {
    const [, minus, field = "", value] = typed[i];
    const [et, al] = typed.slice(i + 1, i + 3).map(([, , , one]) => trimEnd(one.toLowerCase()));
    const firstAuthor = et === "et" && al === "al" && !field && value[0] !== '"';
    const isOperator =
      value === NEAR && !minus && !field && !firstAuthor && i > 0 && i + 1 < typed.length;
    if (!isOperator)
      parts.push({ minus, field: firstAuthor ? "author" : field, value, firstAuthor, near });
    near = isOperator;
    if (firstAuthor) i += 2;
  }
  return parts;
}

/** @param {string} word */
const trimEnd = (word) => word.replace(/(?<![.,;])[.,;]+$/, "");

/**
 * Narrows a query by a part that is a filter, or by its opposite.
 * @param {Query} query
 * @param {string} minus
 * @param {string} name
 * @param {string} value
 * @returns {boolean} false where the value is none of that filter's
 */
function addFilter(query, minus, name, value) {
  const isNo = name === "code" && /^(no|0|false)$/i.test(value);
  /** @type {Filters} */
  const filters = isNo === !minus ? { topics: [], sources: [], code: false } : query;
  const lower = value.toLowerCase();
  if (name === "topic") filters.topics.push(lower);
  else if (name === "source") filters.sources.push(lower);
  else if (name === "code" || (name === "has" && lower === "code")) filters.code = true;
  else if (name === "year") {
    const [, from, dots, to] = value.match(YEARS) || [];
    if (!from && !to) return false;
    filters.years = [from || "", dots ? to || OPEN_END : from].sort();
  } else return false;
  if (filters !== query) query.without.push(filters);
  return true;
}

/**
 * @param {string} text
 * @param {number} start position of its first word
 * @param {{ phrase: boolean, author: boolean, quoted: boolean }} options
 */
function parseUnits(text, start, { phrase, author, quoted }) {
  /** @type {(word: string) => boolean} */
  const isIdle = (word) => STOP_WORDS.has(word) || (!quoted && FILLERS.has(word));
  /** @type {Unit[]} */
  const units = [];
  let at = start;
  /** @type {(words: string[], raw: string, compound?: Partial<Unit>) => void} */
  const add = (words, raw, compound) => {
    units.push({
      words,
      raw,
      at,
      end: at + words.length,
      phrase: phrase && units.length > 0,
      exact: phrase,
      author,
      stop: !author && words.every(isIdle),
      options: [],
      rarity: 0,
      ...compound,
    });
    at += words.length;
  };
  for (const token of tokens(text)) {
    const initial = author && isInitial(token);
    const [size, indexed] = indexWords(token);
    const words = indexed.slice(0, size).map(([word]) => word);
    const [joined, , , split] = indexed[size] || [];
    if (joined) {
      const raw = token.split(/[-_^.]/).at(-1) ?? "";
      add(words, raw, { joined, split, signed: /[+#]$/.test(token) });
    } else {
      const hint = !phrase && YEAR_WORD.test(token);
      for (const word of words) add([word], size === 1 ? token : word, { initial, hint });
    }
  }
  if (units.every(({ initial }) => initial)) for (const unit of units) unit.initial = false;
  return units;
}
