// On the reader's own page: which words are muted and highlighted in lists.
import { loadWords, parseLines, storeWords } from "./muted_words.js";
import { makeElement } from "./ui.js";
import { gettext } from "./words.js";

/** A form of two boxes, kept as they are typed; each shows what another tab wrote into it meanwhile. */
export function makeWordsForm() {
  /** @type {(label: string, kind: "muted" | "highlighted") => HTMLTextAreaElement} */
  const makeBox = (label, kind) => {
    const box = makeElement("textarea", { rows: "3", "aria-label": label });
    // What is being typed is stored at each letter, so what differs was written elsewhere.
    const show = () => {
      const lines = loadWords()[kind].join("\n");
      if (parseLines(box.value).join("\n") !== lines) box.value = lines;
    };
    box.addEventListener("input", () =>
      storeWords({ ...loadWords(), [kind]: parseLines(box.value) }),
    );
    window.addEventListener("storage", show);
    window.addEventListener("pageshow", show);
    show();
    return box;
  };
  const muted = makeBox(gettext("Muted: words, names or topics, one a line"), "muted");
  const highlighted = makeBox(gettext("Highlighted: the same"), "highlighted");
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
