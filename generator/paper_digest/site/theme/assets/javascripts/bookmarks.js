// What the reader marks, kept in this browser: { papers: { slug: { title, star, read, hide, note } } }.
// Marks are ISO days; a paper without marks is forgotten.
export const base = new URL("../../", import.meta.url);
const KEY = `pd-own:${base.pathname}`;
const MARKS = ["star", "read", "hide", "note"];

export const load = () => {
  try {
    return { papers: {}, ...JSON.parse(localStorage.getItem(KEY)) };
  } catch {
    return { papers: {} };
  }
};
function save(own) {
  try {
    localStorage.setItem(KEY, JSON.stringify(own));
  } catch {
    // A full or forbidden storage: the mark lasts as long as the page.
  }
}
export const of = (slug) => load().papers[slug] ?? {};
export const today = () => new Date().toISOString().slice(0, 10);

export function mark(slug, title, what, value) {
  const own = load();
  const paper = { ...own.papers[slug], title, [what]: value };
  if (!value) delete paper[what];
  own.papers[slug] = paper;
  if (!MARKS.some((name) => paper[name])) delete own.papers[slug];
  save(own);
  return paper;
}
export function toggle(slug, title, what) {
  return mark(slug, title, what, of(slug)[what] ? "" : today())[what];
}
export function put(key, value) {
  save({ ...load(), [key]: value });
}
// Take in an exported file: marks are added, none is lost. Returns how many papers came in.
export function merge(text) {
  const given = JSON.parse(text)?.papers;
  if (!given || typeof given !== "object") throw new Error("no papers");
  const own = load();
  let count = 0;
  for (const [slug, paper] of Object.entries(given)) {
    if (!/^[\w.-]+$/.test(slug) || typeof paper !== "object") continue;
    const kept = { title: String(paper.title ?? slug) };
    for (const name of MARKS) if (typeof paper[name] === "string") kept[name] = paper[name];
    own.papers[slug] = { ...kept, ...own.papers[slug] };
    count += 1;
  }
  save(own);
  return count;
}
// "New" is newer than the newest paper seen on the last visit; a visit is a browser session.
export function since(newest) {
  const own = load();
  try {
    if (sessionStorage.getItem(KEY) === null) sessionStorage.setItem(KEY, own.newest ?? "");
    if (newest > (own.newest ?? "")) put("newest", newest);
    return sessionStorage.getItem(KEY);
  } catch {
    return "";
  }
}
