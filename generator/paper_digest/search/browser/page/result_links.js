// Links to other orders, and other pages, of the same results.

/** @import { SearchState } from "../question.js" */
import { gettext, pgettext, withElements } from "../javascripts/words.js";
import { searchLink } from "./dom.js";
import { urlOfState } from "./url_state.js";

/** @param {SearchState} state */
export function makeOrderLinks(state) {
  /** @type {(name: string, label: string) => Node} */
  const choice = (name, label) =>
    searchLink(urlOfState({ ...state, order: name, page: 1 }), label, state.order === name);
  const relevance = choice("relevance", pgettext("order", "relevance"));
  const date = choice("date", pgettext("order", "date"));
  return withElements(gettext("by {relevance} or {date}"), { relevance, date });
}

/**
 * Links to the first, the last and the neighbouring pages; none where there is one page.
 * @param {SearchState} state
 * @param {number} last
 */
export function makePageLinks(state, last) {
  const near = new Set([1, state.page - 1, state.page, state.page + 1, last]);
  const numbers = [...near].filter((number) => number >= 1 && number <= last);
  const links = numbers.map((number) =>
    searchLink(urlOfState({ ...state, page: number }), String(number), number === state.page),
  );
  return last > 1 ? links : [];
}
