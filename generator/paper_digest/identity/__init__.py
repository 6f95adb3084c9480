"""Decides which records are one paper, and merges what several sources state of it; no I/O."""
