// The search page's filters: the topics, years and sources of the papers that match, with counts.

/** @import { FacetCount, FacetCounts } from "../types" */
/** @import { SearchState } from "../question.js" */
import { makeElement } from "../javascripts/ui.js";
import { formatNumber, gettext } from "../javascripts/words.js";
import { compactList, searchLink } from "./dom.js";
import { urlOfState } from "./url_state.js";

const MAX_TOPICS = 12;
/** @type {FacetCounts} */
export const NO_COUNTS = { topics: [], years: [], sources: [], code: 0 };

/**
 * @typedef {object} Choice
 * @property {string} title
 * @property {number} count
 * @property {boolean} isChosen
 * @property {Partial<SearchState>} change what pressing it does to the search
 */

/**
 * @param {SearchState} state
 * @param {FacetCounts} counts
 * @param {Map<string, string>} sourceTitles by name
 * @returns {Node[]}
 */
export function makeFilters(state, counts, sourceTitles) {
  const topics = sortByCount(counts.topics).slice(0, MAX_TOPICS);
  const years = counts.years.filter(({ name }) => name).reverse();
  return [
    ...makeGroup(
      gettext("Topic"),
      state,
      topics.map((one) => ({
        ...one,
        title: one.title ?? one.name,
        isChosen: state.topics.includes(one.name),
        change: { topics: toggleName(state.topics, one.name) },
      })),
    ),
    ...makeGroup(
      gettext("Year"),
      state,
      years.map(({ name, count }) => {
        const isChosen = state.year === name;
        return { title: name, count, isChosen, change: { year: isChosen ? "" : name } };
      }),
    ),
    ...makeGroup(
      gettext("Source"),
      state,
      sortByCount(counts.sources).map(({ name, count }) => ({
        title: sourceTitles.get(name) ?? name,
        count,
        isChosen: state.sources.includes(name),
        change: { sources: toggleName(state.sources, name) },
      })),
    ),
    ...makeGroup(gettext("Code"), state, [
      {
        title: gettext("Has code"),
        count: counts.code,
        isChosen: state.code,
        change: { code: !state.code },
      },
    ]),
  ];
}

/**
 * @param {string} label
 * @param {SearchState} state
 * @param {Choice[]} choices
 */
function makeGroup(label, state, choices) {
  const shown = choices.filter(({ count, isChosen }) => count || isChosen);
  if (!shown.length) return [];
  const lines = shown.map(({ title, count, isChosen, change }) => {
    const link = searchLink(urlOfState({ ...state, page: 1, ...change }), title, isChosen);
    link.dir = "auto";
    link.ariaLabel = gettext("{label}: {title}", { label, title }); // results link to a topic's page by its title
    return [link, makeElement("span", { class: "pd-count" }, formatNumber(count))];
  });
  return [makeElement("h2", {}, label), compactList(lines, { isCounted: true })];
}

/** @param {FacetCount[]} facets */
const sortByCount = (facets) => [...facets].sort((one, other) => other.count - one.count);

/**
 * @param {string[]} names
 * @param {string} name
 */
const toggleName = (names, name) =>
  names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
