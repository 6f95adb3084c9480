// The reader's own page: all marks, with ways to take them out, in, and away.
import { save, FORMS } from "./cite.js";
import * as own from "./bookmarks.js";
import { $, button, download, make, report } from "./ui.js";

const place = $(".pd-own");
const PARTS = { star: "Starred", note: "Notes", read: "Read", hide: "Hidden" };
const spoken = (day) =>
  new Date(day).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
const marked = (what) =>
  Object.entries(own.load().papers)
    .filter(([, paper]) => paper[what])
    .sort(([, a], [, b]) => String(b[what]).localeCompare(String(a[what])));

function part(what, heading) {
  const papers = marked(what);
  if (!papers.length) return [];
  const items = papers.map(([slug, paper]) => {
    const link = make("a", { href: new URL(`papers/${slug}/`, own.base) }, paper.title ?? slug);
    const drop = button("Remove", () => {
      own.mark(slug, paper.title, what, "");
      draw();
    });
    drop.setAttribute("aria-label", `Remove: ${paper.title ?? slug}`);
    const facts = what === "note" ? paper.note : `${heading} ${spoken(paper[what])}`;
    return make("li", {}, make("p", { class: "pd-title" }, link), make("p", { class: "pd-facts" }, facts), make("p", { class: "pd-actions" }, drop));
  });
  return [make("h2", { id: what }, heading), make("div", { class: "pd-list" }, make("ul", {}, ...items))];
}
function tools() {
  const line = make("p", { class: "pd-tools" });
  const starred = marked("star").map(([slug]) => slug);
  const all = Object.keys(own.load().papers);
  if (all.length) {
    line.append(button("Export all marks", (b) => report(b, async () => download("paper-digest-marks.json", JSON.stringify({ papers: own.load().papers }, null, 1), "application/json")), "export"));
  }
  const file = make("input", { type: "file", accept: ".json,application/json", "aria-label": "Marks to import" });
  file.hidden = true;
  const take = button("Import marks", () => file.click(), "import");
  file.addEventListener("change", () =>
    report(take, async () => {
      const count = own.merge(await file.files[0].text());
      setTimeout(draw, 1200);
      return `${count} papers taken in`;
    }),
  );
  line.append(take, file);
  if (starred.length) {
    for (const form of Object.keys(FORMS)) line.append(button(form, (b) => report(b, () => save(starred, form, "starred"))));
  }
  return line;
}
function draw() {
  const parts = Object.entries(PARTS).flatMap(([what, heading]) => part(what, heading));
  if (!parts.length) parts.push(make("p", {}, "Nothing is marked yet. Press the star beside a paper, or s on the keyboard."));
  place.replaceChildren(tools(), ...parts);
}
draw();
