// Asks the search worker, and waits for its answer.

/** @import { PageAnswer, SearchOptions } from "../types" */
import { fetchWhole, WORKER_END } from "../javascripts/whole_script.js";
import { gettext } from "../javascripts/words.js";
import { MessageType } from "../message_types.js";

const SILENT_MS = 5000; // until the worker's script is looked at
const START_MS = 1000; // until one that has come has begun
const NOT_LOADED = gettext("Search could not be loaded.");

export class WorkerClient {
  /**
   * @param {Worker} worker
   * @param {URL} url of its script
   */
  constructor(worker, url) {
    this.url = url;
    this.worker = worker;
    this.lastRequestId = 0;
    this.isBroken = false; // its script could not be loaded, and will not be again
    /** @type {Map<number, { resolve: (answer: PageAnswer) => void, reject: (error: Error) => void }>} */
    this.pending = new Map();
    this.isHeard = false; // it runs
    setTimeout(() => this.lookAtSilence(), SILENT_MS);
    worker.addEventListener("message", ({ data: message }) => {
      this.isHeard = true;
      const request = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (message.type === MessageType.SEARCH_RESULT) request?.resolve(message);
      if (message.type === MessageType.FAILED) request?.reject(new Error(message.text));
    });
    worker.addEventListener("error", () => this.fail());
  }

  /** A script that came empty is no error, and hears nothing; a slow connection's comes with this one at the latest. */
  async lookAtSilence() {
    if (this.isHeard) return;
    await this.fetchScript().catch(() => undefined);
    setTimeout(() => this.isHeard || this.fail(), START_MS);
  }

  fail() {
    this.isBroken = true;
    for (const { reject } of this.pending.values()) reject(new Error(NOT_LOADED));
  }

  /** Has the browser keep the worker's script; rejects where it does not come whole. */
  fetchScript() {
    return fetchWhole(this.url, WORKER_END);
  }

  /**
   * An older question that has not been answered never will be.
   * @param {string} text
   * @param {SearchOptions} options
   * @returns {Promise<PageAnswer>}
   */
  search(text, options) {
    return new Promise((resolve, reject) => {
      this.pending.clear();
      this.pending.set(++this.lastRequestId, { resolve, reject });
      const id = this.lastRequestId;
      this.worker.postMessage({ type: MessageType.SEARCH, id, text, options });
    });
  }
}

/** @param {unknown} error */
export const errorText = (error) => (error instanceof Error ? error.message : String(error));

/**
 * What is said of a question that is asked again.
 * @param {unknown} error
 */
export function failureText(error) {
  const offline = navigator.onLine ? [] : [gettext("There is no connection.")];
  return [...offline, errorText(error), gettext("It is tried again by itself.")].join(" ");
}
