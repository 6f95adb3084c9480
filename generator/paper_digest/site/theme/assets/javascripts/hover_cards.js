// What a link to a paper leads to, shown beside it while it is pointed at; Escape puts it away.
import { siteRoot } from "./bookmarks.js";
import { noticeBadge } from "./notice_badge.js";
import { loadRecord, plainTexts } from "./records.js";
import { makeElement } from "./ui.js";
import { formatDate, gettext, isRightToLeft, ngettext, withElements } from "./words.js";

const SHOW_AFTER_MS = 500;
const HIDE_AFTER_MS = 250; // so that the pointer can go onto the card
const MAX_AUTHORS = 3;
const MAX_TEXT = 300; // characters
const PAPERS = new URL("papers/", siteRoot).href;

const card = makeElement("div", { class: "pd-card md-typeset", role: "tooltip", hidden: "" });
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Element | undefined} the link whose card is wanted: Escape may come before the card does */
let wanted;

/**
 * The paper that a link leads to; "" where it leads elsewhere, or where its row says all of this.
 * @param {Element} link
 */
function slugOfLink(link) {
  const { href } = /** @type {HTMLAnchorElement} */ (link);
  if (!href.startsWith(PAPERS) || link.closest(".pd-list, .pd-card")) return "";
  const [slug, rest] = href.slice(PAPERS.length).split("/");
  return rest === "" ? slug : "";
}

/**
 * @param {Element} link
 * @param {string} slug
 */
async function showCard(link, slug) {
  const record = await loadRecord(slug);
  const { authors = [], published } = record;
  const { title, digest, abstract } = plainTexts(record);
  if (link !== wanted || !link.matches(":hover")) return;
  const names = makeElement("span");
  for (const { name } of authors.slice(0, MAX_AUTHORS))
    names.append(names.hasChildNodes() ? gettext(", ") : "", makeElement("bdi", {}, name));
  const more = authors.length - MAX_AUTHORS;
  const byline =
    more > 0
      ? withElements(ngettext("{names} and {n} more", "{names} and {n} more", more), { names })
      : [names];
  const dated = published ? formatDate(published) : "";
  const text = digest || abstract;
  const shown =
    text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).replace(/\s\S*$/, "")} …` : text;
  card.replaceChildren(
    makeElement(
      "p",
      { dir: "auto" },
      makeElement("strong", {}, title),
      " ",
      ...noticeBadge(record),
    ),
    makeElement(
      "p",
      { class: "pd-meta" },
      ...(authors.length ? byline : []),
      authors.length && dated ? " · " : "",
      dated,
    ),
    makeElement("p", { dir: "auto" }, shown),
  );
  document.body.append(card);
  card.hidden = false;
  const place = link.getBoundingClientRect();
  const isBelow = place.bottom + card.offsetHeight < innerHeight;
  card.style.top = `${isBelow ? place.bottom : Math.max(0, place.top - card.offsetHeight)}px`;
  const start = isRightToLeft ? place.right - card.offsetWidth : place.left;
  card.style.left = `${Math.max(0, Math.min(start, innerWidth - card.offsetWidth - 8))}px`;
}

function hideCard() {
  clearTimeout(timer);
  wanted = undefined;
  card.hidden = true;
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "touch" || !(target instanceof Element)) return;
  clearTimeout(timer);
  if (target.closest(".pd-card")) return;
  const link = target.closest("a[href]");
  const slug = link ? slugOfLink(link) : "";
  if (link && slug) {
    wanted = link;
    const hideOwn = () => link === wanted && hideCard();
    timer = setTimeout(() => showCard(link, slug).catch(hideOwn), SHOW_AFTER_MS);
  } else if (!card.hidden) timer = setTimeout(hideCard, HIDE_AFTER_MS);
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && hideCard());
// The pointer left the window, or the page: Back would show it with its card.
document.documentElement.addEventListener("pointerleave", hideCard);
window.addEventListener("pagehide", hideCard);
window.addEventListener(
  "scroll",
  () => {
    card.hidden = true;
  },
  { passive: true },
);
