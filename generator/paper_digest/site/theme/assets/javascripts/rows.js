// One row of a list: star, read, hide and cite it, and say whether it is new.
import { cite } from "./cite.js";
import * as own from "./bookmarks.js";
import { $, button, copy, make, press, report } from "./ui.js";

const root = document.documentElement;
export const slugOf = (row) => $(".pd-title a", row).href.split("/").at(-2);
export const titleOf = (row) => $(".pd-title a", row).textContent;
export const dateOf = (row) => $("time", row)?.dateTime ?? "";
export const votesOf = (row) => Number($(".pd-votes", row)?.textContent.replace(/\D/g, "") ?? 0);

export function show(row) {
  const paper = own.of(slugOf(row));
  row.classList.toggle("read", Boolean(paper.read));
  row.hidden = Boolean(paper.hide) && !root.dataset.all;
  for (const name of ["star", "read", "hide"]) press($(`[data-do=${name}]`, row), paper[name]);
}
// Papers after the day `since` are new; `changed` is called when a mark has changed.
export function equip(row, since = "", changed = () => {}) {
  const actions = $(".pd-actions", row) ?? row.appendChild(make("p", { class: "pd-actions" }));
  const flip = (what) => () => {
    own.toggle(slugOf(row), titleOf(row), what);
    show(row);
    changed();
  };
  const more = make("span", { class: "pd-more" });
  more.append(
    button("Cite", (b) => report(b, async () => copy(await cite(slugOf(row), "BibTeX"))), "cite"),
    button("Read", flip("read"), "read"),
    button("Hide", flip("hide"), "hide"),
  );
  actions.append(more);
  const star = button("", flip("star"), "star");
  star.setAttribute("aria-label", `Star: ${titleOf(row)}`);
  row.append(star);
  if (since && dateOf(row) > since) $(".pd-facts", row)?.prepend(make("span", { class: "pd-new" }, "new"), " ");
  show(row);
}
