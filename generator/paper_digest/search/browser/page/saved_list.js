// The saved searches in the sidebar, each with a button that forgets it.
import { onReturn } from "../javascripts/choices.js";
import { $$, makeButton, makeElement } from "../javascripts/ui.js";
import { gettext } from "../javascripts/words.js";
import { compactList, searchLink } from "./dom.js";
import { CHOICE, forgetSearch, loadSearches } from "./saved.js";

let isWatched = false;

/**
 * Shows them, and those of another tab or page when the reader comes back.
 * @param {HTMLElement} place
 */
export function renderSaved(place) {
  if (!isWatched) onReturn(CHOICE, () => renderSaved(place));
  isWatched = true;
  const lines = loadSearches().map(({ query, name }, at) => {
    const forget = makeButton("×", () => {
      forgetSearch(query);
      renderSaved(place);
      // The focus goes on where its line went away.
      const others = $$("button", place);
      others[Math.min(at, others.length - 1)]?.focus();
    });
    forget.setAttribute("aria-label", gettext("Forget {name}", { name }));
    return [searchLink(query, name), forget];
  });
  const heading = makeElement("h2", {}, gettext("Saved searches"));
  place.replaceChildren(...(lines.length ? [heading, compactList(lines)] : []));
}
