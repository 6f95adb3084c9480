// The filters in force, each of which a press takes away.

/** @import { SearchState } from "../question.js" */
import { makeElement } from "../javascripts/ui.js";
import { gettext } from "../javascripts/words.js";
import { activeFilters } from "./active_filters.js";
import { urlOfState } from "./url_state.js";

/**
 * @param {SearchState} state
 * @param {Map<string, string>} topicTitles
 * @param {Map<string, string>} sourceTitles
 */
export function makeChips(state, topicTitles, sourceTitles) {
  return activeFilters(state, topicTitles, sourceTitles).map(({ label, change }) =>
    makeElement(
      "a",
      {
        dir: "auto",
        href: urlOfState({ ...state, page: 1, ...change }),
        "data-search": "",
        "aria-label": gettext("Remove filter: {label}", { label }),
      },
      `${label} ×`,
    ),
  );
}
