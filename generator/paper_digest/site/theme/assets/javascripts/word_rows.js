// Rows of a list that hold words, names or topics which the reader muted or wants highlighted.
import { addMutedPapers, holdsAny, loadMutedPapers, loadWords } from "./muted_words.js";
import { dateOf, slugOf, titleOf } from "./rows.js";
import { $, makeElement } from "./ui.js";
import { gettext } from "./words.js";

/**
 * Marks rows that hold words which the reader muted or wants highlighted, and no others: at once those that print
 * them, or that were found before.
 * @param {HTMLElement[]} rows
 */
export function applyWords(rows) {
  const { muted, highlighted } = loadWords();
  const known = loadMutedPapers();
  for (const row of rows) {
    delete row.dataset.muted;
    delete row.dataset.note;
    row.classList.remove("is-highlighted");
    if (!(muted.length || highlighted.length)) continue;
    const text = `${titleOf(row)}\n${$(".pd-meta", row)?.textContent ?? ""}`;
    if (known.has(slugOf(row)) || holdsAny(text, muted)) row.dataset.muted = "1";
    row.classList.toggle("is-highlighted", holdsAny(text, highlighted));
  }
}

/**
 * Then those that hold them in what no row prints, which keep their room on this page and are gone on the next;
 * where the index cannot say, the page does.
 * @param {HTMLElement[]} rows
 * @param {() => void} redraw
 */
export async function applyHeldWords(rows, redraw) {
  const words = loadWords();
  const { muted, highlighted } = words;
  if (!rows.length || !(muted.length || highlighted.length)) return;
  const papers = rows.map((row) => ({ slug: slugOf(row), date: dateOf(row) }));
  try {
    const { papersHolding } = await import("./held_words.js");
    const [unwanted, wanted] = await papersHolding(papers, [muted, highlighted]);
    if (JSON.stringify(loadWords()) !== JSON.stringify(words)) return; // other words were chosen meanwhile
    for (const row of rows) {
      if (unwanted.has(slugOf(row)) && !row.dataset.muted) {
        Object.assign(row.dataset, { muted: "late", note: gettext("Muted") });
      }
      if (wanted.has(slugOf(row))) row.classList.add("is-highlighted");
    }
    addMutedPapers(rows.filter((row) => row.dataset.muted).map(slugOf));
    redraw();
  } catch {
    const note = gettext(
      "Muted and highlighted words were looked for in what is printed here alone.",
    );
    const controls = $(".pd-controls:not(:has([role=status]))");
    controls?.append(makeElement("span", { class: "pd-small", role: "status" }, note));
  }
}
