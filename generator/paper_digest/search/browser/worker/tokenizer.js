// Turns text into index words exactly as tokenizer.py does; tests/data/search_vectors.json holds them equal.

export const STOP_WORDS = new Set(
  ("a an and are as at be by can for from has have in is it its of on or our that the their " +
    "these this to was we were which with").split(" "));

const LONGEST = 40;
const MOST_PARTS = 5;
const GREEK = ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron " +
  "pi rho sigma sigma tau upsilon phi chi psi omega").split(" ");
const LETTERS = new Map(Object.entries({
  "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
  "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i",
  "‐": "-", "–": "-", "−": "-", "’": "'", "ʼ": "'",
}));
GREEK.forEach((name, place) => {
  LETTERS.set(String.fromCharCode(0x391 + place), name);
  LETTERS.set(String.fromCharCode(0x3b1 + place), name);
});

const MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]/g;
const KNOWN = /[\p{L}\p{N}\p{M}]/u;
const TEX_COMMAND =
  /\\(?:text[a-z]*|math[a-z]*|emph|operatorname|left|right|rm|bf|it|sf|tt|cal)(?![a-z])[ ]*/g;
const TEX_ACCENT = /\\(?:["'`^~=.][ ]*|[cvukbdhrt][ ]*(?=\{[a-z]\}))/g;
const CHUNK =
  /[0-9a-z\x80-\u{10ffff}]+(?:(?:[-_^]|\.(?=[0-9]))[0-9a-z\x80-\u{10ffff}]+)*(?:\+\+|#)?/gu;
const JOINTS = /[-_^.]/;
const CJK = /([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u{20000}-\u{3ffff}]+)/u;

export function fold(text) {
  if (/[^\x00-\x7f]/.test(text)) {
    text = text.normalize("NFKD").replace(MARKS, "")
      .replace(/[^\x00-\x7f]/gu, (c) => LETTERS.get(c) ?? (KNOWN.test(c) ? c : " "))
      .normalize("NFC");
  }
  return text.toLowerCase().replace(TEX_COMMAND, "").replace(TEX_ACCENT, "")
    .replace(/[${}\\']/g, "");
}

export function stem(word) {
  if (word.length < 4 || !word.endsWith("s")) return word;
  if (/[siu]s$/.test(word)) return /^.pus$/.test(word) ? word.slice(0, -1) : word;
  if (word.endsWith("ies") && word.length > 4) return word.slice(0, -3) + "y";
  if (/(sses|shes|ches|xes)$/.test(word) && word !== "caches") return word.slice(0, -2);
  return word.slice(0, -1);
}

export const chunks = (text) => fold(text).match(CHUNK) || [];

const cut = (word) => (word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);

function pieces(run) {
  if (!CJK.test(run)) return [stem(cut(run))];
  const letters = [...run];
  return letters.length === 1 ? letters
    : letters.slice(1).map((letter, place) => letters[place] + letter);
}

// One chunk's index words, as [text, offset, span, split], and how many positions it takes.
export function wordsOf(chunk) {
  const ending = chunk.endsWith("++") ? "++" : chunk.endsWith("#") ? "#" : "";
  const parts = chunk.slice(0, chunk.length - ending.length).split(JOINTS);
  const words = [];
  for (const part of parts) {
    for (const run of part.split(CJK)) {
      if (run) for (const piece of pieces(run)) words.push([piece, words.length, 1, 0]);
    }
  }
  const size = words.length;
  if (((parts.length > 1 && parts.length <= MOST_PARTS) || ending) && size === parts.length) {
    const tail = { "++": "pp", "#": "sharp", "": "" }[ending];
    const joined = cut(stem(parts.join("") + tail));
    const split = parts.length === 2 && !ending ? [...parts[0]].length : 0;
    words.push([joined, 0, size, split < [...joined].length ? split : 0]);
  }
  return [size, words];
}
