// The page "New for you": what came since the reader last said that all is seen, as it came or as
// their stars rank it.
import {
  allSeen,
  listArrivals,
  loadArrivals,
  loadNew,
  loadPapers,
  parseRow,
  textOf,
} from "./arrivals.js";
import { loadBookmarks, onBookmarksChange, storeSeen } from "./bookmarks.js";
import { onReturn } from "./choices.js";
import { holdsAny, loadWords } from "./muted_words.js";
import { MIN_STARS } from "./ranker.js";
import { decorateRows, titleLink, updateRows } from "./rows.js";
import {
  $$,
  getElement,
  makeButton,
  makeElement,
  orSayFailed,
  setPressed,
  showToast,
} from "./ui.js";
import { formatDate, gettext, ngettext } from "./words.js";

/** @import { Arrival } from "./arrivals.js" */
/** @typedef {Arrival & { reasons?: string[] }} Shown */

const MORE_PAPERS = 50; // rows drawn at a time
const MAX_RANKED = 50;

const body = getElement(".pd-body");
const earlier = makeElement("div");
earlier.append(...body.childNodes);
earlier.hidden = true;
const toolbar = makeElement("p", { class: "pd-tools" });
const list = makeElement("div");
const end = makeElement("p", { class: "pd-pager" });
const count = makeElement("span", { role: "status" });
body.replaceChildren(toolbar, list, end, earlier);
body.classList.add("is-drawn");

const seenButton = makeButton(gettext("Mark all seen"), () => orSayFailed(markAllSeen), "seen");
const arrivalButton = makeButton(gettext("As they came"), () => draw("arrival"), "arrival");
const rankedButton = makeButton(gettext("For you"), () => draw("ranked"), "ranked");
const earlierButton = makeButton(gettext("Show what came before"), () => {
  earlier.hidden = false;
  earlierButton.hidden = true;
});
/** @type {"arrival" | "ranked"} */
let order = "arrival";
let drawings = 0;
/** What of "seen" the rows were drawn from. */
let drawnFrom = "";

async function markAllSeen() {
  const before = loadBookmarks().seen;
  storeSeen(allSeen(await loadArrivals()));
  showToast(gettext("All seen."), () => storeSeen(before));
}

const starCount = () => Object.values(loadBookmarks().papers).filter(({ star }) => star).length;

/** Says how many are new, and whether there are stars enough to rank by. */
async function showCount() {
  const { length } = await loadNew();
  count.textContent = ngettext("{n} new paper", "{n} new papers", length);
  seenButton.hidden = !length;
  const stars = starCount();
  rankedButton.disabled = stars < MIN_STARS;
  rankedButton.textContent =
    stars < MIN_STARS
      ? gettext("For you (from {needed} stars on: {n} so far)", { needed: MIN_STARS, n: stars })
      : gettext("For you");
  setPressed(arrivalButton, order === "arrival");
  setPressed(rankedButton, order === "ranked");
}

/** @returns {Promise<Shown[]>} unmarked papers, the likeliest first */
async function rankArrivals() {
  const { rankUnmarked } = await import("./for_you.js");
  return (await rankUnmarked(listArrivals(await loadArrivals()))).slice(0, MAX_RANKED);
}

/** @param {"arrival" | "ranked"} wanted */
async function draw(wanted) {
  const before = order;
  order = wanted;
  drawings++;
  const drawing = drawings;
  count.textContent = "…";
  const { seen } = loadBookmarks();
  try {
    const papers = wanted === "ranked" ? await rankArrivals() : await loadNew();
    if (drawing !== drawings) return;
    drawnFrom = JSON.stringify(seen ?? loadBookmarks().seen);
    list.replaceChildren();
    await drawMore(papers, 0, drawing);
    await showCount();
  } catch {
    if (drawing !== drawings) return;
    if (list.firstChild) order = before;
    else earlier.hidden = false;
    showFailure();
  }
}

function showFailure() {
  count.textContent = gettext(
    "What is new could not be loaded. Check the connection, then reload.",
  );
}

/**
 * Draws some rows, below the day on which they came or with what decided, and what comes after them.
 * @param {Shown[]} papers
 * @param {number} start
 * @param {number} drawing nothing comes of it where another was begun meanwhile
 */
async function drawMore(papers, start, drawing) {
  const shown = papers.slice(start, start + MORE_PAPERS);
  const [rows, arrivals] = await Promise.all([loadPapers(shown), loadArrivals()]);
  if (drawing !== drawings) return;
  /** @type {HTMLElement[]} */
  const drawn = [];
  for (const { slug, day, reasons } of shown) {
    const paper = rows.get(slug);
    if (!paper) continue;
    const heading = reasons
      ? gettext("For you, by your stars")
      : gettext("Came on {day}", { day: formatDate(day) });
    if ($$("h2", list).at(-1)?.textContent !== heading) {
      const items = makeElement("div", { class: "pd-list" }, makeElement("ul"));
      list.append(makeElement("h2", {}, heading), items);
    }
    const row = parseRow(paper.row);
    getElement(".pd-list:last-child > ul", list).append(row);
    drawn.push(row);
    row.classList.toggle("is-highlighted", holdsAny(textOf(paper), loadWords().highlighted));
    if (reasons?.length) {
      const why = makeElement(
        "p",
        { class: "pd-why pd-small" },
        gettext("Because of: {reasons}", { reasons: reasons.join(gettext(", ")) }),
      );
      row.append(why);
    }
  }
  decorateRows(drawn);
  const left = papers.length - start - shown.length;
  const more = makeButton(
    gettext("{n} more of {left}", { n: Math.min(left, MORE_PAPERS), left }),
    async () => {
      if (more.ariaBusy) return;
      more.ariaBusy = "true";
      await drawMore(papers, start + MORE_PAPERS, drawing).catch(showFailure);
      more.ariaBusy = null;
    },
  );
  const isCut = papers.length === listArrivals(arrivals).length;
  const last =
    isCut && order === "arrival"
      ? gettext("Older ones stand under Dates.")
      : gettext("That is all.");
  // Who pressed for more goes on at the first of them.
  if (end.contains(document.activeElement) && drawn[0])
    titleLink(drawn[0]).focus({ preventScroll: true });
  end.replaceChildren(...(left > 0 ? [more] : [`${last} `, earlierButton]));
}

onBookmarksChange(() => {
  updateRows($$(".pd-list > ul > li", body));
  const isOther = JSON.stringify(loadBookmarks().seen) !== drawnFrom;
  (drawnFrom && isOther && order === "arrival" ? draw(order) : showCount()).catch(() => undefined);
});
onReturn("pd-words", () => draw(order));
toolbar.append(count, seenButton, arrivalButton, rankedButton);
decorateRows($$(".pd-list > ul > li", earlier));
draw("arrival");
