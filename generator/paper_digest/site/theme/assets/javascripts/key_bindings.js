// Which single keys do what, as the reader set them: rebound, or all switched off (WCAG 2.1.4).
import { loadChoice, storeWritten } from "./choices.js";
import { gettext } from "./words.js";

const CHOICE = "pd-keys";

/** Actions with their first key and what they do. */
export const ACTIONS = {
  search: ["/", gettext("search")],
  next: ["j", gettext("next paper")],
  previous: ["k", gettext("previous paper")],
  open: ["o", gettext("open the paper (as Enter does)")],
  abstract: ["e", gettext("unfold the abstract (as Space does)")],
  star: ["s", gettext("star")],
  read: ["r", gettext("mark as read")],
  hide: ["x", gettext("hide")],
  pdf: ["p", gettext("open the PDF")],
  cite: ["c", gettext("copy BibTeX")],
  link: ["y", gettext("copy the paper's address")],
  older: ["n", gettext("next page, or next paper of the day")],
  newer: ["b", gettext("page before, or paper before")],
  help: ["?", gettext("these keys")],
};

/** @typedef {keyof typeof ACTIONS} Action */
/** @typedef {{ off: boolean, keys: Record<Action, string> }} Bindings */

export const ACTION_NAMES = /** @type {Action[]} */ (Object.keys(ACTIONS));

/**
 * What a storage holds, without whatever is not ours.
 * @param {string | null} text
 * @returns {Bindings}
 */
export function parseBindings(text) {
  /** @type {{ off?: unknown, keys?: Record<string, unknown> }} */
  let stored = {};
  try {
    stored = JSON.parse(text || "{}") ?? {};
  } catch {
    // Not ours: the first keys hold.
  }
  const keys = ACTION_NAMES.map((name) => {
    const key = stored.keys?.[name];
    return [name, typeof key === "string" && [...key].length <= 1 ? key : ACTIONS[name][0]];
  });
  return { off: stored.off === true, keys: Object.fromEntries(keys) };
}

export const loadBindings = () => parseBindings(loadChoice(CHOICE));

/** @param {Bindings} bindings */
export const storeBindings = (bindings) => storeWritten(CHOICE, JSON.stringify(bindings));

/**
 * Gives an action another key; the action that had that key gets none.
 * @param {Bindings} bindings
 * @param {Action} action
 * @param {string} key "" for none
 * @returns {Bindings}
 */
export function rebind({ off, keys }, action, key) {
  const others = ACTION_NAMES.map((name) => [name, key && keys[name] === key ? "" : keys[name]]);
  return { off, keys: { ...Object.fromEntries(others), [action]: key } };
}
