// Addresses and names of what is searched for.

/** @import { SearchState } from "../question.js" */
import { gettext } from "../javascripts/words.js";

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
 * What a saved search is called: all that was asked for.
 * @param {SearchState} state
 */
export function searchName({ q, author, topics, year, sources, code }) {
  const asked = [q, author, ...topics, year, ...sources, code && gettext("has code")];
  return asked.filter(Boolean).join(", ") || gettext("All papers");
}
