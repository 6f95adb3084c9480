"""Digests by a language model: asked for, checked against the abstract, and stored with their author."""
