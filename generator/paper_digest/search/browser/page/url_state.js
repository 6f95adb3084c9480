// Addresses and names of what is searched for.

/** @import { SearchState } from "../question.js" */
/** @import { PageAnswer } from "../types" */
import { gettext } from "../javascripts/words.js";
import { pageCount } from "../question.js";

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
 * The same search on its last page, where an address asks for one behind it: it may be of a time with more results.
 * @param {SearchState} state
 * @param {Pick<PageAnswer, "results" | "total" | "incomplete">} answer
 * @returns {SearchState} the same object where the page has results, or no page has
 */
export function withinPages(state, { results, total, incomplete }) {
  const last = Math.max(1, pageCount(total + incomplete));
  return results.length || last >= state.page ? state : { ...state, page: last };
}

/**
 * What a saved search is called: all that was asked for, in the words that readers see.
 * @param {SearchState} state
 * @param {Map<string, string>} topicTitles by name
 * @param {Map<string, string>} sourceTitles by name
 */
export function searchName({ q, author, topics, year, sources, code }, topicTitles, sourceTitles) {
  const chosenTopics = topics.map((name) => topicTitles.get(name) ?? name);
  const chosenSources = sources.map((name) => sourceTitles.get(name) ?? name);
  const asked = [q, author, ...chosenTopics, year, ...chosenSources, code && gettext("has code")];
  return asked.filter(Boolean).join(gettext(", ")) || gettext("All papers");
}
