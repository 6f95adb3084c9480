// A list of stars as a link or a QR code, which `sent_list.js` takes in on the other side.
import { MAX_SENT, sentFragment } from "./bookmarks.js";
import { copyText, makeButton, makeElement, setPressed, showOutcome } from "./ui.js";

const FILE_HINT = "“Export all marks” makes a file of any number, which “Import marks” takes in.";

/** @param {string[]} slugs */
const linkOf = (slugs) => new URL(sentFragment(slugs), location.href).href;

/**
 * Buttons that send the list, and the place where its code is drawn.
 * @param {string[]} slugs
 * @returns {{ buttons: HTMLButtonElement[], panel: HTMLElement }}
 */
export function makeSendButtons(slugs) {
  const panel = makeElement("div", { class: "pd-qr", "aria-live": "polite" });
  const count = Math.min(slugs.length, MAX_SENT);
  const copyLink = async () => {
    const outcome = await copyText(linkOf(slugs));
    if (count < slugs.length) {
      panel.replaceChildren(
        makeElement(
          "p",
          {},
          `The link holds the newest ${count} of ${slugs.length} papers. ${FILE_HINT}`,
        ),
      );
    }
    return outcome;
  };
  const code = makeButton("QR code", async () => {
    const isShown = Boolean(panel.firstChild);
    setPressed(code, !isShown);
    panel.replaceChildren(...(isShown ? [] : await makeCode(slugs)));
  });
  setPressed(code, false);
  const link = makeButton("Copy as link", (button) => showOutcome(button, copyLink), "send");
  return { buttons: [link, code], panel };
}

/** @param {string[]} slugs */
async function makeCode(slugs) {
  const { drawQr, encodeQr } = await import("./qr_code.js");
  const modules = slugs.length > MAX_SENT ? undefined : encodeQr(linkOf(slugs));
  if (!modules) {
    const room = largestCount(slugs, (some) => Boolean(encodeQr(linkOf(some))));
    const text = `A code that phones can read holds some ${room} of these ${slugs.length} papers. Copy them as a link, or search for a tag first and send what has it. ${FILE_HINT}`;
    return [makeElement("p", {}, text)];
  }
  const name = `QR code of a link to this list of ${slugs.length}`;
  const text = `Whoever reads this code with a camera gets a link to ${slugs.length === 1 ? "this paper" : `these ${slugs.length} papers`}.`;
  return [drawQr(modules, name), makeElement("p", {}, text)];
}

/**
 * How many of a list's first items fit, by halving.
 * @param {string[]} all of which not all fit
 * @param {(some: string[]) => boolean} fits true of each list shorter than one that fits
 */
export function largestCount(all, fits) {
  let [low, high] = [0, all.length];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(all.slice(0, middle))) low = middle;
    else high = middle;
  }
  return low;
}
