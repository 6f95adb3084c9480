// A list of stars as a link or a QR code, which `sent_list.js` takes in on the other side.
import { MAX_SENT, sentFragment } from "./bookmarks.js";
import {
  copyText,
  isPressed,
  makeButton,
  makeElement,
  orSayFailed,
  setPressed,
  showOutcome,
} from "./ui.js";
import { gettext, ngettext } from "./words.js";

const FILE_HINT = gettext(
  "“Export all marks” makes a file of any number, which “Import marks” takes in.",
);

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
      const numbers = { n: count, total: slugs.length };
      const text = gettext("The link holds the newest {n} of {total} papers.", numbers);
      panel.replaceChildren(makeElement("p", {}, `${text} ${FILE_HINT}`));
      setPressed(code, false);
    }
    return outcome;
  };
  const code = makeButton(gettext("QR code"), () =>
    orSayFailed(async () => {
      // A press while it is made takes it back.
      const isWanted = !isPressed(code);
      setPressed(code, isWanted);
      const made = isWanted ? makeCode(slugs) : Promise.resolve([]);
      made.catch(() => setPressed(code, false));
      const parts = await made;
      if (isPressed(code) === isWanted) panel.replaceChildren(...parts);
    }),
  );
  setPressed(code, false);
  const link = makeButton(
    gettext("Copy as link"),
    (button) => showOutcome(button, copyLink),
    "send",
  );
  return { buttons: [link, code], panel };
}

/** @param {string[]} slugs */
async function makeCode(slugs) {
  const { drawQr, encodeQr } = await import("./qr_code.js");
  const modules = slugs.length > MAX_SENT ? undefined : encodeQr(linkOf(slugs));
  if (!modules) {
    const room = largestCount(slugs, (some) => Boolean(encodeQr(linkOf(some))));
    const text = gettext(
      "A code that phones can read holds some {n} of these {total} papers. Copy them as a link, or search for a tag first and send what has it.",
      { n: room, total: slugs.length },
    );
    return [makeElement("p", {}, `${text} ${FILE_HINT}`)];
  }
  const name = gettext("QR code of a link to this list of {n}", { n: slugs.length });
  const text = ngettext(
    "Whoever reads this code with a camera gets a link to this paper.",
    "Whoever reads this code with a camera gets a link to these {n} papers.",
    slugs.length,
  );
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
