// Keeps the reader's place through Back and reload: results come after the browser has given up.

const STORE_AFTER_MS = 100;

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

export const storePlace = () => history.replaceState({ scroll: window.scrollY }, "");

/** Goes where the reader was on this entry of the history; a new entry is left as it is. */
export function restorePlace() {
  const place = history.state?.scroll;
  if (typeof place === "number") window.scrollTo({ top: place, behavior: "instant" });
}
