"""The archive on disk: records, overrides, decisions, notes, and the log of runs."""
