// A list that came by a link: its papers are named, and taken in if the reader wants them.
import { addBookmarks, archiveRoot, isoToday, sentSlugs } from "./bookmarks.js";
import { inBatches } from "./cite.js";
import { noticeBadge } from "./notice_badge.js";
import { loadRecord, plainTexts } from "./records.js";
import { $, makeButton, makeElement, showToast } from "./ui.js";
import { formatNumber, gettext, ngettext } from "./words.js";

const NOT_FOUND = 404;

/** @param {HTMLElement} container the list is put first into it */
export function showSentList(container) {
  const slugs = sentSlugs(location.hash);
  if (!slugs.length) return;
  $(".pd-banner", container)?.remove();
  const links = slugs.map((slug) =>
    makeElement("a", { href: new URL(`papers/${slug}/`, archiveRoot).href }, slug),
  );
  const list = makeElement("ul", {}, ...links.map((link) => makeElement("li", {}, link)));
  const section = makeElement("div", { class: "pd-banner", role: "region" });
  section.setAttribute("aria-label", gettext("A list that was sent"));
  const close = () => {
    history.replaceState(history.state, "", location.pathname + location.search);
    section.remove();
  };
  /** @type {Map<string, string>} titles of all but those that the archive does not have */
  const titles = new Map();
  let naming = Promise.resolve();
  // Who presses before the last title has come means the whole list.
  const takeButton = makeButton(
    gettext("Star them all"),
    async () => {
      if (takeButton.ariaBusy) return;
      takeButton.ariaBusy = "true";
      showProgress();
      await naming;
      if (!section.isConnected) return;
      const papers = slugs
        .filter((slug) => titles.has(slug))
        .map((slug) => [slug, { title: titles.get(slug), star: isoToday() }]);
      close();
      addBookmarks(Object.fromEntries(papers));
      showToast(ngettext("{n} paper starred.", "{n} papers starred.", papers.length));
    },
    "take",
  );
  const showProgress = () => {
    if (takeButton.ariaBusy) takeButton.textContent = `${formatNumber(titles.size)} …`;
  };
  section.append(
    makeElement(
      "p",
      {},
      ngettext(
        "A list of {n} papers was sent to you.",
        "A list of {n} papers was sent to you.",
        slugs.length,
      ),
    ),
    list,
    takeButton,
    " ",
    makeButton(gettext("Leave it"), close, "leave"),
  );
  container.prepend(section);
  naming = inBatches(links, async (link) => {
    const slug = slugs[links.indexOf(link)];
    try {
      const record = await loadRecord(slug, archiveRoot.href);
      link.textContent = plainTexts(record).title;
      for (const badge of noticeBadge(record)) link.after(" ", badge);
    } catch (error) {
      if (error instanceof Error && error.cause === NOT_FOUND) {
        link.append(` ${gettext("(not in this archive)")}`);
        return;
      }
      // Without a connection nobody knows its title; it was sent all the same.
    }
    titles.set(slug, link.textContent);
    showProgress();
  });
}
