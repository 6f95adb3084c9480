// A list that came by a link: its papers are named, and taken in if the reader wants them.
import { addBookmarks, isoToday, sentSlugs, siteRoot } from "./bookmarks.js";
import { loadRecord } from "./records.js";
import { makeButton, makeElement, showToast } from "./ui.js";

/** @param {HTMLElement} container the list is put first into it */
export async function showSentList(container) {
  const slugs = sentSlugs(location.hash);
  if (!slugs.length) return;
  /** @type {Map<string, string>} */
  const titles = new Map();
  const list = makeElement("ul");
  const section = makeElement("div", { class: "pd-banner", role: "region" });
  section.setAttribute("aria-label", "A list that was sent");
  const close = () => {
    history.replaceState(history.state, "", location.pathname + location.search);
    section.remove();
  };
  const take = () => {
    const papers = [...titles].map(([slug, title]) => [slug, { title, star: isoToday() }]);
    close();
    addBookmarks(Object.fromEntries(papers));
    showToast(`${papers.length} papers starred.`);
  };
  section.append(
    makeElement("p", {}, `A list of ${slugs.length} papers was sent to you.`),
    list,
    makeButton("Star them all", take, "take"),
    " ",
    makeButton("Leave it", close, "leave"),
  );
  container.prepend(section);
  for (const slug of slugs) {
    const link = makeElement("a", { href: new URL(`papers/${slug}/`, siteRoot).href }, slug);
    list.append(makeElement("li", {}, link));
    try {
      const { title } = await loadRecord(slug);
      titles.set(slug, title);
      link.textContent = title;
    } catch {
      link.append(" (not in this archive)");
    }
  }
}
