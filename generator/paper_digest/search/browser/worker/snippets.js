// Makes safe HTML of results, with the words that were looked for marked.

import { chunks, wordsOf } from "./tokenizer.js";

const WORD = /[\p{L}\p{N}\p{M}]+(?:[-'’+#.][\p{L}\p{N}\p{M}]+)*[+#]*/gu;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escape = (text) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

// Gives a function that escapes a text and marks the words of a query in it.
export function marker(query) {
  const wanted = new Set();
  const starts = [];
  for (const unit of query.units) {
    for (const { parts } of unit.options || []) for (const { term } of parts) wanted.add(term);
    if (unit.prefix && unit.raw.length > 1) starts.push(unit.raw);
  }
  const hit = (word) => wanted.has(word) || starts.some((start) => word.startsWith(start));
  return (text) => {
    let done = "";
    let last = 0;
    for (const { 0: shown, index } of text.matchAll(WORD)) {
      const words = chunks(shown).flatMap((chunk) => wordsOf(chunk)[1]);
      if (!words.some(([word]) => hit(word))) continue;
      done += escape(text.slice(last, index)) + `<mark data-md-highlight>${escape(shown)}</mark>`;
      last = index + shown.length;
    }
    return done + escape(text.slice(last));
  };
}

// A date as people write it: "20 Nov 2025", or as much of it as is known.
export function spoken(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const style = { timeZone: "UTC", year: "numeric", ...(month && { month: "short" }), ...(day && { day: "numeric" }) };
  return new Date(Date.UTC(year, (month || 1) - 1, day || 1)).toLocaleDateString("en-GB", style);
}

// Which words were meant, and how many papers there are: what the box and the page say of an answer.
export function summary({ total, some, mended, results }) {
  const meant = mended.length ? `Showing ${mended.map(([, word]) => `“${word}”`).join(", ")}.` : "";
  const many = some ? `No paper has all of this; ${results.length} have some`
    : `${total.toLocaleString("en-GB")} ${total === 1 ? "paper" : "papers"}`;
  return { meant, many };
}

// What the box says: nothing where all there is stands below, as it was asked.
export function said(answer) {
  const { total, open, some, results } = answer;
  const { meant, many } = summary(answer);
  const more = !some && (open || total > results.length);
  const counted = more ? `${open ? "More than " : ""}${many}, the best ${results.length} here.` : `${many}.`;
  return some || more || meant ? [meant, counted].filter(Boolean).join(" ") : "";
}

// A result as Material's result list takes it: one page, with one entry.
export function item({ slug, title, authors, date }, mark, score) {
  const about = [authors, date && spoken(date)].filter(Boolean).map(escape).join(" · ");
  const location = `papers/${encodeURIComponent(slug)}/`;
  return [{ location, title: mark(title), text: `<p>${about}</p>`, score, terms: {} }];
}

const PASSAGE = 240; // characters

// The sentence of a text that holds most of the words, marked; its beginning where none does.
export function passage(text, mark) {
  let best = { marks: -1 };
  for (const sentence of text.match(/[^.!?]+(?:[.!?](?!\s)[^.!?]*)*[.!?]?/g) || []) {
    const html = mark(sentence);
    const marks = new Set(html.match(/<mark[^<]*/g)?.map((one) => one.toLowerCase())).size;
    if (marks > best.marks) best = { marks, sentence: sentence.trim() };
  }
  const { sentence = "" } = best;
  if (sentence.length <= PASSAGE) return mark(sentence);
  const first = Math.max(0, firstMark(mark(sentence)) - PASSAGE / 3);
  const from = first ? sentence.indexOf(" ", first) + 1 : 0;
  const cut = sentence.slice(from, from + PASSAGE).replace(/\s\S*$/, "");
  return (from ? "… " : "") + mark(cut) + (from + cut.length < sentence.length ? " …" : "");
}

// How many characters stand before the first mark; none where there is no mark.
const firstMark = (html) => {
  const at = Math.max(0, html.indexOf("<mark"));
  return html.slice(0, at).replace(/&[a-z0-9#]+;/g, " ").length;
};

// A link to the search page, for what the box does not show.
export function more(text, score, title = "All results, with filters") {
  const location = `search/?q=${encodeURIComponent(text)}`;
  return [{ location, title, text: "", score, terms: {} }];
}
