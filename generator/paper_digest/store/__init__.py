"""The archive on disk: records, overrides, decisions, notes, and the diary of runs."""
