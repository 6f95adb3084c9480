"""One paper's record, from an id, a DOI or an address in any form people have it."""

from __future__ import annotations

from urllib.parse import unquote

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
    assert source.name in {"arxiv", "bibtex", "crossref", "datacite", "huggingface", "openreview"}
    assert request.url.startswith("https://")
    assert " " not in request.url


#: Addresses and spellings of one arXiv paper, and of old ones.
ARXIV_FORMS = [
    "{}",
    "arXiv:{}",
    "arXiv: {}",
    "arXiv {}",
    "arXiv preprint arXiv:{}",
    "arxiv:{}v3",
    "https://arxiv.org/abs/{}",
    "http://arxiv.org/pdf/{}v2.pdf",
    "https://arxiv.org/html/{}v2",
    "https://arxiv.org/html/{}v2#S2.SS1",
    "https://arxiv.org/ps/{}",
    "https://arxiv.org/e-print/{}v1",
    "https://browse.arxiv.org/pdf/{}v1.pdf",
    "browse.arxiv.org/abs/{}",
    "https://export.arxiv.org/abs/{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "ar5iv.labs.arxiv.org/html/{}v1",
    "https://ar5iv.org/abs/{}",
    "https://www.alphaxiv.org/abs/{}v2",
    "https://alphaxiv.org/overview/{}",
    "https://www.alphaxiv.org/pdf/{}",
    "https://api.semanticscholar.org/arXiv:{}",
    "https://api.semanticscholar.org/graph/v1/paper/ARXIV:{}?fields=title",
    "https://www.semanticscholar.org/arxiv/{}",
    "https://ui.adsabs.harvard.edu/abs/arXiv:{}/abstract",
    "https://ui.adsabs.harvard.edu/abs/arXiv%3A{}/abstract",
    "https://scirate.com/arxiv/{}",
    "https://doi.org/10.48550/arXiv.{}",
]

#: What stands around an id in mails, lists and bibliographies.
AROUND = ["{}", " {} ", "{}.", "{},", "{};", "({})", "({}).", "<{}>", '"{}"', "“{}”,", "[{}]", "`{}`", "{} [cs.CL]", "({} [math.AG]),", "[a paper]({})"]  # fmt: skip


@given(
    form=st.sampled_from(ARXIV_FORMS),
    around=st.sampled_from(AROUND),
    month=st.integers(1, 12),
    number=st.integers(1, 99999),
)
@settings(deadline=None, max_examples=300)
def test_an_arxiv_id_is_known_in_every_form_and_decoration(
    form: str, around: str, month: int, number: int
) -> None:
    bare = f"25{month:02}.{number:05}"
    source, request = registry().locate_record(around.format(form.format(bare)))
    assert source.name == "arxiv"
    assert f"id_list={bare}&" in request.url


@given(form=st.sampled_from(ARXIV_FORMS), around=st.sampled_from(AROUND))
@settings(deadline=None, max_examples=150)
def test_an_old_arxiv_id_is_known_too(form: str, around: str) -> None:
    _, request = registry().locate_record(around.format(form.format("hep-th/9901001")))
    assert "id_list=hep-th/9901001&" in request.url


def test_a_name_of_ads_holds_the_id() -> None:
    text = "https://ui.adsabs.harvard.edu/abs/2025arXiv251101230L/abstract"
    assert "id_list=2511.01230" in registry().locate_record(text)[1].url


DOI_FORMS = {
    "10.5555/boats.7": [
        "{}",
        "doi:{}",
        "https://doi.org/{}",
        "https://www.doi.org/{}",
        "DOI {}",
        "https://doi.org/{}?utm_source=a&utm_medium=b#citeas",
        "http://doi.acm.org/{}",
        "https://doi.org/doi:{}",
        "https://pub.example.org/kites/article/doi/{}/12345/On-boats",
        "https://pub.example.org/kites/advance-article-abstract/doi/{}/612345",
        "https://pub.example.org/article/{}/figures/3",
        "https://projecteuclid.org/journals/kites/volume-1/On-boats/{}.full",
        "https://pub.example.org/doi/full/{}",
        "https://pub.example.org/doi/epdf/{}?src=a",
        "https://journals.example.org/one/article?id={}",
    ],
    "10.1101/2020.01.02.123456": [
        "https://www.biorxiv.org/content/{}",
        "https://www.biorxiv.org/content/{}v1",
        "https://www.biorxiv.org/content/{}v2.full",
        "https://www.biorxiv.org/content/{}v1.full.pdf",
        "https://www.biorxiv.org/content/{}v1.full.pdf+html",
        "https://www.medrxiv.org/content/{}v12.full-text",
        "medrxiv.org/content/{}v1.abstract",
        "https://www.biorxiv.org/content/biorxiv/early/2020/01/03/2020.01.02.123456.full.pdf",
        "https://www.biorxiv.org/content/early/2020/01/03/2020.01.02.123456",
    ],
    "10.1038/s41586-025-00001-2": [
        "https://www.nature.com/articles/s41586-025-00001-2",
        "nature.com/articles/s41586-025-00001-2.pdf",
        "https://www.nature.com/articles/s41586-025-00001-2_reference.pdf",
        "https://www.nature.com/articles/s41586-025-00001-2#Sec1",
        "https://www.nature.com/articles/s41586-025-00001-2/figures/1",
    ],
    "10.7554/elife.12345": [
        "https://elifesciences.org/articles/12345v2",
        "https://elifesciences.org/reviewed-preprints/12345v1",
    ],
    "10.1016/s0140-6736(05)12345-6": ["{}", "doi:{}", "https://doi.org/{}"],
}


@given(
    pair=st.sampled_from([(doi, form) for doi, forms in DOI_FORMS.items() for form in forms]),
    around=st.sampled_from([a for a in AROUND if "[cs." not in a and "[math." not in a]),
)
@settings(deadline=None, max_examples=300)
def test_a_doi_is_known_in_every_form_and_decoration(pair: tuple[str, str], around: str) -> None:
    doi, form = pair
    source, request = registry().locate_record(around.format(form.format(doi)))
    assert source.name == "crossref"
    assert unquote(request.url).endswith(f"/works/{doi}")


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("https://proceedings.mlr.press/v1/boats25a.html", "BibTeX"),
        ("proceedings.neurips.cc/paper_files/paper/2025/hash/0a-Abstract.html", "BibTeX"),
        ("https://ieeexplore.ieee.org/document/123456", "10.1109"),
        ("https://www.semanticscholar.org/paper/Boats/0123abcd", "DOI or arXiv id"),
        ("https://www.sciencedirect.com/science/article/pii/S000", "10.1016"),
    ],
)
def test_a_page_without_an_id_says_what_to_give_instead(text: str, cure: str) -> None:
    with pytest.raises(SourceError, match="names no paper") as caught:
        registry().locate_record(text)
    assert cure in caught.value.cure


@pytest.mark.parametrize(
    "text",
    ["10.5281/zenodo.12345", "https://zenodo.org/records/12345", "zenodo.org/record/12345#files"],
)
def test_works_of_zenodo_are_asked_of_datacite(text: str) -> None:
    source, request = registry().locate_record(text)
    assert source.name == "datacite"
    assert request.url == "https://api.datacite.org/dois/10.5281%2Fzenodo.12345"
