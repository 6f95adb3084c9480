"""Parses text from outside into strict values, and writes dates, names and TeX for readers."""
