"""The log of ingests, and what it tells: filled days, gaps, and whether a source is well."""
