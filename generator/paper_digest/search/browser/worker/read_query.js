// Reads what was asked for: the text, and the filters that stand beside it.

/** @import { Query, SearchOptions } from "../types" */
import { parseQuery } from "./query_parser.js";

/**
 * What was typed, and the filters that stand beside it.
 * @param {string} text
 * @param {SearchOptions} options
 */
export function readQuery(text, { topics = [], sources = [], code, years }) {
  const query = parseQuery(text);
  query.topics.push(...topics);
  query.sources.push(...sources);
  query.code ||= Boolean(code);
  query.years = years || query.years;
  return query;
}

/** @param {Query} query */
export const isEmptyQuery = ({ units, topics, sources, code, years }) =>
  !(units.length || topics.length || sources.length || code || years);
