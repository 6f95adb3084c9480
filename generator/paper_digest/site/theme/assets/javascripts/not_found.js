// The page for addresses that lead nowhere: an arXiv id in one leads to its paper, if it is here; the
// page of an author who has none any more leads to a search for the name.
import { getElement, makeElement } from "./ui.js";
import { gettext, withElements } from "./words.js";

const ARXIV_ID =
  /(?<!\d)(\d{4}\.\d{4,5})(?!\d)|(?<![a-z-])([a-z-]+)(?:\.[A-Z]{2})?[/-](\d{7})(?!\d)/;

const heading = getElement("h1");
const message = getElement("[data-not-found]");
const papersUrl = new URL(message.dataset.notFound ?? "", location.href);
const path = decodePath(location.pathname);
const [, newStyleId, archive, number] = path.match(ARXIV_ID) || [];
const slug = newStyleId || (number && `${archive}-${number}`);
const [, author] = path.match(/\/authors\/([^/]+)\/?$/) || [];

if (slug) {
  const id = newStyleId || `${archive}/${number}`;
  const page = new URL(`${slug}/`, papersUrl).href;
  const { ok } = await fetch(page, { method: "HEAD" });
  const link = makeElement("a", { href: ok ? page : `https://arxiv.org/abs/${id}` }, id);
  if (ok) heading.textContent = gettext("This paper has another address");
  const text = ok
    ? gettext("The paper is at {link}.")
    : gettext("This archive has no paper {link}; the link leads to arXiv.");
  message.replaceChildren(...withElements(text, { link }));
} else if (author) {
  const name = author.replace(/-[0-9a-f]{6}$/, "").replaceAll("-", " ");
  const search = new URL(`../search/?author=${encodeURIComponent(name)}`, papersUrl).href;
  message.replaceChildren(
    `${gettext("This name has no page of its own now.")} `,
    makeElement("a", { href: search }, gettext("Papers by {name}", { name })),
  );
}

/** @param {string} text of an address: one that was cut may end within a sign, and is read as it is then */
function decodePath(text) {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
