// Answers the worker's messages: Material's own, and those of the search page.

/** @import { Answer, BoxItem, Highlight, ListedPaper, PageAnswer, Request, SearchOptions } from "../types" */
import { loadNotices } from "../javascripts/standing_notices.js";
import { formatDate, gettext } from "../javascripts/words.js";
import { MessageType } from "../message_types.js";
import { pageQuestion, stateFromUrl } from "../question.js";
import { escapeHtml } from "./escape_html.js";
import { highlighter } from "./highlight.js";
import { MissingFile } from "./missing_file.js";
import { matchingPages } from "./site_pages.js";
import { boxItem, countLabel, searchLinkItem, snippet, statusText, summarize } from "./snippets.js";
import { Superseded } from "./superseded.js";

/** @typedef {(text: string, message: Request, isStale: () => boolean) => Promise<object>} Respond */

/**
 * What the search page's head asked, before its script could: the question, whose turn it is, the answer.
 * @typedef {{ question: string, turn: number, answer: Promise<Answer> }} EarlyAnswer
 */

const SITE_ROOT = "../../"; // seen from the worker
const DEBOUNCE_MS = 80; // without a key before a query that follows another one runs
const SLOW_AFTER_MS = 250; // before the box says that something is being loaded

/**
 * What searches the archive's papers.
 * @typedef {object} SearchEngine
 * @property {() => Promise<unknown>} open
 * @property {(text: string, options?: SearchOptions) => Promise<Answer>} search throws MissingFile
 *   without a connection, Superseded where nobody waits any more
 * @property {(papers: ListedPaper[], lists: string[][]) => Promise<string[][]>} [holders] for each list of
 *   words, names and topics the slugs of those papers that hold any; not every engine has it
 * @property {number} paperCount once it was opened
 */

/** @type {SearchEngine} */
let engine;
let latestTurn = 0;
let lastQueryAt = -Infinity;
/** @type {Highlight | undefined} */
let highlight; // of the query that was answered last

/** @type {EarlyAnswer | undefined} */
let early;

/**
 * Lets an engine answer whatever the worker is asked.
 * @param {SearchEngine} searchEngine
 */
export function answerWith(searchEngine) {
  engine = searchEngine;
  engine.open().catch(() => undefined); // the query that needs it says so
  self.handleMessage = handleMessage;
}

/** @param {Request} message */
function handleMessage(message) {
  const { type, id, data, text = "" } = message;
  if (type === MessageType.QUERY) answerLatest(data, boxAnswer, message);
  if (type === MessageType.SEARCH) answerLatest(text, pageAnswer, message);
  if (type === MessageType.HOLD) answerHold(message);
  // It may come after the page's script has asked, and would then be the newer question.
  if (type === MessageType.EARLY && !latestTurn) early = askEarly(data);
  if (type === MessageType.SNIPPET && highlight) {
    const html = snippet(text, highlight);
    postMessage({ type: MessageType.SNIPPET_RESULT, id, html });
  }
}

/** @param {Request} message */
async function answerHold({ id, papers = [], lists = [] }) {
  try {
    if (!engine.holders) throw new Error("this engine has no postings");
    postMessage({ type: MessageType.HOLD_RESULT, id, held: await engine.holders(papers, lists) });
  } catch (error) {
    postMessage({ type: MessageType.FAILED, id, text: String(error) });
  }
}

/**
 * Asks what a search page opens with; its script gets the answer when it asks the same.
 * @param {string} search the page's address from its question mark
 * @returns {EarlyAnswer}
 */
function askEarly(search) {
  const { text, options } = pageQuestion(stateFromUrl(search));
  const turn = ++latestTurn;
  const isStale = () => asked.turn !== latestTurn;
  const answer = engine.search(text, { ...options, isStale });
  answer.catch(() => undefined); // whoever takes it says what is wrong
  const asked = { question: JSON.stringify([text, options]), turn, answer };
  return asked;
}

/**
 * Takes the answer that was asked for early, if it is to this question; only once, as it may have failed.
 * @param {string} text
 * @param {SearchOptions} [options]
 */
function takeEarly(text, options) {
  if (early?.question !== JSON.stringify([text, options])) return undefined;
  const { answer } = early;
  early.turn = latestTurn;
  early = undefined;
  return answer;
}

