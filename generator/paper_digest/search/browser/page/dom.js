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
