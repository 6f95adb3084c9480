"""What is shown of a paper takes time in proportion to its text, also where the text was made to hurt."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import settings
from paper_digest.catalog.entry import catalog_entry
from paper_digest.model.paper import Author, Digest, Paper
from paper_digest.render import span, typeset
from paper_digest.render.citation.bibtex import biblatex_entry, bibtex_entry
from paper_digest.render.citation.csl import csl_item
from paper_digest.render.citation.head_tags import head_html
from paper_digest.render.citation.plain_text import plain_citation
from paper_digest.render.citation.ris import ris_record
from paper_digest.render.exports.feed_items import feed_item, item_html
from paper_digest.render.pages import published_markdown
from paper_digest.search.query_parser import parse_query
from paper_digest.search.tokenizer import index_words, name_tokens, tokens
from paper_digest.sources import paper_addresses
from paper_digest.text import dates, fields, markup, names, printed_dates, weblinks
from paper_digest.text.tex.convert import to_bibtex, to_unicode
from paper_digest.text.tex.mathml import tex_to_mathml
from paper_digest.text.tex.repair import repair_tex
from paper_digest.text.tex.unicode_math import formula_to_unicode
from process_growth import growth_fault, mixed

#: Text that hurts patterns and loops: each is repeated until it fills the field.
UNITS = (
    "(a) ", ", ", "; ", "{", "{a}", "}", "$a$", "$", "$$", "\\", "\\a", "\\a{", "\\'", "\\frac{a}", "\\left(", "\\begin{a}",
    "\\begin{equation}", "\\text{", "\\url{", "\\href{a}{", "\\cite{", "\\[", "^{", "_{a", "<", "<a", "<math>", "<sub>", "<b>",
    "&amp;", "&", "[", "](", "[a](", "![", "](../a", "`", "``", "*a", "**", "_", "~", "\t", "\n", " ", "\n\n", "- ", "> ", "#",
    "and ", "Mr. ", "A. ", "von ", "et al. ", "10.1/", "10.1234/a", "http://a.b/", "https://", "www.", "a@b.", "\x00", "\x02",
    "é", "e\u0301", "\u4e2d", "* ", "a-", "a'", "1-", "2020-01", "1999, ", "--", "|a", '"', "'", "A", "aA", "x^2 ", "O(n) ",
    "mathcal{O}", "<!--", "<script>", "</p>", "=", "==", "%", "% a\n", "author:", "topic:a ",
)  # fmt: skip
#: Text in itself, as deep as it goes.
NESTED = (
    ("{", "}"), ("(", ")"), ("$", "$"), ("\\emph{", "}"), ("\\'{", "}"), ("\\textbf{", "}"), ("{\\it ", "}"), ("\\sqrt{", "}"),
    ("\\left(", "\\right)"), ("\\begin{equation}", "\\end{equation}"), ("<sub>", "</sub>"), ("<i>", "</i>"), ("<p>", "</p>"),
    ("<math>", "</math>"), ("[", "](a)"), ("**a", "a**"), ("`` ", " ''"), ("x_{", "}"), ("O(", ")"),
)  # fmt: skip


#: Units in one text. Each fills a text alone where new examples are looked for (``make explore``, weekly).
MIXED = 4


def _paper(text: str) -> Paper:
    line = fields.one_line(text)
    return Paper(
        id="arxiv:2101.00001",
        title=line,
        authors=(Author(line), Author("Ada Lovelace", affiliation=line)),
        published="2021-01-01",
        venue=line,
        journal_ref=f"{line} 12(3), 1999",
        comment=line,
        keywords=(line,),
        organisation=line,
        withdrawn=line,
        digest=Digest(line, by=line, at="2021-01-01"),
        abstract=fields.clean_block(text),
    )


def _of_paper(show: Callable[[Paper], object]) -> Callable[[str], object]:
    return lambda text: show(_paper(text))


PARTS: dict[str, Callable[[str], object]] = {
    "title": lambda text: typeset.title(text).markdown,
    "plain title": lambda text: typeset.plain_title(text, "arxiv:2101.00001"),
    "abstract": lambda text: [
        (one.markdown, one.html) for one in typeset.paragraphs(text, repair_tex=True)
    ],
    "blurb": lambda text: typeset.blurb(text).html,
    "formula": tex_to_mathml,
    "formula as text": formula_to_unicode,
    "plain text": to_unicode,
    "text for LaTeX": to_bibtex,
    "lost TeX": repair_tex,
    "markup": markup.strip_html,
    "paragraphs in markup": markup.strip_paragraphs,
    "links": lambda text: (weblinks.split_at_links(text), weblinks.find_links(text)),
    "name": lambda text: (names.split_name(Author(text)), names.last_family_name(Author(text))),
    "names": lambda text: names.list_authors((text,) * 2, 2, 3),
    "code": lambda text: span.code_block(text, "bibtex").markdown,
    "note": lambda text: published_markdown.operator_markdown(text).published,
    "tokens": lambda text: [index_words(token) for token in tokens(text)],
    "tokens of a name": name_tokens,
    "query": parse_query,
    "dates": lambda text: (
        dates.iso_day(text),
        dates.iso_day_from_rfc822(text),
        printed_dates.parse_printed_date(text),
    ),
    "identifiers": lambda text: (
        fields.parse_doi(text), fields.parse_doi(f"10.1234/{text}"), fields.parse_arxiv_id(text), fields.parse_acl_id(text),
        fields.parse_openreview_id(text), fields.parse_orcid(text), fields.valid_url(f"https://a.example/{text}"),
    ),
    "add form": lambda text: [
        (paper_addresses.clean_reference(form), paper_addresses.find_arxiv_id(form), paper_addresses.find_doi(form))
        for form in (text, f"[{text}](https://arxiv.org/abs/2101.00001)", f"[a]({text})", f"https://doi.org/10.1234/{text}")
    ],
    "entry in lists": _of_paper(lambda paper: catalog_entry(paper, ())),
    "BibTeX": _of_paper(lambda paper: bibtex_entry(paper, "a")),
    "biblatex": _of_paper(lambda paper: biblatex_entry(paper, "a")),
    "RIS": _of_paper(ris_record),
    "CSL": _of_paper(csl_item),
    "citation": _of_paper(plain_citation),
    "head": _of_paper(lambda paper: head_html(paper, "https://a.example/")),
    "feed entry": _of_paper(lambda paper: item_html(feed_item(paper, ()))),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_showing_grows_with_the_text(part: str) -> None:
    units = (*UNITS, *NESTED)
    each_alone = settings.get_current_profile_name() == "explore"
    assert growth_fault(PARTS[part], units if each_alone else mixed(units, MIXED)) == {}


def test_the_measure_sees_what_grows_faster_in_a_mixed_text_too() -> None:
    faults = growth_fault(re.compile(r"<[^>]*>").findall, mixed(("a ", "b, ", "<", "c"), MIXED))
    assert len(faults) == 1
    assert (
        growth_fault(re.compile(r"<[^<>]*>").findall, mixed(("a ", "b, ", "<", "c"), MIXED)) == {}
    )
