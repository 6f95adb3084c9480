// Describes the search form to agents in browsers (WebMCP, declarative form), where the archive's settings ask for it.
import { gettext } from "../javascripts/words.js";

/**
 * @param {HTMLElement} form
 * @param {HTMLElement} input
 * @param {HTMLElement} author
 */
export function describeForm(form, input, author) {
  const archive = document.querySelector('meta[name="pd-webmcp"]')?.getAttribute("content");
  if (!archive) {
    return;
  }
  form.setAttribute("toolname", "search_papers");
  form.setAttribute(
    "tooldescription",
    gettext("Search the research papers of {archive}.", { archive }),
  );
  form.setAttribute("toolautosubmit", "");
  input.setAttribute("toolparamdescription", gettext("Words, or a phrase in quotation marks."));
  author.setAttribute("toolparamdescription", gettext("The name of an author; may be empty."));
}
