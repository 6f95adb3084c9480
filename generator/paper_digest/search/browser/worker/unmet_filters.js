// The filters that no paper at all meets, so they are named: they leave none, or with a minus leave none out.

/** @import { FacetBitsets, Filters, PaperYears, Query } from "../types" */
import { bitsOf, documentRange, resolveTopic } from "./filters.js";
import { OPEN_END } from "./query_parser.js";
import { editDistance, maxEdits } from "./spelling.js";
import { tokens } from "./tokenizer.js";

/**
 * Each of them as it is typed, with the one that may have been meant, or "".
 * @param {Query} query
 * @param {PaperYears} root
 * @param {FacetBitsets | undefined} facets where the query needs them
 * @returns {[string, string][]}
 */
export function unmetFilters(query, root, facets) {
  /** @type {Map<string, string>} */
  const unmet = new Map();
  for (const filters of [query, ...query.without]) addUnmet(unmet, filters, root, facets);
  return [...unmet];
}

/**
 * @param {Map<string, string>} unmet
 * @param {Filters} filters
 * @param {PaperYears} root
 * @param {FacetBitsets | undefined} facets
 */
function addUnmet(unmet, { topics, sources, code, years }, root, facets) {
  if (facets) {
    const present = Object.keys(facets.topics);
    const titled = present.filter((name) => facets.titles[name]);
    const known = new Map(titled.map((name) => [slugify(facets.titles[name]), name]));
    for (const name of present) known.set(name, name);
    for (const name of topics) {
      if (bitsOf(facets.topics, resolveTopic(facets.titles, name))?.includes(1)) continue;
      unmet.set(`topic:${name}`, withField("topic:", known.get(nearest(name, known)) ?? ""));
    }
    for (const name of sources) {
      if (bitsOf(facets.sources, name)?.includes(1)) continue;
      const names = new Map(Object.keys(facets.sources).map((one) => [one, one]));
      unmet.set(`source:${name}`, withField("source:", nearest(name, names)));
    }
    if (code && !facets.code.includes(1)) unmet.set("has:code", "");
  }
  if (years) {
    const [first, end] = documentRange(years, root);
    if (first >= end) unmet.set(`year:${yearLabel(years)}`, "");
  }
}

/** @param {string} text */
const slugify = (text) => tokens(text).join("-");

/** @type {(field: string, name: string) => string} */
const withField = (field, name) => name && field + name;

/**
 * A span of years as it is typed.
 * @param {string[]} span
 */
const yearLabel = ([from, to]) => (from === to ? from : `${from}..${to === OPEN_END ? "" : to}`);

/**
 * The name that is nearest to what was typed, or begins with something near: the shortest of these; "" where none is.
 * @param {string} typed
 * @param {Map<string, string>} names
 */
function nearest(typed, names) {
  const word = slugify(typed);
  const limit = maxEdits(word);
  /** @type {[number, number, string][]} */
  const near = [...names.keys()].map((name) => {
    return [editDistance(word, name, limit, true), name.length, name];
  });
  const [best] = near
    .filter(([edits]) => word && edits <= limit)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
  return best?.[2] ?? "";
}
