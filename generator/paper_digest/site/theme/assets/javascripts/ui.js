// Small things that every script of ours uses: elements, buttons, copies and downloads.
export const $ = (selector, from = document) => from.querySelector(selector);
export const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
export function button(label, act, what = "") {
  const made = make("button", { type: "button" }, label);
  if (what) made.dataset.do = what;
  made.addEventListener("click", () => act(made));
  return made;
}
// A button that is pressed or not: its state is said to screen readers, its name stays.
export function press(element, on) {
  element.setAttribute("aria-pressed", String(Boolean(on)));
}
// Say on the button itself, and to screen readers, how it went; then give it its name back.
export async function report(element, work) {
  const { textContent: name, ariaLabel: label } = element;
  element.ariaLive = "polite";
  element.ariaLabel = null;
  element.disabled = true;
  let said;
  try {
    said = (await work()) ?? "Done";
  } catch {
    said = "Failed";
  }
  element.textContent = said;
  element.disabled = false;
  setTimeout(() => Object.assign(element, { textContent: name, ariaLabel: label }), 1500);
}
export async function copy(text) {
  await navigator.clipboard.writeText(text);
  return "Copied";
}
export function download(name, text, type = "text/plain") {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  return "Saved";
}
