// Rows of results with the reader's marks; a paper that the reader hides is shown to who searches for it.

import { onBookmarksChange } from "../javascripts/bookmarks.js";
import { decorateRows, updateRows } from "../javascripts/rows.js";
import { $$ } from "../javascripts/ui.js";

/** @param {HTMLElement[]} rows */
function show(rows) {
  for (const row of rows) row.hidden = false;
}

/**
 * Gives new rows their buttons.
 * @param {HTMLElement[]} rows
 */
export function decorateResults(rows) {
  decorateRows(rows);
  show(rows);
}

/**
 * What is marked on a paper's page, or in another tab, is marked in a list of results too.
 * @param {HTMLElement} list
 */
export function keepMarksShown(list) {
  onBookmarksChange(() => {
    const rows = $$(":scope > li:not(.pd-list__break)", list);
    updateRows(rows);
    show(rows);
  });
}
