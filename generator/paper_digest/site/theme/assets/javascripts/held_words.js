// Asks the search index which rows hold the reader's words: a row prints three authors and no abstract.
import { ownWorkerUrl } from "./search_box.js";

/** @import { ListedPaper } from "./list_pages.js" */

const HOLD = 16; // the worker's types of messages are in search/browser/message_types.js
const HOLD_RESULT = 17;

/** @type {Worker | undefined} */
let worker;

/**
 * @param {ListedPaper[]} papers
 * @param {string[][]} lists lists of words, names and topics
 * @returns {Promise<Set<string>[]>} for each list the slugs of the papers that hold any of it; rejects where
 *   the archive's own index cannot be had
 */
export function papersHolding(papers, lists) {
  if (!ownWorkerUrl) return Promise.reject(new Error("no index"));
  const url = new URL(ownWorkerUrl);
  url.hash = "held-words"; // so that it does not answer for the search box
  worker ??= new Worker(url);
  const asked = worker;
  return new Promise((resolve, reject) => {
    asked.onerror = () => reject(new Error("no worker"));
    asked.onmessage = ({ data }) => {
      if (data.type === HOLD_RESULT)
        resolve(data.held.map((/** @type {string[]} */ one) => new Set(one)));
      else reject(new Error(data.text));
    };
    asked.postMessage({ type: HOLD, papers, lists });
  });
}
