// The few ways in which the search page makes elements.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// An input with its label before it; gives the input.
export function field(form, label, type, attributes) {
  const input = element("input", { type, ...attributes });
  form.append(element("label", {}, label, " ", input));
  return input;
}

// A link to a search of this page; the chosen one of several is said to be so.
export function link(query, label, chosen) {
  return element("a", { href: query, "data-search": "", ...(chosen ? { "aria-current": "true" } : {}) }, label);
}

// A date as people write it: "20 Nov 2025", or as much of it as is known.
export function spoken(iso) {
  const [year, month, day] = iso.split("-").map(Number);
  const style = { timeZone: "UTC", year: "numeric", ...(month && { month: "short" }), ...(day && { day: "numeric" }) };
  return new Date(Date.UTC(year, (month || 1) - 1, day || 1)).toLocaleDateString("en-GB", style);
}
