// What was said against a paper, as a badge behind its title: rows that scripts make say it as those of the site do.
import { makeElement } from "./ui.js";
import { gettext } from "./words.js";

/** @import { PaperRecord } from "./records.js" */

/**
 * The badge of the gravest; none for most papers. The site's own rows go by the same rule (`gravest_notice`).
 * @param {PaperRecord} record
 * @returns {HTMLElement[]}
 */
export function noticeBadge({ withdrawn = "", notices = [] }) {
  const isRetracted = /^retract/i.test(withdrawn);
  const given = new Set(notices.map(({ kind }) => kind));
  const labels = [
    [isRetracted, gettext("retracted")],
    [withdrawn, gettext("withdrawn")],
    [given.has("expression of concern"), gettext("expression of concern")],
    [given.has("partial retraction"), gettext("partial retraction")],
    [given.has("correction"), gettext("correction")],
  ];
  return labels
    .filter(([holds]) => holds)
    .slice(0, 1)
    .flatMap(([, label]) => graveBadge(String(label)));
}

/**
 * The badge of some words; none for "".
 * @param {string} [words]
 */
export const graveBadge = (words) =>
  words ? [makeElement("span", { class: "pd-badge pd-badge-grave" }, words)] : [];
