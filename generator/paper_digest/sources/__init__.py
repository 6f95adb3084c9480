"""Where papers come from: each source names addresses and reads bytes, and does no I/O.

A module or folder here that ends in ``SOURCE = Source(...)`` is a source (``source.py`` says what it
has to say of itself); the others help them. ``registry.py`` finds the sources.
"""
