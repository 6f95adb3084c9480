// On a paper's page: star, read, a note, and copies of its citations.
import { cite, FORMS, onPage } from "./cite.js";
import * as own from "./bookmarks.js";
import { $, button, copy, download, make, press, report } from "./ui.js";

const slug = location.pathname.split("/").filter((part) => part && part !== "index.html").at(-1);
const title = $("h1").textContent;
const text = (form) => onPage(document, form) || cite(slug, form);

// Marks
const mine = make("span", { class: "pd-mine" });
for (const [what, label] of [["star", "Star"], ["read", "Read"]]) {
  const made = button(label, () => press(made, own.toggle(slug, title, what)), what);
  press(made, own.of(slug)[what]);
  mine.append(made);
}
const box = $(".pd-cite");
if (box) mine.append(button("Cite", (b) => report(b, async () => copy(await text("BibTeX"))), "cite"));
($(".pd-body > .pd-actions") ?? $(".pd-body").insertBefore(make("p", { class: "pd-actions" }), $("h2"))).append(mine);

// Citations
if (box) {
  const line = (name, ...buttons) => {
    for (const one of buttons) one.ariaLabel = `${one.textContent} ${name}`;
    return make("p", { class: "pd-form" }, make("span", {}, name), ...buttons);
  };
  for (const [form, { ending, type }] of Object.entries(FORMS)) {
    const made = line(
      form,
      button("Copy", (b) => report(b, async () => copy(await text(form)))),
      button("Save", (b) => report(b, async () => download(`${slug}.${ending}`, await text(form), type))),
    );
    const shown = $(`code.language-${form.toLowerCase()}`, box)?.closest("details");
    if (shown) shown.before(made);
    else box.append(made);
  }
  const plain = $(".pd-plain", box);
  plain.after(line("Plain text", button("Copy", (b) => report(b, () => copy(plain.textContent)))));
}

// A note
const area = make("textarea", { rows: "4", "aria-label": "Your note on this paper" });
area.value = own.of(slug).note ?? "";
area.addEventListener("change", () => own.mark(slug, title, "note", area.value.trim()));
const note = make("details", { class: "pd-fold" }, make("summary", {}, "Your note"), area, make("p", { class: "pd-by" }, "Kept in this browser alone."));
note.open = Boolean(area.value);
$(".pd-side").append(note);
