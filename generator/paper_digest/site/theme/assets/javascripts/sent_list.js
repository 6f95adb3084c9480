// A list that came by a link: its papers are named, and taken in if the reader wants them.
import { addBookmarks, isoToday, sentSlugs, siteRoot } from "./bookmarks.js";
import { loadRecord, plainTexts } from "./records.js";
import { makeButton, makeElement, showToast } from "./ui.js";
import { gettext, ngettext } from "./words.js";

/** @param {HTMLElement} container the list is put first into it */
export async function showSentList(container) {
  const slugs = sentSlugs(location.hash);
  if (!slugs.length) return;
  /** @type {Map<string, string>} */
  const titles = new Map();
  const list = makeElement("ul");
  const section = makeElement("div", { class: "pd-banner", role: "region" });
  section.setAttribute("aria-label", gettext("A list that was sent"));
  const close = () => {
    history.replaceState(history.state, "", location.pathname + location.search);
    section.remove();
  };
  const take = () => {
    const papers = [...titles].map(([slug, title]) => [slug, { title, star: isoToday() }]);
    close();
    addBookmarks(Object.fromEntries(papers));
    showToast(ngettext("{n} papers starred.", "{n} papers starred.", papers.length));
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
    makeButton(gettext("Star them all"), take, "take"),
    " ",
    makeButton(gettext("Leave it"), close, "leave"),
  );
  container.prepend(section);
  for (const slug of slugs) {
    const link = makeElement("a", { href: new URL(`papers/${slug}/`, siteRoot).href }, slug);
    list.append(makeElement("li", {}, link));
    try {
      const { title } = plainTexts(await loadRecord(slug));
      titles.set(slug, title);
      link.textContent = title;
    } catch {
      link.append(` ${gettext("(not in this archive)")}`);
    }
  }
}
