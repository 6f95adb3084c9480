// The words of the interface in the archive's language (gettext): English stands in the code, the build
// puts another language's words in here. They are text, and never become markup.

/** @typedef {{ language: string, dir?: string, messages: Record<string, string | Record<string, string>> }} Catalogue */

/** @type {Catalogue} each text by its English, behind its context if it has one; plural forms by their category */
const CATALOGUE = { language: "en-GB", messages: {} };

const CONTEXT_END = "\u0004"; // as in files of gettext
/** Whether the language is written in Latin letters, as most papers are. */
export const isLatinScript = new Intl.Locale(CATALOGUE.language).maximize().script === "Latn";
/** Whether lines of the page begin at the right. */
export const isRightToLeft = CATALOGUE.dir === "rtl";
// Figures are 0 to 9 in every language, as on the pages.
const locale = new Intl.Locale(CATALOGUE.language, { numberingSystem: "latn" });
const pluralRules = new Intl.PluralRules(locale);
const numberFormat = new Intl.NumberFormat(locale);

/** @typedef {Record<string, string | number>} Values what stands for the placeholders of a text, `{name}` */

/** @param {number} number */
export const formatNumber = (number) => numberFormat.format(number);

/**
 * A date as people write it: "20 Nov 2025", or as much of it as there is.
 * @param {string} iso
 */
export function formatDate(iso) {
  const [year, month, day] = iso.split("-").map((part) => Number.parseInt(part, 10));
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    year: "numeric",
    ...(month && { month: "short" }),
    ...(day && { day: "numeric" }),
  });
  return format.format(Date.UTC(year, (month || 1) - 1, day || 1));
}

/**
 * @param {string} text in English
 * @param {Values} [values]
 */
export const gettext = (text, values) => fill(textOf(text) ?? text, values);

/**
 * A text that means several things in English, in one sense.
 * @param {string} context names the sense
 * @param {string} text
 * @param {Values} [values]
 */
export const pgettext = (context, text, values) =>
  fill(textOf(context + CONTEXT_END + text) ?? text, values);

/**
 * A text for `n` things, which `{n}` names.
 * @param {string} singular in English
 * @param {string} plural
 * @param {number} n
 * @param {Values} [values]
 */
export function ngettext(singular, plural, n, values) {
  const forms = messageOf(singular);
  const english = n === 1 ? singular : plural;
  const text =
    typeof forms === "object" ? (forms[pluralRules.select(n)] ?? forms.other ?? english) : english;
  return fill(text, { ...values, n });
}

/**
 * Puts elements into a text in the place of its placeholders.
 * @template Element
 * @param {string} text as gettext gives it without values
 * @param {Record<string, Element>} elements by the names of the placeholders
 * @returns {(Element | string)[]}
 */
export const withElements = (text, elements) =>
  text
    .split(/\{(\w+)\}/)
    .map((part, place) => (place % 2 ? elements[part] : part))
    .filter((part) => part !== "");

/**
 * @param {string} text
 * @param {Values} [values]
 */
function fill(text, values) {
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = Object.hasOwn(values, name) ? values[name] : whole;
    if (typeof value === "number") return formatNumber(value);
    // A title or name is mostly in Latin letters: it keeps its own direction and its signs.
    return isRightToLeft ? `\u2068${value}\u2069` : value;
  });
}

/** @param {string} key */
const messageOf = (key) =>
  Object.hasOwn(CATALOGUE.messages, key) ? CATALOGUE.messages[key] : undefined;

/** @param {string} key */
function textOf(key) {
  const message = messageOf(key);
  return typeof message === "string" ? message : undefined;
}
