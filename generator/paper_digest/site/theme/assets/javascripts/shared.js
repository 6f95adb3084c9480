// What the scripts of several kinds of pages share. The site serves it as one file (site/assets.py).

export * from "./abstract.js";
export * from "./arrivals.js";
export * from "./bookmarks.js";
export * from "./choices.js";
export * from "./cite.js";
export * from "./key_bindings.js";
export * from "./keys.js";
export * from "./list_pages.js";
export * from "./muted_words.js";
export * from "./notice_badge.js";
export * from "./records.js";
export * from "./refused_marks.js";
export * from "./rows.js";
export * from "./search_box.js";
export * from "./stored_marks.js";
export * from "./swipes.js";
export * from "./ui.js";
export * from "./whole_script.js";
export * from "./words.js";
