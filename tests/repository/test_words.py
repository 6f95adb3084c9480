"""The catalogues: every text of code, templates and scripts is in each, translated, and no other is."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from message_extraction import extracted_messages, updated_catalogue
from paper_digest.text.language import LANGUAGES, catalogue_report
from paper_digest.text.language.catalogue import CATALOGUES, is_missing
from paths import ROOT

#: English is the language of the code.
TRANSLATED = [code for code in LANGUAGES if code != "en"]


@cache
def messages() -> Catalog:
    return extracted_messages()


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_the_texts_of_the_code_and_no_other(code: str) -> None:
    """``make words`` writes it anew."""
    written = (CATALOGUES / f"{code}.po").read_bytes()
    assert written == updated_catalogue(code, messages())


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_is_complete_and_fits_its_texts(code: str) -> None:
    catalog = read_po(io.BytesIO((CATALOGUES / f"{code}.po").read_bytes()), locale=code)
    assert [message.id for message in catalog if message.id and is_missing(message)] == []
    assert catalogue_report(code) == (0, ())


def test_no_text_of_a_script_is_missed() -> None:
    """What collects them passes over a text among the values of another: it stood in English for long."""
    text = re.compile(r'\bgettext\(\s*"((?:[^"\\]|\\.)*)"')
    known = {str(message.id) for message in messages()}
    scripts = (ROOT / "generator").rglob("*.js")
    found = {words for script in scripts for words in text.findall(script.read_text("utf-8"))}
    assert len(found) > 100
    assert found - known == set()
