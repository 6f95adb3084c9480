// Reads a file of citations with Citation.js and prints what it understood, as CSL-JSON.
//     node citation_js.mjs FILE
import { readFileSync } from "node:fs";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-csl";
import "@citation-js/plugin-ris";

const cite = new Cite(readFileSync(process.argv[2], "utf8"));
process.stdout.write(JSON.stringify(cite.data));
