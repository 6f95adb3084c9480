// One result as a row of a list: what the index knows at once, the rest from the paper's record.

/** @import { PageResult } from "../types" */
/** @import { PaperRecord } from "../javascripts/records.js" */
import { noticeBadge } from "../javascripts/notice_badge.js";
import { plainTexts, rowLinks, votesOfRecord } from "../javascripts/records.js";
import { getElement, makeElement } from "../javascripts/ui.js";
import { gettext, isRightToLeft } from "../javascripts/words.js";
import { languageAttributes } from "./dom.js";

/**
 * @param {PageResult} result
 * @param {string} url of its page
 * @param {HTMLElement} snippet
 */
export function makeRow({ titleHtml, authors, date, formattedDate }, url, snippet) {
  const title = makeElement("a", { href: url });
  // The worker escaped the text; all it holds beside text is <mark>.
  title.innerHTML = titleHtml;
  const day = date ? [makeElement("time", { datetime: date }, formattedDate)] : [];
  // Latin words behind a name from right to left would go before it, where the page's lines begin at the left.
  const [name, others] = authors.split(/ (et al\.)$/);
  const more = others ? [" ", makeElement("bdi", {}, others)] : [];
  const byline = isRightToLeft
    ? [makeElement("bdi", {}, name, ...more)]
    : [makeElement("bdi", {}, name), ...more];
  const names = authors ? [...byline, ...(date ? [" · "] : [])] : [];
  return makeElement(
    "li",
    {},
    makeElement("p", { class: "pd-title", ...languageAttributes(title.textContent) }, title),
    makeElement("p", { class: "pd-meta" }, ...names, ...day),
    snippet,
    makeElement("p", { class: "pd-actions" }),
  );
}

/**
 * Adds what was said against the paper behind its title, and topic, upvotes and links behind what stands there;
 * what of these would need a further line is left out, so that nothing moves.
 * @param {Element} row
 * @param {PaperRecord} record
 * @param {URL} base the site's root
 * @param {Map<string, string>} topicTitles
 */
export function completeRow(row, record, base, topicTitles) {
  const { title } = plainTexts(record);
  // The index has no id of a paper without a title, and its address stands in the row.
  if (!record.title) getElement(".pd-title a", row).textContent = title;
  for (const badge of noticeBadge(record)) getElement(".pd-title", row).append(" ", badge);
  const meta = getElement(".pd-meta", row);
  const height = meta.offsetHeight;
  const votes = votesOfRecord(record);
  const [topic] = record.topics ?? [];
  const href = new URL(`topics/${topic}/`, base).href;
  const parts = [
    ...(topic ? [makeElement("a", { href, dir: "auto" }, topicTitles.get(topic) ?? topic)] : []),
    ...(votes
      ? [makeElement("span", { class: "pd-votes", title: gettext("upvotes") }, `▲ ${votes}`)]
      : []),
  ];
  for (const part of parts) {
    meta.append(" ", part);
    if (meta.offsetHeight > height) part.remove();
  }
  const links = rowLinks(record).map(({ label, url }) =>
    makeElement(
      "a",
      { href: url, "aria-label": gettext("{label}: {title}", { label, title }) },
      label,
    ),
  );
  getElement(".pd-actions", row).prepend(...links.flatMap((link) => [link, " "]));
}
