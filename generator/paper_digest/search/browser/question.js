// What the search page asks for, as it stands in its address: ?q=&topic=&year=..., so it can be shared.

/** @import { SearchOptions } from "./types" */

const PAGE_SIZE = 20;

/**
 * @typedef {object} SearchState
 * @property {string} q
 * @property {string} author
 * @property {string[]} topics
 * @property {string[]} sources
 * @property {string} year one year or a span, "2019..2021"
 * @property {boolean} code
 * @property {string} order
 * @property {number} page from 1
 */

/**
 * @param {string} search the part of an address from its question mark
 * @returns {SearchState}
 */
export function stateFromUrl(search) {
  const parameters = new URLSearchParams(search);
  return {
    q: parameters.get("q") || "",
    author: parameters.get("author") || "",
    topics: parameters.getAll("topic"),
    sources: parameters.getAll("source"),
    year: parameters.get("year") || "",
    code: parameters.get("code") === "yes",
    order: parameters.get("order") === "date" ? "date" : "relevance",
    page: Math.max(1, Number.parseInt(parameters.get("page") ?? "", 10) || 1),
  };
}

/**
 * The query to ask the worker.
 * @param {SearchState} state
 */
export const queryText = ({ q, author }) =>
  author ? `${q} author:"${author.replaceAll('"', "")}"` : q;

/**
 * The filters to ask the worker for.
 * @param {SearchState} state
 * @returns {SearchOptions}
 */
export function searchOptions({ topics, sources, code, order, year }) {
  const [from, to = from] = year.split("..");
  const years = year ? [from, to] : undefined;
  return { topics, sources, code, order, years, exactTotal: true };
}

/**
 * What the worker is asked for a page of results.
 * @param {SearchState} state
 * @returns {{ text: string, options: SearchOptions }}
 */
export const pageQuestion = (state) => ({
  text: queryText(state),
  options: {
    ...searchOptions(state),
    countFacets: true,
    from: (state.page - 1) * PAGE_SIZE,
    size: PAGE_SIZE,
  },
});

/**
 * How many pages so many results fill.
 * @param {number} results
 */
export const pageCount = (results) => Math.ceil(results / PAGE_SIZE);
