// Renders formulas (a JSON list of TeX on standard input) with KaTeX; prints, for each, its MathML,
// or null where KaTeX does not know the formula.
import { readFileSync } from "node:fs";
import katex from "katex";

const texts = JSON.parse(readFileSync(0, "utf8")).map((/** @type {string} */ tex) => {
  try {
    return katex.renderToString(tex, { output: "mathml", strict: false });
  } catch {
    return null;
  }
});
process.stdout.write(JSON.stringify(texts));
