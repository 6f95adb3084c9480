// Loads the parts of the engine that few readers need, when the first one does.

import { orMissing } from "./missing_file.js";

/** What finds the papers that a query leaves out; throws MissingFile without a connection. */
export const loadExcluded = () => orMissing("excluded.js", () => import("./excluded.js"));

/** What finds phrases; throws MissingFile without a connection. */
export const loadPhraseRows = () => orMissing("phrase_rows.js", () => import("./phrase_rows.js"));

/** What finds muted and highlighted lines; throws MissingFile without a connection. */
export const loadHeldLines = () => orMissing("held_lines.js", () => import("./held_lines.js"));

/** What is asked where no paper has all; throws MissingFile without a connection. */
export const loadLooserUnits = () =>
  orMissing("looser_units.js", () => import("./looser_units.js"));

/** What finds words for a misspelt one; throws MissingFile without a connection. */
export const loadSimilarTerms = () =>
  orMissing("similar_terms.js", () => import("./similar_terms.js"));

/** What names the filters that no paper meets; throws MissingFile without a connection. */
export const loadUnmetFilters = () =>
  orMissing("unmet_filters.js", () => import("./unmet_filters.js"));
