"""One paper's record, from an id, a DOI or an address in any form people have it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_digest.model.errors import SourceError
from paper_digest.sources.registry import registry


@pytest.mark.parametrize(
    "text",
    [
        "2511.01230",
        " 2511.01230v2 ",
        "arXiv:2511.01230",
        "https://arxiv.org/abs/2511.01230v1",
        "http://arxiv.org/pdf/2511.01230.pdf",
        "arxiv.org/abs/2511.01230",
        "<https://www.arxiv.org/html/2511.01230v1#S2>",
        "10.48550/arXiv.2511.01230",
        "https://doi.org/10.48550/ARXIV.2511.01230",
    ],
)
def test_arxiv_papers_are_asked_of_arxiv(text: str) -> None:
    source, request = registry().locate_record(text)
    assert source.name == "arxiv"
    assert request.url.startswith("https://export.arxiv.org/api/query?id_list=2511.01230")


def test_old_arxiv_ids_are_known() -> None:
    source, request = registry().locate_record("hep-th/9901001")
    assert source.name == "arxiv"
    assert "id_list=hep-th/9901001" in request.url


@pytest.mark.parametrize(
    ("text", "name", "url"),
    [
        ("https://huggingface.co/papers/2511.01230", "huggingface", "papers/2511.01230"),
        ("huggingface.co/papers/2511.01230?a=b", "huggingface", "papers/2511.01230"),
        ("10.1145/3292500.333", "crossref", "works/10.1145%2F3292500.333"),
        ("doi:10.1000/A(b)c", "crossref", "works/10.1000%2Fa%28b%29c"),
        ("https://dx.doi.org/10.1000/a%2Fb", "crossref", "works/10.1000%2Fa%2Fb"),
        ("doi.org/10.1000/a", "crossref", "works/10.1000%2Fa"),
        ("https://pub.example.org/doi/abs/10.1000/a.7?x=1", "crossref", "works/10.1000%2Fa.7"),
        ("https://pub.example.org/content/pdf/10.1000/a-7.pdf", "crossref", "works/10.1000%2Fa-7"),
        ("https://pub.example.org/articles/10.1000/a7/full", "crossref", "works/10.1000%2Fa7"),
        ("https://openreview.net/forum?id=aB_1-c", "openreview", "notes?id=aB_1-c"),
        ("https://openreview.net/pdf?id=aB_1-c", "openreview", "notes?id=aB_1-c"),
        ("openreview.net/forum?id=aB_1-c&noteId=x", "openreview", "notes?id=aB_1-c"),
        ("openreview:aB_1-c", "openreview", "notes?id=aB_1-c"),
        ("https://aclanthology.org/P18-1001/", "bibtex", "aclanthology.org/P18-1001.bib"),
        ("https://www.aclweb.org/anthology/P18-1001", "bibtex", "aclanthology.org/P18-1001.bib"),
        ("aclanthology.org/2020.acl-main.1.pdf", "bibtex", "anthology.org/2020.acl-main.1.bib"),
        ("acl:P18-1001", "bibtex", "aclanthology.org/P18-1001.bib"),
    ],
)
def test_each_form_leads_to_its_source(text: str, name: str, url: str) -> None:
    source, request = registry().locate_record(text)
    assert source.name == name
    assert request.url.startswith("https://")
    assert request.url.endswith(url)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Attention",
        "2513.01230",
        "10.1145",
        "https://example.org/paper",
        "https://arxiv.org/list/cs.CL/recent",
        "https://huggingface.co/datasets/kites",
        "https://openreview.net/group?id=Made.up/2025",
        "https://aclanthology.org/venues/acl/",
        "javascript:alert(1)",
        "../../etc/passwd",
    ],
)
def test_what_names_no_paper_is_refused_with_all_forms(text: str) -> None:
    with pytest.raises(SourceError, match="names no paper") as caught:
        registry().locate_record(text)
    for form in ("arXiv", "DOI", "OpenReview", "ACL Anthology", "Hugging Face"):
        assert form in caught.value.cure


@settings(deadline=None)
@given(st.text(alphabet="https:/.opnrviewacldg10?=id#_- 2511.0123arXiv", max_size=60))
def test_no_text_makes_it_stumble(text: str) -> None:
    try:
        source, request = registry().locate_record(text)
    except SourceError:
        return
    assert source.name in {"arxiv", "bibtex", "crossref", "huggingface", "openreview"}
    assert request.url.startswith("https://")
    assert " " not in request.url
