// The page for addresses that lead nowhere: an arXiv id in one leads to its paper, if it is here.
import { getElement, makeElement } from "./ui.js";

const ARXIV_ID = /(?<!\d)(\d{4}\.\d{4,5})(?!\d)|([a-z-]+)(?:\.[A-Z]{2})?[/-](\d{7})(?!\d)/;

const message = getElement("[data-not-found]");
const papersUrl = new URL(message.dataset.notFound ?? "", location.href);
const [, newStyleId, archive, number] = decodeURI(location.pathname).match(ARXIV_ID) || [];
const slug = newStyleId || (number && `${archive}-${number}`);

if (slug) {
  const id = newStyleId || `${archive}/${number}`;
  const page = new URL(`${slug}/`, papersUrl).href;
  const { ok } = await fetch(page, { method: "HEAD" });
  const link = makeElement("a", { href: ok ? page : `https://arxiv.org/abs/${id}` }, id);
  message.replaceChildren(
    ...(ok
      ? ["The paper is at ", link, "."]
      : ["This archive has no paper ", link, "; the link leads to arXiv."]),
  );
}
