// What is searched for, as it stands in the page's address: ?q=&topic=&year=..., so it can be shared.

/** @import { SearchOptions } from "../types" */
import { gettext } from "../javascripts/words.js";

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
    order: parameters.get("order") || "relevance",
    page: Math.max(1, Number.parseInt(parameters.get("page") ?? "", 10) || 1),
  };
}

/** @param {SearchState} state */
export function urlOfState(state) {
  const parameters = new URLSearchParams();
  if (state.q) parameters.set("q", state.q);
  if (state.author) parameters.set("author", state.author);
  for (const topic of state.topics) parameters.append("topic", topic);
  for (const source of state.sources) parameters.append("source", source);
  if (state.year) parameters.set("year", state.year);
  if (state.code) parameters.set("code", "yes");
  if (state.order !== "relevance") parameters.set("order", state.order);
  if (state.page > 1) parameters.set("page", String(state.page));
  return `?${parameters}`;
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
 * What a saved search is called: all that was asked for.
 * @param {SearchState} state
 */
export function searchName({ q, author, topics, year, sources, code }) {
  const asked = [q, author, ...topics, year, ...sources, code && gettext("has code")];
  return asked.filter(Boolean).join(", ") || gettext("All papers");
}
