"""What a file is that a source could not read, by its first bytes, and what to do with it."""

from __future__ import annotations

import re

from paper_digest.model.late_pattern import late_pattern
from paper_digest.model.strict import StrictStruct

#: Bytes looked at; headers of all these formats lie in them.
HEAD_BYTES = 8192

_EXPORT = "export BibTeX, RIS or CSL-JSON instead"
_NAMES_PAPERS = "give its DOI or arXiv id to: digest add"


class FileFormat(StrictStruct, frozen=True):
    """A format of files.

    Attributes:
        phrase: what such a file is called (``a Zotero RDF file``).
        cure: what to do with it, where no source reads it.
        source: the source that reads it, or "".
    """

    phrase: str
    cure: str = ""
    source: str = ""


#: Bytes a file begins with.
_MAGIC = (
    (b"%PDF-", FileFormat("a PDF", _NAMES_PAPERS)),
    (b"\xd0\xcf\x11\xe0", FileFormat("a Word or Excel file", _EXPORT)),
    (b"{\\rtf", FileFormat("an RTF document", _EXPORT)),
    (b"SQLite format 3\0", FileFormat("a database of a reference manager", _EXPORT)),
    (b"\x89PNG", FileFormat("an image", _NAMES_PAPERS)),
    (b"\xff\xd8\xff", FileFormat("an image", _NAMES_PAPERS)),
    (b"GIF8", FileFormat("an image", _NAMES_PAPERS)),
    (b"7z\xbc\xaf\x27\x1c", FileFormat("a 7z archive", "unpack it first")),
    (b"BZh", FileFormat("compressed with bzip2", "unpack it first")),
    (b"\xfd7zXZ", FileFormat("compressed with xz", "unpack it first")),
    (b"\x28\xb5\x2f\xfd", FileFormat("compressed with zstd", "unpack it first")),
)

#: What a ZIP archive is, by a name in its directory.
_ZIPPED = (
    (b"word/", FileFormat("a Word document", _EXPORT)),
    (b"xl/", FileFormat("an Excel workbook", _EXPORT)),
    (b"opendocument.", FileFormat("an OpenDocument file", _EXPORT)),
    (b"application/epub", FileFormat("an e-book", _NAMES_PAPERS)),
    (b"", FileFormat("a ZIP archive", "unpack it, and give the files in it")),
)

#: Forms of text, the surest first.
_TEXTS = tuple(
    (late_pattern(form, re.IGNORECASE | re.MULTILINE | re.DOTALL), kind)
    for form, kind in (
        (
            r"\A\s*<(?:.*<)?rdf:RDF\b.*(?:zotero\.org|purl\.org/net/biblio)",
            FileFormat("a Zotero RDF file", "export BibTeX or CSL-JSON instead"),
        ),
        (r"\A\s*<(?:.*<)?rdf:RDF\b", FileFormat("an RDF file", _EXPORT)),
        (r"\A\s*<(?:.*<)?xml>\s*<records>", FileFormat("an EndNote XML file", _EXPORT)),
        (r"\A\s*<(?:.*<)?(?:\w+:)?mods(?:Collection)?\b", FileFormat("a MODS file", _EXPORT)),
        (
            r"\A\s*<(?:.*<)?(?:PubmedArticleSet|PubmedArticle)\b",
            FileFormat("a PubMed XML file", "save it from PubMed in the format “PubMed” (.nbib)"),
        ),
        (r"\A\s*<(?:.*<)?TEI\b", FileFormat("a TEI file", _EXPORT)),
        (r"\A\s*<(?:.*<)?(?:\w+:)?(?:marc|collection|record)\b[^<>]*MARC21", FileFormat("a MARC XML file", _EXPORT)),
        (r"\A\s*<\?xml[^>]*>\s*(?:<!DOCTYPE[^>]*>\s*)?<collection\b", FileFormat("an XML file of the ACL Anthology", source="acl")),
        (r"\A\s*<(?:.*<)?opml\b", FileFormat("an OPML list of feeds", _NAMES_PAPERS)),
        (
            r"\A\s*(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b.*huggingface",
            FileFormat("a web page of Hugging Face", source="huggingface"),
        ),
        (
            r"\A\s*(?:<\?xml[^>]*>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b",
            FileFormat(
                "a web page",
                "give the page's address to: digest add; or save what it exports as BibTeX or RIS",
            ),
        ),
        (r"\A\s*(?:<\?xml[^>]*>\s*)?<(?:feed|rss|OAI-PMH)\b", FileFormat("a feed or answer in XML", source="arxiv")),
        (r"^TY {1,2}- ", FileFormat("a RIS file", source="ris")),
        (r"^\\\\[ \t]*\r?\narXiv:", FileFormat("arXiv's daily mail", source="arxiv")),
        (
            r"\A(?>(?:#[^\n]*\n|\s)*)(?:[-*]\s*)?(?:arxiv:\s*)?\d{4}\.\d{4,5}(?:v\d+)?[ \t]*(?:#[^\n]*)?\r?$",
            FileFormat("a list of ids", source="ids"),
        ),
        (r"^PMID *- *\d", FileFormat("a PubMed file (.nbib)", source="pubmed")),
        (
            r"^%0 (?:Journal|Conference|Book|Generic|Thesis|Report|Electronic|Unpublished)",
            FileFormat("an EndNote tagged file (.enw)", "export RIS or BibTeX instead"),
        ),
        (r"^FN (?:Clarivate|Thomson|ISI)", FileFormat("a Web of Science file", "export BibTeX or RIS instead")),
        (r"^[ \t]*@\w+\s*\{[^\n{}]*,", FileFormat("a BibTeX file", source="bibtex")),
        (r'\A\s*+\[?\s*+\{.*"(?:container-title|date-parts)"', FileFormat("a CSL-JSON file", source="csl")),
        (
            r"\A(?![\s{\[<@%])(?=[^\n]*\b(?:title|doi|authors?|item type)\b)[^\n,;\t]*[,;\t][^\n]*[,;\t][^\n]*\n",
            FileFormat("a table (CSV or TSV)", _EXPORT),
        ),
    )
)  # fmt: skip


def file_format(head: bytes) -> FileFormat | None:
    """Return the format of a file that begins with ``head``, or ``None`` for one not known."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next(kind for part, kind in _ZIPPED if part in head)
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = head[:HEAD_BYTES].decode(encoding, "replace").removeprefix("\ufeff")
    return next((kind for form, kind in _TEXTS if form.search(text)), None)