self.cancelQuery = () => {
  latestTurn++;
};

/**
 * Runs a query unless a newer one comes first; only the newest one is ever answered.
 * @param {string} text
 * @param {Respond} respond
 * @param {Request} message
 */
async function answerLatest(text, respond, message) {
  const turn = ++latestTurn;
  const isStale = () => turn !== latestTurn;
  const wait = performance.now() - lastQueryAt < DEBOUNCE_MS ? DEBOUNCE_MS : 0;
  lastQueryAt = performance.now();
  if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
  if (isStale()) return;
  const slowTimer = setTimeout(() => postStatus("searching", gettext("Searching…")), SLOW_AFTER_MS);
  try {
    const answer = await respond(text, message, isStale);
    if (!isStale()) postMessage(answer);
  } catch (error) {
    if (!(error instanceof Superseded) && !isStale()) postFailure(message, error);
  } finally {
    clearTimeout(slowTimer);
  }
}

/**
 * The box shows the trouble as its one entry, in case nothing on the page listens to the channel.
 * @param {Request} message
 * @param {unknown} error
 */
function postFailure(message, error) {
  const { type, id, data } = message;
  const isMissingFile = error instanceof MissingFile;
  if (!isMissingFile) console.error(error);
  const text = isMissingFile
    ? gettext("A part of the search index could not be loaded. Check the connection and try again.")
    : gettext("The search failed. Reload the page and try again.");
  postStatus("failed", text);
  postMessage({ type: MessageType.FAILED, id, text });
  if (type !== MessageType.QUERY) return;
  postMessage({ type: MessageType.RESULT, data: { items: [searchLinkItem(data, 0, text)] } });
  if (isMissingFile && !error.isGone) self.retryLater(message);
}

/**
 * @param {"searching" | "failed" | "done"} state
 * @param {string} text
 * @param {string} count of papers found, as the box shows it
 */
function postStatus(state, text, count = "") {
  self.statusChannel.postMessage({ state, text, count });
}

/**
 * What Material's box shows: ten papers, ordinary pages, and the way to the rest.
 * @type {Respond}
 */
async function boxAnswer(text, _message, isStale) {
  const loading = loadNotices(new URL(SITE_ROOT, self.location.href));
  const [notices, answer] = await Promise.all([loading, engine.search(text, { isStale })]);
  const { results, total, mayHaveMore, query } = answer;
  const highlightTitle = highlighter(query);
  const items = results.map((result, i) =>
    boxItem(result, highlightTitle, results.length - i + 1, notices.get(result.slug)),
  );
  for (const { location, title, section, inTitle } of matchingPages(self.sitePages, query)) {
    const score = inTitle ? 100 : 1;
    /** @type {BoxItem} */
    const pageItem = [
      { location, title: escapeHtml(title), text: escapeHtml(section), score, terms: {} },
    ];
    if (inTitle) items.unshift(pageItem);
    else items.push(pageItem);
  }
  if (mayHaveMore || total > results.length) items.push(searchLinkItem(text, 0));
  const isSaid = results.length || query.unmet?.length;
  postStatus("done", isSaid ? statusText(answer) : "", countLabel(answer));
  return { type: MessageType.RESULT, data: { items } };
}

/**
 * What the search page shows; its own script lays it out.
 * @param {string} text
 * @param {Request} message
 * @param {() => boolean} isStale
 * @returns {Promise<PageAnswer>}
 */
async function pageAnswer(text, message, isStale) {
  const asked = takeEarly(text, message.options);
  const answer = await (asked ?? engine.search(text, { ...message.options, isStale }));
  const { results, total, incomplete = 0, isPartial, counts, query } = answer;
  const highlightTitle = highlighter(query);
  highlight = highlightTitle;
  const rows = results.map((result) => ({
    ...result,
    titleHtml: highlightTitle(result.title || result.slug),
    formattedDate: result.date && formatDate(result.date),
  }));
  return {
    type: MessageType.SEARCH_RESULT,
    id: message.id,
    results: rows,
    total,
    incomplete,
    isPartial,
    counts,
    ...summarize(answer),
    unmet: query.unmet ?? [],
    documents: engine.paperCount,
    isId: Boolean(query.id),
  };
}
