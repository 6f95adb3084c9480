// Makes safe HTML of results, with what the query matched highlighted.

/** @import { Answer, BoxItem, Highlight, Result } from "../types" */
import {
  formatDate,
  formatNumber,
  gettext,
  isRightToLeft,
  ngettext,
} from "../javascripts/words.js";
import { escapeHtml } from "./escape_html.js";

const SNIPPET_LENGTH = 240; // characters

/**
 * Which words were searched for instead, and how many papers there are.
 * @param {Answer} answer
 */
export function summarize(answer) {
  const { corrections, unknown, unreachable = [] } = answer;
  const words = corrections.map(([, word]) => quoted(word)).join(gettext(", "));
  const sites = unreachable.join(gettext(", "));
  return {
    correctionText: [
      words && gettext("Showing {words}.", { words }),
      unknownText(unknown),
      sites && gettext("Not searched, as it could not be loaded: {sites}.", { sites }),
    ]
      .filter(Boolean)
      .join(" "),
    countText: paperCount(answer),
  };
}

/** @param {Answer} answer */
function paperCount(answer) {
  const { total, isPartial, results } = answer;
  if (isPartial) {
    return ngettext(
      "No paper has all of this; {n} have some",
      "No paper has all of this; {n} have some",
      results.length,
    );
  }
  return ngettext("{n} paper", "{n} papers", total);
}

/**
 * Names the words that nothing has; what was found lacks them.
 * @param {string[]} unknown
 */
function unknownText(unknown) {
  if (!unknown.length) return "";
  const words = unknown
    .map(quoted)
    .reduce((first, second) => gettext("{first} or {second}", { first, second }));
  return gettext("No paper has {words}.", { words });
}

/** @param {string} word */
const quoted = (word) => gettext("“{word}”", { word });

/**
 * How many papers have all that was asked for; "" where none has, or nobody knows.
 * @param {Answer} answer
 */
export function countLabel(answer) {
  const { total, isPartial, mayHaveMore } = answer;
  if (isPartial || !total) return "";
  return formatNumber(total) + (mayHaveMore ? "+" : "");
}

/**
 * What the box says: nothing where all there is stands below, as it was asked.
 * @param {Answer} answer
 */
export function statusText(answer) {
  const { total, mayHaveMore, isPartial, results } = answer;
  const { correctionText, countText } = summarize(answer);
  const hasMore = !isPartial && (mayHaveMore || total > results.length);
  if (!isPartial && !hasMore && !correctionText) return "";
  const values = { papers: countText, n: results.length };
  return [correctionText, countedText(values, hasMore, Boolean(mayHaveMore))]
    .filter(Boolean)
    .join(" ");
}

/**
 * @param {{ papers: string, n: number }} values how many papers there are, in words, and how many stand below
 * @param {boolean} hasMore not all stand below
 * @param {boolean} mayHaveMore there may be more than were counted
 */
function countedText(values, hasMore, mayHaveMore) {
  if (!hasMore) return gettext("{counted}.", { counted: values.papers });
  return mayHaveMore
    ? gettext("More than {papers}, the best {n} here.", values)
    : gettext("{papers}, the best {n} here.", values);
}

/**
 * A result as Material's result list takes it: one page, with one entry.
 * @param {Result} result
 * @param {Highlight} highlight
 * @param {number} score
 * @param {string} notice the words of what stands against the paper, or ""
 * @returns {BoxItem}
 */
export function boxItem({ slug, title, authors, date, site = "" }, highlight, score, notice = "") {
  // As in rows of results (result_row.js): what follows a name from right to left would go before it.
  const text = escapeHtml(authors);
  const split = isRightToLeft ? text : text.replace(/ (et al\.)$/, "</bdi> <bdi>$1");
  const names = text && `<bdi>${split}</bdi>`;
  const byline = [names, date && escapeHtml(formatDate(date))].filter(Boolean).join(" · ");
  const location = `${site}papers/${encodeURIComponent(slug)}/`;
  const badge = notice && ` <span class="pd-badge pd-badge-grave">${escapeHtml(notice)}</span>`;
  const titleHtml = highlight(title || slug) + badge;
  return [{ location, title: titleHtml, text: `<p>${byline}</p>`, score, terms: {} }];
}

/**
 * The sentence of a text that holds most of the words, highlighted; its beginning where none does.
 * @param {string} text
 * @param {Highlight} highlight
 */
export function snippet(text, highlight) {
  const sentence = bestSentence(text, highlight);
  if (sentence.length <= SNIPPET_LENGTH) return highlight(sentence);
  const first = Math.max(0, lengthBeforeHighlight(highlight(sentence)) - SNIPPET_LENGTH / 3);
  const start = first ? sentence.indexOf(" ", first) + 1 : 0;
  const part = sentence.slice(start, start + SNIPPET_LENGTH).replace(/\s\S*$/, "");
  const isCut = start + part.length < sentence.length;
  return (start ? "… " : "") + highlight(part) + (isCut ? " …" : "");
}

/**
 * @param {string} text
 * @param {Highlight} highlight
 */
function bestSentence(text, highlight) {
  let best = "";
  let most = -1;
  for (const sentence of text.match(/[^.!?]+(?:[.!?](?!\s)[^.!?]*)*[.!?]?/g) || []) {
    const highlights = highlight(sentence).match(/<mark[^<]*/g) || [];
    const count = new Set(highlights.map((one) => one.toLowerCase())).size;
    if (count > most) [best, most] = [sentence.trim(), count];
  }
  return best;
}

/**
 * How many characters stand before the first highlight; none where there is none.
 * @param {string} html
 */
function lengthBeforeHighlight(html) {
  const at = Math.max(0, html.indexOf("<mark"));
  return html.slice(0, at).replace(/&[a-z0-9#]+;/g, " ").length;
}

/**
 * A link to the search page, for what the box does not show.
 * @param {string} text
 * @param {number} score
 * @param {string} title
 * @returns {BoxItem}
 */
export function searchLinkItem(text, score, title = gettext("All results, with filters")) {
  const location = `search/?q=${encodeURIComponent(text)}`;
  return [{ location, title: escapeHtml(title), text: "", score, terms: {} }];
}
