// The page for addresses that lead nowhere: an arXiv id in one leads to its paper, if it is here.
const ARXIV = /(?<!\d)(\d{4}\.\d{4,5})(?!\d)|([a-z-]+)(?:\.[A-Z]{2})?[/-](\d{7})(?!\d)/;

const place = document.querySelector("[data-lost]");
const [, now, archive, number] = decodeURI(location.pathname).match(ARXIV) || [];
const slug = now || (number && `${archive}-${number}`);
const papers = new URL(place.dataset.lost, location.href);

if (slug) {
  const page = new URL(`${slug}/`, papers).href;
  const { ok } = await fetch(page, { method: "HEAD" });
  const link = document.createElement("a");
  link.href = ok ? page : `https://arxiv.org/abs/${now || `${archive}/${number}`}`;
  link.textContent = now || `${archive}/${number}`;
  place.replaceChildren(...(ok ? ["The paper is at ", link, "."]
    : ["This archive has no paper ", link, "; the link leads to arXiv."]));
}
