// Turns text into index words exactly as tokenizer.py does; tests/data/search_vectors.json holds them equal.

import RANKING from "../../ranking.json" with { type: "json" };

export const STOP_WORDS = new Set(RANKING.words.stopWords.split(" "));
// Say nothing of a paper: left out of queries as stop words are, unless quoted.
export const FILLERS = new Set(RANKING.words.fillers.split(" "));

const MAX_WORD_LENGTH = RANKING.words.maxLetters;
const MAX_JOINED_PARTS = RANKING.words.maxJoinedParts;
const GREEK_NAMES = (
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron " +
  "pi rho sigma sigma tau upsilon phi chi psi omega"
).split(" ");
const LETTER_FOLDS = new Map(
  Object.entries({
    ß: "ss",
    æ: "ae",
    Æ: "ae",
    œ: "oe",
    Œ: "oe",
    ø: "o",
    Ø: "o",
    ł: "l",
    Ł: "l",
    đ: "d",
    Đ: "d",
    ð: "d",
    Ð: "d",
    þ: "th",
    Þ: "th",
    ı: "i",
    "‐": "-",
    "–": "-",
    "−": "-",
    "’": "'",
    ʼ: "'",
  }),
);
GREEK_NAMES.forEach((name, place) => {
  LETTER_FOLDS.set(String.fromCharCode(0x391 + place), name);
  LETTER_FOLDS.set(String.fromCharCode(0x3b1 + place), name);
});

const COMBINING_MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/g;
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
const TEX_COMMAND =
  /\\(?:text[a-z]*|math[a-z]*|emph|operatorname|left|right|rm|bf|it|sf|tt|cal)(?![a-z])[ ]*/g;
const TEX_ACCENT = /\\(?:["'`^~=.][ ]*|[cvukbdhrt][ ]*(?=\{[a-z]\}))/g;
const TOKEN =
  /[0-9a-z\x80-\u{10ffff}]+(?:(?:[-_^]|\.(?=[0-9]))[0-9a-z\x80-\u{10ffff}]+)*(?:\+\+|#)?/gu;
const COMPOUND_JOINTS = /[-_^.]/;
const SUFFIX_NAMES = new Map([
  ["++", "pp"],
  ["#", "sharp"],
]);
export const CJK = /([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u{20000}-\u{3ffff}]+)/u;

/**
 * Text in small letters without accents, TeX and signs that divide no words.
 * @param {string} text
 */
function foldText(text) {
  const ascii = /\P{ASCII}/u.test(text) ? foldLetters(text) : text;
  return ascii
    .toLowerCase()
    .replace(TEX_COMMAND, "")
    .replace(TEX_ACCENT, "")
    .replace(/[${}\\']/g, "");
}

/** @param {string} text */
function foldLetters(text) {
  return text
    .normalize("NFKD")
    .replace(COMBINING_MARKS, "")
    .replace(/\P{ASCII}/gu, (c) => LETTER_FOLDS.get(c) ?? (WORD_CHARACTER.test(c) ? c : " "))
    .normalize("NFC");
}

/** @param {string} word */
function stem(word) {
  if (word.length < 4 || !word.endsWith("s")) return word;
  if (/[siu]s$/.test(word)) return /^.pus$/.test(word) ? word.slice(0, -1) : word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(sses|shes|ches|xes)$/.test(word) && word !== "caches") return word.slice(0, -2);
  return word.slice(0, -1);
}

/**
 * A text's words and compounds, folded.
 * @param {string} text
 * @returns {string[]}
 */
export const tokens = (text) => foldText(text).match(TOKEN) || [];

/**
 * Whether a token is one letter; a character of Chinese, Japanese or Korean is a word.
 * @param {string} token
 */
export const isInitial = (token) => [...token].length === 1 && !CJK.test(token);

/** @param {string} word */
const truncateWord = (word) =>
  word.length > MAX_WORD_LENGTH ? [...word].slice(0, MAX_WORD_LENGTH).join("") : word;

/**
 * The words of a run of letters: pairs of neighbours where it is Chinese, Japanese or Korean.
 * @param {string} run
 */
function runWords(run) {
  if (!CJK.test(run)) return [stem(truncateWord(run))];
  const letters = [...run];
  if (letters.length === 1) return letters;
  return letters.slice(1).map((letter, place) => letters[place] + letter);
}

/**
 * One token's index words as [text, offset, span, split], after how many positions it takes.
 * @param {string} token
 * @returns {[number, [string, number, number, number][]]}
 */
export function indexWords(token) {
  const [suffix] = /(?:\+\+|#)?$/.exec(token) || [""];
  const parts = token.slice(0, token.length - suffix.length).split(COMPOUND_JOINTS);
  /** @type {[string, number, number, number][]} */
  const words = [];
  for (const run of parts.flatMap((part) => part.split(CJK)).filter(Boolean)) {
    for (const word of runWords(run)) words.push([word, words.length, 1, 0]);
  }
  const size = words.length;
  const isCompound = parts.length > 1 && parts.length <= MAX_JOINED_PARTS;
  if ((isCompound || suffix) && size === parts.length) {
    const spoken = SUFFIX_NAMES.get(suffix) ?? "";
    const joined = truncateWord(stem(parts.join("") + spoken));
    const split = parts.length === 2 && !suffix ? [...parts[0]].length : 0;
    words.push([joined, 0, size, split < [...joined].length ? split : 0]);
  }
  return [size, words];
}
