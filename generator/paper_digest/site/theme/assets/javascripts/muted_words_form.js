// On the reader's own page: which words are muted and highlighted in lists.
import { loadWords, parseLines, storeWords } from "./muted_words.js";
import { makeElement } from "./ui.js";
import { gettext } from "./words.js";

/** A form of two boxes, kept as they are typed. */
export function makeWordsForm() {
  const words = loadWords();
  /** @type {(label: string, lines: string[]) => HTMLTextAreaElement} */
  const makeBox = (label, lines) => {
    const box = makeElement("textarea", { rows: "3", "aria-label": label });
    box.value = lines.join("\n");
    return box;
  };
  const muted = makeBox(gettext("Muted: words, names or topics, one a line"), words.muted);
  const highlighted = makeBox(gettext("Highlighted: the same"), words.highlighted);
  for (const box of [muted, highlighted]) {
    box.addEventListener("input", () =>
      storeWords({
        muted: parseLines(muted.value),
        highlighted: parseLines(highlighted.value),
      }),
    );
  }
  const what = gettext(
    "Papers with a muted word, author or topic are left out of lists (which say how many); those with a highlighted one stand out. A word is looked for in title, digest and abstract, a name among all authors, by the search index; a list that cannot load it says that it saw only what it prints. One a line; kept in this browser.",
  );
  return makeElement(
    "details",
    { class: "pd-details pd-words" },
    makeElement("summary", {}, gettext("Muted and highlighted words")),
    makeElement("p", {}, what),
    makeElement("label", {}, gettext("Muted"), muted),
    makeElement("label", {}, gettext("Highlighted"), highlighted),
  );
}
