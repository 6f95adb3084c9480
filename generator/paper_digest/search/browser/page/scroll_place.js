// Keeps the reader's place through Back and reload: results come after the browser has given up.

import { $ } from "../javascripts/ui.js";

const STORE_AFTER_MS = 100;
const ROWS = ".pd-list > ul > li"; // as keys.js counts them

export function keepPlace() {
  history.scrollRestoration = "manual";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  window.addEventListener("scroll", () => {
    clearTimeout(timer);
    timer = setTimeout(storePlace, STORE_AFTER_MS);
  });
  window.addEventListener("pagehide", storePlace);
}

// Beside the row that had the focus, which keys.js stores.
export const storePlace = () =>
  history.replaceState({ ...history.state, scroll: window.scrollY }, "");

/** Goes where the reader was on this entry of the history; a new entry is left as it is. */
export function restorePlace() {
  const { scroll, focused = -1 } = history.state ?? {};
  const row = document.querySelectorAll(ROWS)[focused];
  if (row) $(".pd-title a", row)?.focus({ preventScroll: true });
  if (typeof scroll === "number") window.scrollTo({ top: scroll, behavior: "instant" });
}
