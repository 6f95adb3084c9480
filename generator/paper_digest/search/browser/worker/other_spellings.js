// Gives the other spelling of an English word, British or American, where endings let one guess it.

import RANKING from "../../ranking.json" with { type: "json" };

// What an ending may be written as; a guess that is no word finds nothing and does no harm.
/** @type {[RegExp, string][]} */
const ENDINGS = [
  [/(?<=[a-z]{2})is(e|ed|er|ing|able|ation|ational)$/, "iz$1"],
  [/(?<=[a-z]{2})iz(e|ed|er|ing|able|ation|ational)$/, "is$1"],
  [/(?<=[a-z]{2})ys(e|ed|er|ing)$/, "yz$1"],
  [/(?<=[a-z]{2})yz(e|ed|er|ing)$/, "ys$1"],
  [/(?<=[a-z]{2})our(ed|ing|able|al|ful|less|hood|)$/, "or$1"],
  [/(?<=[a-z]{2})or(ed|ing|able|al|ful|less|hood|)$/, "our$1"],
  [/(?<=[a-z]{2}[aeio])ll(ed|ing|er)$/, "l$1"],
  [/(?<=[a-z]{2}[aeio])l(ed|ing|er)$/, "ll$1"],
  [/(?<=[a-z]{2})ogue$/, "og"],
  [/(?<=[a-z]{3})og$/, "ogue"],
];
const PAIRS = RANKING.words.otherSpellings.split(" "); // British and American in turn
/** @type {Map<string, string>} */
const OTHER = new Map();
for (let i = 0; i < PAIRS.length; i += 2) {
  OTHER.set(PAIRS[i], PAIRS[i + 1]);
  OTHER.set(PAIRS[i + 1], PAIRS[i]);
}

/**
 * What else the word, as it is indexed, may be written as; at most one for most words.
 * @param {string} word
 * @returns {string[]}
 */
export function otherSpellings(word) {
  const other = OTHER.get(word);
  if (other) return [other];
  return ENDINGS.filter(([ending]) => ending.test(word)).map(([ending, spelling]) =>
    word.replace(ending, spelling),
  );
}
