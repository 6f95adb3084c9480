// Reads a file of the index whole, or says that it did not come.

import { MissingFile, orMissing } from "./missing_file.js";

/** @type {RequestInit} past what the browser has stored, in the place of which the answer is put */
export const ANEW = { cache: "reload" };

/**
 * Reads an answer. One that is none is asked for once more: the browser may have stored an error of the server's, half a
 * file or the page of a network that wants a password, and would give that again each time it is asked.
 * @template T
 * @param {string} name
 * @param {Promise<Response>} begun its fetch
 * @param {() => Promise<Response>} fetchAnew
 * @param {(response: Response) => Promise<T>} read rejects where the answer is not what it should be
 * @returns {Promise<T>} throws MissingFile
 */
export async function readWhole(name, begun, fetchAnew, read) {
  const first = await orMissing(name, () => begun);
  if (first.ok) {
    try {
      return await read(first);
    } catch {
      // It is asked for anew.
    }
  }
  const second = await orMissing(name, fetchAnew);
  if (!second.ok) throw new MissingFile(name, second.status === 404);
  return orMissing(name, () => read(second));
}
