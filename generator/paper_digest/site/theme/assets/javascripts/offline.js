// Reading without a connection: starts the service worker and tells it which papers are starred.
import { loadBookmarks, onBookmarksChange, siteRoot } from "./bookmarks.js";

let told = "";

/** Names the starred papers to the worker, the latest first, where they are not those it knows. */
async function tellStars() {
  const stars = Object.entries(loadBookmarks().papers)
    .filter(([, { star }]) => star)
    .sort(([, a], [, b]) => String(b.star).localeCompare(String(a.star)));
  const starred = stars.map(([slug]) => slug);
  if (starred.join() === told) return;
  const { active } = await navigator.serviceWorker.ready;
  told = starred.join();
  active?.postMessage({ starred });
}

/** Rejects where the browser allows no service worker: the site then reads as ever. */
export async function startOffline() {
  await navigator.serviceWorker.register(new URL("sw.js", siteRoot));
  onBookmarksChange(() => tellStars().catch(() => undefined));
  await tellStars();
}

/** Takes away the worker of this site, where it had one; that of a site around it stays. */
export async function stopOffline() {
  const registration = await navigator.serviceWorker.getRegistration(siteRoot);
  if (registration?.scope === siteRoot.href) await registration.unregister();
}
