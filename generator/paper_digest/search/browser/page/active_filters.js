// Which filters a search has, and what it would be without them.

/** @import { SearchState } from "../question.js" */
import { gettext } from "../javascripts/words.js";

const MAX_WORDS = 8;
// A field with its value, or what a minus leaves out: a phrase or a word (query_parser.js).
const TYPED_FILTER =
  /(?<!\S)(?:-?(?:author|title|topic|source|year|code|has):(?:"[^"]*"?|\S+)|-"[^"]*"?|-[\p{L}\p{N}][\p{L}\p{N}\p{M}'’._-]*(?:\+\+|#)?(?!\S))/giu;

/** @param {string} q */
export const withoutTypedFilters = (q) => q.replace(TYPED_FILTER, " ").replace(/\s+/g, " ").trim();

/** @typedef {{ label: string, change: Partial<SearchState> }} Chip */

/**
 * Every filter of a search, those that were typed included.
 * @param {SearchState} state
 * @param {Map<string, string>} topicTitles by name
 * @param {Map<string, string>} sourceTitles by name
 * @returns {Chip[]}
 */
export function activeFilters(state, topicTitles, sourceTitles) {
  const { q, author, topics, sources, year, code } = state;
  /** @type {(names: string[], gone: string) => string[]} */
  const without = (names, gone) => names.filter((name) => name !== gone);
  return [
    ...[...q.matchAll(TYPED_FILTER)].map(([text]) => ({
      label: text,
      change: { q: q.replace(text, " ").replace(/\s+/g, " ").trim() },
    })),
    ...(author ? [{ label: gettext("author: {author}", { author }), change: { author: "" } }] : []),
    ...topics.map((name) => ({
      label: topicTitles.get(name) ?? name,
      change: { topics: without(topics, name) },
    })),
    ...(year ? [{ label: year, change: { year: "" } }] : []),
    ...sources.map((name) => ({
      label: sourceTitles.get(name) ?? name,
      change: { sources: without(sources, name) },
    })),
    ...(code ? [{ label: gettext("has code"), change: { code: false } }] : []),
  ];
}

/**
 * Searches with a filter that papers have in the place of one that none has.
 * @param {SearchState} state
 * @param {[string, string][]} unmet filters with the ones that may have been meant
 * @returns {{ label: string, state: SearchState }[]}
 */
export function nearSearches(state, unmet) {
  return unmet
    .filter(([, meant]) => meant)
    .map(([typed, meant]) => {
      const [field, name] = meant.split(":");
      /** @type {(field: string, names: string[]) => string[]} */
      const renamed = (own, names) =>
        names.map((one) => (own === field && `${own}:${one}` === typed ? name : one));
      const q = state.q.replace(TYPED_FILTER, (text) => {
        const minus = text.startsWith("-") ? "-" : "";
        const bare = text.slice(minus.length).replaceAll('"', "");
        return bare.toLowerCase() === typed ? minus + meant : text;
      });
      const topics = renamed("topic", state.topics);
      const sources = renamed("source", state.sources);
      return { label: meant, state: { ...state, page: 1, q, topics, sources } };
    });
}

/**
 * Searches that ask for less: without each word, and without all filters.
 * @param {SearchState} state
 * @returns {{ label: string, state: SearchState }[]}
 */
export function widerSearches(state) {
  const words = (state.q.match(/-?(?:\w+:)?"[^"]*"?|\S+/g) ?? []).slice(0, MAX_WORDS);
  const fewer = words.length > 1 ? words : [];
  const wider = fewer.map((word, at) => ({
    label: gettext("without {word}", { word }),
    state: { ...state, page: 1, q: words.filter((_, i) => i !== at).join(" ") },
  }));
  if (!activeFilters(state, new Map(), new Map()).length) return wider;
  const q = withoutTypedFilters(state.q);
  const none = { q, author: "", topics: [], sources: [], year: "", code: false, page: 1 };
  return [...wider, { label: gettext("without filters"), state: { ...state, ...none } }];
}
