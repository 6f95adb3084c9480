// Scripts that come whole: a network may answer with a page of its own, half a file or none, and say that all is well.

/** How the search worker ends (search/bundle.py). */
export const WORKER_END = /self\.onmessage = receive;\s*return \{\s*\};\s*\}\)\(\);\s*$/;

/** What Material's script leaves behind it. */
export const MATERIAL = "document$";

/**
 * Has the browser keep a file; rejects where it does not come whole.
 * @param {string | URL} url
 * @param {RegExp} [end] how it ends
 */
export async function fetchWhole(url, end = /\S\s*$/) {
  if (await isWhole(await fetch(url), end)) return;
  // The browser may have stored what is none.
  if (!(await isWhole(await fetch(url, { cache: "reload" }), end))) throw new Error(String(url));
}

/**
 * @param {Response} answer
 * @param {RegExp} end
 */
async function isWhole(answer, end) {
  const isPage = /html/.test(answer.headers.get("Content-Type") ?? "");
  return answer.ok && !isPage && end.test((await answer.text()).slice(-200));
}

/**
 * Runs a script; rejects where it did not run to the end.
 * @param {HTMLScriptElement} script
 * @param {string} global what it leaves behind
 */
export async function runScript(script, global) {
  await new Promise((resolve, reject) => {
    Object.assign(script, { onload: resolve, onerror: reject });
    document.body.append(script);
  });
  if (global in window) return;
  await fetch(script.src, { cache: "reload" });
  throw new Error(script.src);
}
