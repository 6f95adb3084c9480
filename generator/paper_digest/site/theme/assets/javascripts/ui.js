// Small things that every script of ours uses: elements, buttons, copies and downloads.
import { gettext } from "./words.js";

const TOAST_MS = 12_000; // long enough to read it and reach its button
const OUTCOME_MS = 1500;
const REGION_MS = 100; // until a screen reader knows a region: it says what changes in it then

/**
 * The first element that a selector finds.
 * @param {string} selector
 * @param {ParentNode} from
 * @returns {HTMLElement | null}
 */
export const $ = (selector, from = document) => from.querySelector(selector);

/**
 * @param {string} selector
 * @param {ParentNode} from
 * @returns {HTMLElement[]}
 */
export const $$ = (selector, from = document) => [...from.querySelectorAll(selector)].map(asHtml);

/**
 * An element's text; a formula in it goes by its name, which is its plain form.
 * @param {Element} element
 */
export function elementText(element) {
  if (!$("math", element)) return element.textContent;
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const formula of $$("math", copy))
    formula.replaceWith(formula.ariaLabel ?? formula.textContent);
  return copy.textContent;
}

/** @param {Element} element */
const asHtml = (element) => /** @type {HTMLElement} */ (element);

/**
 * An element that the page always has.
 * @param {string} selector
 * @param {ParentNode} from
 */
export function getElement(selector, from = document) {
  const element = $(selector, from);
  if (!element) throw new Error(`The page has no ${selector}.`);
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children
 */
export function makeElement(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A line that stands on paper alone, for what a box holds on the screen. */
export const makePrinted = () => makeElement("p", { class: "pd-print", dir: "auto", hidden: "" });

/**
 * What a printed line says; nothing where there is nothing to say.
 * @param {string} label
 * @param {string} title
 */
export const labelled = (label, title) => title && gettext("{label}: {title}", { label, title });

/**
 * @param {string} label
 * @param {(button: HTMLButtonElement) => void} onClick
 * @param {string} action what it does, for keys and the style sheet
 */
export function makeButton(label, onClick, action = "") {
  const button = makeElement("button", { type: "button" }, label);
  if (action) button.dataset.action = action;
  button.addEventListener("click", () => onClick(button));
  return button;
}

/**
 * @param {string} label
 * @param {Record<string, string>} options labels by value
 * @param {string} value the chosen one
 * @param {(value: string) => void} onChange
 */
export function makeSelect(label, options, value, onChange) {
  // Firefox would bring back what was chosen before a reload, whatever the list then shows.
  const select = makeElement("select", { "aria-label": label, autocomplete: "off" });
  for (const [name, text] of Object.entries(options)) {
    select.add(new Option(text, name, false, name === value));
  }
  select.addEventListener("change", () => onChange(select.value));
  return select;
}

/**
 * A button that is pressed or not: its state is said to screen readers, its name stays.
 * @param {Element} button
 * @param {unknown} value
 */
export function setPressed(button, value) {
  button.setAttribute("aria-pressed", String(Boolean(value)));
}

/** @param {Element} button */
export const isPressed = (button) => button.getAttribute("aria-pressed") === "true";

/** @type {WeakMap<Element, { textContent: string, ariaLabel: string | null, timer?: ReturnType<typeof setTimeout> }>} */
const ownNames = new WeakMap(); // of buttons that say how it went

/**
 * Says on the button itself, and to screen readers, how it went; then gives it its name back. A press while
 * it is at work asks for nothing more. It is never disabled, which would take the focus from it.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<string>} action gives what to say
 */
export async function showOutcome(button, action) {
  if (button.ariaBusy) return;
  const own = ownNames.get(button);
  clearTimeout(own?.timer);
  const { textContent, ariaLabel } = own ?? button;
  button.ariaLive = "polite";
  button.ariaLabel = null;
  button.ariaBusy = "true";
  let outcome;
  try {
    outcome = await action();
  } catch {
    outcome = gettext("Failed");
  }
  button.textContent = outcome;
  button.ariaBusy = null;
  const giveBack = () => {
    Object.assign(button, { textContent, ariaLabel });
    ownNames.delete(button);
  };
  ownNames.set(button, { textContent, ariaLabel, timer: setTimeout(giveBack, OUTCOME_MS) });
}

/** @param {string} text "" is what did not come: it takes nobody's clipboard */
export async function copyText(text) {
  if (!text) throw new Error("nothing to copy");
  await navigator.clipboard.writeText(text);
  return gettext("Copied");
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function downloadFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  makeElement("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  return gettext("Saved");
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let toastTimer;
/** @type {Node[]} what stays said, whatever is said next, until all of it goes away */
let warning = [];

/**
 * Says that something did not last, beside what the press that asked for it has to say.
 * @param {string} text
 * @param {HTMLElement} button what can be done
 */
export function showWarning(text, button) {
  warning = [makeElement("div", {}, text, " ", button)];
  showToast("");
}

/**
 * Says something at the foot of the window, with a way back where there is one.
 * @param {string} text
 * @param {() => void} [undo]
 */
export function showToast(text, undo) {
  const toast = $(".pd-toast") ?? makeElement("div", { class: "pd-toast", role: "status" });
  const wait = toast.isConnected ? 0 : REGION_MS;
  if (wait) document.body.append(toast);
  const close = () => {
    warning = [];
    toast.replaceChildren();
  };
  const back = () => {
    close();
    undo?.();
  };
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    const undoing = undo ? [" ", makeButton(gettext("Undo"), back, "undo")] : [];
    toast.replaceChildren(text, ...undoing, ...warning);
    toastTimer = setTimeout(close, TOAST_MS);
  }, wait);
}

/**
 * Does what needs a connection or a right that the browser may not have, and says where it failed.
 * @param {() => Promise<void>} action
 */
export const orSayFailed = (action) => action().catch(() => showToast(gettext("Failed")));
