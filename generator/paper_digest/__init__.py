"""paper-digest: a static archive of research papers, kept in git and built by MkDocs."""

__version__ = "0.1.0"
