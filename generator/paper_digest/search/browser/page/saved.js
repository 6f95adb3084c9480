// Keeps searches in this browser, the newest first.

const KEY = "paper-digest-searches";
const MOST = 30;

export function saved() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) || "[]");
    return found.filter(({ query, name }) => typeof query === "string" && typeof name === "string" && query[0] === "?");
  } catch {
    return []; // the storage is closed to us, or holds what is not ours
  }
}

function keep(searches) {
  try {
    localStorage.setItem(KEY, JSON.stringify(searches.slice(0, MOST)));
  } catch { /* full or closed: the search stays in the address */ }
}

export const save = (query, name) =>
  keep([{ query, name }, ...saved().filter((one) => one.query !== query)]);

export const forget = (query) => keep(saved().filter((one) => one.query !== query));
