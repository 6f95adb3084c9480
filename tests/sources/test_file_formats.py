"""A file of another format says what it is and what to do with it, whichever source was asked to read it."""

from __future__ import annotations

import io
import zipfile

import pytest
from paper_digest.ingest.parse import parse_file
from paper_digest.model.errors import Problem, SourceError
from paper_digest.sources.registry import registry
from paths import DATA

RDF = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def zipped(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "boats")
    return packed.getvalue()


FOREIGN = {
    "a Zotero RDF file": (
        RDF + b' xmlns:z="http://www.zotero.org/namespaces/export#"></rdf:RDF>',
        "export BibTeX or CSL-JSON",
    ),
    "an RDF file": (b'<?xml version="1.0"?>\n' + RDF + b"></rdf:RDF>", "export BibTeX"),
    "an EndNote XML file": (
        b'<?xml version="1.0" encoding="UTF-8"?><xml><records><record></record></records></xml>',
        "export BibTeX",
    ),
    "a MODS file": (
        b'<?xml version="1.0"?>\n<modsCollection xmlns="http://www.loc.gov/mods/v3"/>',
        "export BibTeX",
    ),
    "a PubMed XML file": (b'<?xml version="1.0"?>\n<PubmedArticleSet/>', ".nbib"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "digest add"),
    "a Word document": (zipped("[Content_Types].xml", "word/document.xml"), "export BibTeX"),
    "an Excel workbook": (zipped("[Content_Types].xml", "xl/workbook.xml"), "export BibTeX"),
    "a ZIP archive": (zipped("list.bib"), "unpack it"),
    "a web page": (b"<!DOCTYPE html>\n<html><body>Boats</body></html>", "digest add"),
    "a table (CSV or TSV)": (b'"Key","Item Type","Title","Author"\n"A","book","Boats","Lane"\n', "export"),
    "an EndNote tagged file (.enw)": (b"%0 Journal Article\n%T Boats\n%A Lane, Ada\n", "RIS"),
    "a Web of Science file": (b"FN Clarivate Analytics Web of Science\nVR 1.0\n", "RIS"),
    "an image": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "digest add"),
}  # fmt: skip


def refusal(source: str, data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        list(parse_file(registry().by_name[source], "list.dat", io.BytesIO(data)))
    return caught.value


@pytest.mark.parametrize("source", registry().by_name)
@pytest.mark.parametrize("phrase", FOREIGN)
def test_a_foreign_file_says_what_it_is_and_what_to_export(source: str, phrase: str) -> None:
    data, cure = FOREIGN[phrase]
    error = refusal(source, data)
    assert f"this is {phrase}" in error.what
    assert cure in error.cure


OURS = {
    "ris": DATA / "ris" / "manager.ris",
    "csl": DATA / "csl" / "manager.json",
    "bibtex": DATA / "bibtex" / "mixed.bib",
}


@pytest.mark.parametrize("reader", OURS)
@pytest.mark.parametrize("source", OURS)
def test_a_file_of_another_source_names_the_command(source: str, reader: str) -> None:
    if source == reader:
        stream = io.BytesIO(OURS[source].read_bytes())
        assert next(parse_file(registry().by_name[source], "list.dat", stream)).papers
        return
    error = refusal(reader, OURS[source].read_bytes())
    assert error.cure == f"run: digest ingest {source} list.dat"


@pytest.mark.parametrize("source", registry().by_name)
@pytest.mark.parametrize(
    "cut", ["", '{"a": [', '[{"type": "book", ', "<feed><entry>", "Boats\n", "\0\1"]
)
def test_no_file_is_ever_blamed_on_a_service(source: str, cut: str) -> None:
    problems: list[SourceError | Problem] = []
    try:
        for batch in parse_file(registry().by_name[source], "list.dat", io.BytesIO(cut.encode())):
            problems += batch.problems
            assert not batch.papers
    except SourceError as error:
        problems.append(error)
    assert problems
    assert not any("service" in f"{problem.what} {problem.cure}" for problem in problems)
