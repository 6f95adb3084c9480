// Keeps searches in this browser, the newest first.

import { choiceKey, loadChoice } from "../javascripts/choices.js";

/** @typedef {{ query: string, name: string }} SavedSearch */

export const CHOICE = "paper-digest-searches";
const MAX_SEARCHES = 30;

export const loadSearches = () => parseSearches(loadChoice(CHOICE));

/**
 * What a storage holds, without whatever is not ours.
 * @param {string | null} text
 * @returns {SavedSearch[]}
 */
export function parseSearches(text) {
  try {
    const searches = JSON.parse(text || "[]");
    return searches.filter(isSearch);
  } catch {
    return [];
  }
}

/** @param {any} one */
const isSearch = (one) =>
  typeof one?.query === "string" && one.query.startsWith("?") && typeof one.name === "string";

/** @param {SavedSearch[]} searches throws where the storage is full or closed */
const storeSearches = (searches) =>
  localStorage.setItem(choiceKey(CHOICE), JSON.stringify(searches.slice(0, MAX_SEARCHES)));

/**
 * @param {string} query
 * @param {string} name
 */
export const saveSearch = (query, name) =>
  storeSearches([{ query, name }, ...loadSearches().filter((one) => one.query !== query)]);

/** @param {string} query */
export const forgetSearch = (query) =>
  storeSearches(loadSearches().filter((one) => one.query !== query));
