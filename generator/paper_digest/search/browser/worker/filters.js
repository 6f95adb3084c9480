// The filters: which papers they let through, and how many matching papers each would leave.

/** @import { FacetBitsets, FacetCounts, Filters, PackedFacets, PaperYears, Query } from "../types" */
/** @import { PaperNumbers } from "./paper_numbers.js" */
import { tokens } from "./tokenizer.js";

/**
 * A topic holds its subtopics' papers too, as its page does.
 * @param {PackedFacets[]} packed of each segment
 * @param {number} documentCount
 * @param {PaperNumbers} [numbers] where the papers of two segments stand in the archive
 * @returns {FacetBitsets}
 */
export function facetBitsets(packed, documentCount, numbers) {
  const empty = () => new Uint8Array(documentCount);
  /** @type {FacetBitsets} */
  const bitsets = { topics: {}, titles: {}, sources: {}, code: empty() };
  const places = numbers ? [numbers.ofBase, numbers.ofNewer] : [];
  packed.forEach(({ topics, titles, above: parents, sources, code }, segment) => {
    /** @type {(bits: Uint8Array, gaps: number[]) => void} */
    const fill = (bits, gaps) => {
      let document = 0;
      for (const gap of gaps) {
        document += gap;
        const number = numbers ? places[segment][document] : document;
        if (number >= 0) bits[number] = 1;
      }
    };
    Object.assign(bitsets.titles, titles);
    fill(bitsets.code, code);
    for (const [name, gaps] of Object.entries(sources)) {
      bitsets.sources[name] ||= empty();
      fill(bitsets.sources[name], gaps);
    }
    for (const [name, gaps] of Object.entries(topics)) {
      for (const topic of [name, parents[name]].filter(Boolean)) {
        bitsets.topics[topic] ||= empty();
        fill(bitsets.topics[topic], gaps);
      }
    }
  });
  return bitsets;
}

/**
 * What was packed under a name that a reader typed, whatever else objects have by that name.
 * @param {Record<string, Uint8Array>} bitsets
 * @param {string} name
 */
export const bitsOf = (bitsets, name) => (Object.hasOwn(bitsets, name) ? bitsets[name] : undefined);

/** @param {Filters} filters */
export const needsFacets = ({ topics, sources, code }) =>
  topics.length > 0 || sources.length > 0 || code;

/**
 * Which papers the filters of a query let through.
 * @param {Filters} filters
 * @param {PaperYears} root
 * @param {FacetBitsets | undefined} facets where the query needs them
 * @returns {Uint8Array | undefined} a 1 for each of them; undefined where there are no filters
 */
export function allowedPapers({ topics, sources, code, years }, root, facets) {
  if (!facets && !years) return undefined;
  const allowed = new Uint8Array(root.documents);
  const [start, end] = years ? documentRange(years, root) : [0, root.documents];
  allowed.fill(1, start, end);
  if (!facets) return allowed;
  const bitsets = [
    ...topics.map((name) => bitsOf(facets.topics, resolveTopic(facets.titles, name))),
    ...sources.map((name) => bitsOf(facets.sources, name)),
    ...(code ? [facets.code] : []),
  ];
  for (const bits of bitsets) {
    for (let d = 0; d < allowed.length; d++) allowed[d] &= bits ? bits[d] : 0;
  }
  return allowed;
}

/**
 * Numbers of the first paper of a year typed as a word and of the first one after it.
 * @param {Query} query
 * @param {PaperYears} root
 */
export function hintedPapers({ hintedYear }, root) {
  return hintedYear ? documentRange([hintedYear, hintedYear], root) : [0, 0];
}

/**
 * Numbers of the first paper of a span of years and of the first one after it.
 * @param {string[]} span
 * @param {PaperYears} root
 */
export function documentRange([from, to], { years, documents }) {
  /** @type {(year: string) => number} */
  const start = (year) => years.find(([name]) => name >= year)?.[1] ?? documents;
  return [start(from || "0"), start(`${to}~`)];
}

/**
 * How many papers are in each topic, source and year, and have code.
 * @param {number[]} documents in rising order
 * @param {PaperYears} root
 * @param {FacetBitsets} facets
 * @returns {FacetCounts}
 */
export function countFacets(documents, root, facets) {
  /** @type {(bits: Uint8Array) => number} */
  const countIn = (bits) => documents.reduce((sum, d) => sum + bits[d], 0);
  /** @type {(bitsets: Record<string, Uint8Array>) => { name: string, count: number }[]} */
  const countEach = (bitsets) =>
    Object.entries(bitsets).map(([name, bits]) => ({ name, count: countIn(bits) }));
  let at = 0;
  const years = root.years.map(([name], i) => {
    const start = at;
    const end = root.years[i + 1]?.[1] ?? root.documents;
    while (at < documents.length && documents[at] < end) at++;
    return { name, count: at - start };
  });
  const topics = countEach(facets.topics).map((one) => ({
    ...one,
    title: facets.titles[one.name],
  }));
  return { topics, sources: countEach(facets.sources), years, code: countIn(facets.code) };
}

/**
 * The topic that a reader's word names: its name, or its title with whatever between the words.
 * @param {Record<string, string>} titles
 * @param {string} word
 */
export function resolveTopic(titles, word) {
  if (Object.hasOwn(titles, word)) return word;
  /** @type {(text: string) => string} */
  const slugify = (text) => tokens(text).join("-");
  return Object.keys(titles).find((name) => slugify(titles[name]) === slugify(word)) ?? "";
}
