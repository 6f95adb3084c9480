// A paper's citations: BibTeX and RIS stand on its page, CSL-JSON in its API record.
import { base } from "./bookmarks.js";
import { $, download } from "./ui.js";

export const FORMS = {
  BibTeX: { ending: "bib", type: "application/x-bibtex" },
  RIS: { ending: "ris", type: "application/x-research-info-systems" },
  "CSL-JSON": { ending: "json", type: "application/vnd.citationstyles.csl+json" },
};
async function get(path) {
  const answer = await fetch(new URL(path, base));
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}
// Read one form off a paper's page.
export function onPage(page, form) {
  const code = $(`code.language-${form.toLowerCase()}`, page);
  return code ? `${code.textContent.trimEnd()}\n` : "";
}
export async function cite(slug, form) {
  if (form === "CSL-JSON") {
    const record = await (await get(`api/papers/${slug}.json`)).json();
    return JSON.stringify(record.citation, null, 1);
  }
  const text = await (await get(`papers/${slug}/`)).text();
  return onPage(new DOMParser().parseFromString(text, "text/html"), form);
}
// Two papers may share a citation key: the second one gets its slug behind it.
function unlike(entry, slug, taken) {
  const key = /^@\w+\{([^,]+),/.exec(entry)?.[1];
  const mine = taken.has(key) ? entry.replace(key, `${key}-${slug}`) : entry;
  taken.add(key);
  return mine;
}
// Save the citations of many papers as one file; a few are asked for at a time, and `tell` is told.
export async function save(slugs, form, name, tell = () => {}) {
  const parts = [];
  for (let at = 0; at < slugs.length; at += 8) {
    parts.push(...(await Promise.all(slugs.slice(at, at + 8).map((slug) => cite(slug, form)))));
    tell(parts.length);
  }
  const { ending, type } = FORMS[form];
  const taken = new Set();
  const kept = parts.map((part, at) => (form === "BibTeX" ? unlike(part, slugs[at], taken) : part)).filter(Boolean);
  const text = form === "CSL-JSON" ? `[${kept.join(",\n")}]\n` : kept.join("\n");
  return download(`${name}.${ending}`, text, type);
}
