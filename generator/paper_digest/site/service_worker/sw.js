// Keeps what one reads on the way: the newest lists, the root of the search, starred papers.
//
// All files of one build stand in one cache, whole or not at all: each is compared with the hash that
// the build gave it. A page that came from the network loads nothing from a cache, and a page that
// came from a cache loads nothing else; so no page ever mixes two builds. Other sites below this one's address,
// volumes say, are left alone.

/**
 * SHA-256 of each file by its address below the root, what stands right below the root, and the page that
 * stands for one that is not there, in which `{root}` is the site's address.
 * @type {{ id: string, files: Record<string, string>, top: string[], missingPage: string }}
 */
const BUILD = { id: "", files: {}, top: [], missingPage: "" };
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const root = new URL("./", location.href);
const PREFIX = `offline ${root.pathname} `;
const CACHE = PREFIX + BUILD.id;
const CLIENTS = "offline-clients/"; // where the cache says which pages came from it
const MAX_STARRED = 200;
/** Milliseconds after which a page that is kept is shown in place of one that does not come. */
const MAX_WAIT = 5000;

worker.addEventListener("install", (event) => event.waitUntil(fillCache()));
worker.addEventListener("activate", (event) => event.waitUntil(deleteOtherCaches()));
worker.addEventListener("message", (event) => event.waitUntil(keepStarred(event.data.starred)));
worker.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && isOwn(new URL(url))) event.respondWith(answer(event));
});

/** Starred papers that the site was seen not to have since this worker runs. */
const missing = new Set();

/** @param {string} path */
const urlOf = (path) => new URL(path, root).href;

const TOP = new Set(
  BUILD.top.map(
    (name) => new URL(`./${name.replace(/[%?#\\]/g, encodeURIComponent)}`, root).pathname,
  ),
);

/**
 * Whether an address is this site's, and not that of another one below it.
 * @param {URL} url
 */
function isOwn({ origin, pathname }) {
  if (origin !== root.origin || !pathname.startsWith(root.pathname)) return false;
  const [name] = pathname.slice(root.pathname.length).split("/");
  return !name || TOP.has(root.pathname + name);
}

/**
 * @param {string} path
 * @param {RequestCache} cache
 */
async function fetchFresh(path, cache = "no-cache") {
  const response = await fetch(urlOf(path), { cache });
  if (!response.ok) throw new Error(`${path}: ${response.status}`, { cause: response.status });
  return response;
}

/** Whether the site is still the one that this worker belongs to. */
async function isCurrent() {
  return (await (await fetchFresh("sw.js")).text()).includes(BUILD.id);
}

/** @param {Response} response */
async function sha256(response) {
  const bytes = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function fillCache() {
  const cache = await caches.open(CACHE);
  try {
    const files = Object.entries(BUILD.files).map(async ([path, hash]) => {
      let response = await fetchFresh(path);
      // A host that goes by times may call an older file unchanged.
      if ((await sha256(response)) !== hash) response = await fetchFresh(path, "reload");
      if ((await sha256(response)) !== hash) throw new Error(`${path} is of another build`);
      await cache.put(urlOf(path), response);
    });
    await Promise.all(files);
    await addPapers(cache, await formerStars());
    if (!(await isCurrent())) throw new Error("a newer build is there");
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/**
 * The starred papers that a cache holds.
 * @param {Cache} cache
 */
async function starredIn(cache) {
  const papers = urlOf("papers/");
  const urls = (await cache.keys()).map(({ url }) => url);
  return urls.filter((url) => url.startsWith(papers)).map((url) => url.slice(papers.length, -1));
}

/** The starred papers that the build before this one kept. */
async function formerStars() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const stars = await Promise.all(names.map(async (name) => starredIn(await caches.open(name))));
  return [...new Set(stars.flat())];
}

/**
 * What a paper is read from: its page, and the record that lists unfold.
 * @param {string} slug
 */
const filesOfPaper = (slug) => [`papers/${slug}/`, `api/papers/${slug}.json`];

/**
 * Fetches papers whole, and puts them in if the site is still of this build then.
 * @param {Cache} cache
 * @param {string[]} slugs
 */
async function addPapers(cache, slugs) {
  /** @type {[string, Response][]} */
  const files = [];
  for (const slug of slugs) {
    try {
      const paths = filesOfPaper(slug);
      const responses = await Promise.all(paths.map((path) => fetchFresh(path)));
      paths.forEach((path, place) => {
        files.push([path, responses[place]]);
      });
    } catch (error) {
      // The archive has it no more, it is another volume's, or the connection went: the next visit asks again.
      if (error instanceof Error && error.cause === 404) missing.add(slug);
    }
  }
  // Where a newer build is published, its own worker takes the starred papers in.
  if (!(await isCurrent())) return;
  for (const [path, response] of files) await cache.put(urlOf(path), response);
}

/** @param {string[]} slugs of all starred papers, the latest first */
async function keepStarred(slugs) {
  const wanted = slugs.slice(0, MAX_STARRED);
  const cache = await caches.open(CACHE);
  const present = await starredIn(cache);
  const gone = present.filter((slug) => !wanted.includes(slug));
  await Promise.all(gone.flatMap(filesOfPaper).map((path) => cache.delete(urlOf(path))));
  const added = wanted.filter((slug) => !present.includes(slug) && !missing.has(slug));
  if (added.length) await addPapers(cache, added);
}

async function deleteOtherCaches() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/**
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
async function answer({ request, clientId, resultingClientId }) {
  const cache = await caches.open(CACHE);
  const stored = () => cache.match(request, { ignoreSearch: true });
  if (request.mode === "navigate") {
    try {
      return await fetchPage(request, Boolean(await stored()));
    } catch {
      await cache.put(urlOf(CLIENTS + resultingClientId), new Response());
      return (await stored()) ?? missingPage();
    }
  }
  if (!(await cache.match(urlOf(CLIENTS + clientId)))) return fetch(request);
  const response = (await stored()) ?? Response.error();
  if (!resultingClientId) return response;
  // A worker is a client of its own. What is kept has an address without the fragment by which the page
  // hears the worker (search_box.js); a copy has none, and takes that of the request.
  await cache.put(urlOf(CLIENTS + resultingClientId), new Response());
  return response.ok ? new Response(response.body, response) : response;
}

/**
 * Asks the host itself: a page that the browser remembers may be of a build before.
 * @param {Request} request
 * @param {boolean} isStored whether there is something to show where no answer comes in time
 */
async function fetchPage(request, isStored) {
  const stop = new AbortController();
  const timer = isStored ? setTimeout(() => stop.abort(), MAX_WAIT) : 0;
  try {
    return await fetch(request, { cache: "no-cache", signal: stop.signal });
  } finally {
    clearTimeout(timer);
  }
}

function missingPage() {
  const text = BUILD.missingPage.replaceAll("{root}", root.href);
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  return new Response(text, { status: 503, headers });
}
