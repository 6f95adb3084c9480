// What to try where no paper has all that was asked for: fewer words, fewer filters, other sites.

/** @import { SearchState } from "../question.js" */
/** @import { PageAnswer } from "../types" */
import { makeElement } from "../javascripts/ui.js";
import { gettext } from "../javascripts/words.js";
import { queryText } from "../question.js";
import { nearSearches, widerSearches } from "./active_filters.js";
import { searchLink } from "./dom.js";
import { urlOfState } from "./url_state.js";

// Elsewhere a filter's value is a word, which with a minus would leave out papers that have it.
const UNKNOWN_ELSEWHERE = /(?<!\S)-(?:topic|source|year|code|has):(?:"[^"]*"?|\S+)/gi;

/**
 * @param {SearchState} state
 * @param {PageAnswer} answer
 */
export function makeSuggestions(state, { isPartial, results, unmet }) {
  if (results.length && !isPartial) return [];
  const plain = queryText(state)
    .replace(UNKNOWN_ELSEWHERE, "")
    .replace(/\b[a-z]+:/gi, "")
    .trim();
  const asked = encodeURIComponent(plain);
  const others = [...nearSearches(state, unmet), ...widerSearches(state)];
  const wider = others.map((one) => searchLink(urlOfState(one.state), one.label));
  const elsewhere = [
    makeElement("a", { href: `https://arxiv.org/search/?searchtype=all&query=${asked}` }, "arXiv"),
    makeElement("a", { href: `https://scholar.google.com/scholar?q=${asked}` }, "Google Scholar"),
  ];
  /** @type {(words: string, links: Node[]) => HTMLElement} */
  const line = (words, links) =>
    makeElement("p", {}, words, ...links.flatMap((link, i) => (i ? [" · ", link] : [" ", link])));
  return [
    ...(wider.length ? [line(gettext("Try it"), wider)] : []),
    ...(state.q || state.author ? [line(gettext("Look for it at"), elsewhere)] : []),
    line(gettext("Or see"), [searchLink("?order=date", gettext("all papers, the newest first"))]),
  ];
}
