"""DataCite's record of one work: names, dates, relations, and what is no record."""

from __future__ import annotations

import json
from datetime import date

import pytest
from paper_digest.model.batch import Request
from paper_digest.model.errors import SourceError
from paper_digest.model.paper import Author, Paper
from paper_digest.sources import datacite
from paths import DATA

RECORD = (DATA / "datacite" / "work.json").read_bytes()


def test_a_record_says_what_it_holds() -> None:
    (paper,) = datacite.parse(RECORD, Request("work.json")).papers
    assert (paper.id, paper.doi) == ("doi:10.5281/zenodo.12345", "10.5281/zenodo.12345")
    assert paper.title == "Boats & kites: A field report"
    assert paper.authors == (
        Author("Ada Lane", family="Lane", orcid="0000-0002-1825-0097"),
        Author("Boat Collaboration"),
    )
    assert paper.published == "2025-11-20"
    assert paper.abstract == "We fold boats."
    assert paper.same_as == ("doi:10.5281/zenodo.12344", "doi:10.5555/boats.7")


@pytest.mark.parametrize("missing", ["doi", "titles"])
def test_a_record_without_doi_or_title_is_refused(missing: str) -> None:
    record = json.loads(RECORD)
    del record["data"]["attributes"][missing]
    with pytest.raises(SourceError, match="has no"):
        datacite.parse(json.dumps(record).encode(), Request("work.json"))


def test_the_year_is_what_is_left_without_a_day() -> None:
    record = json.loads(RECORD)
    record["data"]["attributes"]["dates"] = [{"date": "2025", "dateType": "Issued"}]
    (paper,) = datacite.parse(json.dumps(record).encode(), Request("work.json")).papers
    assert paper.published == "2025"


def test_works_are_followed_by_doi() -> None:
    day = date(2026, 1, 1)
    requests = datacite.SOURCE.requests({"dois": ["10.5281/zenodo.1"]}, day, day)
    assert [r.url for r in requests] == ["https://api.datacite.org/dois/10.5281%2Fzenodo.1"]


def work(**attributes: object) -> Paper:
    record = json.loads(RECORD)
    record["data"]["attributes"].update(attributes)
    (paper,) = datacite.parse(json.dumps(record).encode(), Request("work.json")).papers
    return paper


def test_codes_for_what_is_not_known_are_no_values() -> None:
    creators = [
        {"name": "(:unav)"},
        {"name": ":unkn"},
        {"name": "Unkn Lab"},
        {"name": "(:unit) Lab"},
    ]
    paper = work(creators=creators, subjects=[{"subject": "(:unas)"}, {"subject": "kites"}])
    assert [author.name for author in paper.authors] == ["Unkn Lab", "(:unit) Lab"]
    assert paper.keywords == ("kites",)


def test_a_persons_name_in_one_field_is_turned_round() -> None:
    creators = [
        {"name": "Rem, Carla", "nameType": "Personal"},
        {"name": "Kite Lab, Glue Town", "nameType": "Organizational"},
        {"name": "Kite Lab, Glue Town"},
        {"name": "van der Rem, C. A."},
        {"name": "Rem, Carla"},
        {"name": "Kites, Inc."},
        {"name": "Rem, Institute"},
        {"name": "de la Rem Lund, Carla", "nameIdentifiers": [{"nameIdentifierScheme": "ORCID"}]},
        {"name": "Kites, Paper", "nameIdentifiers": [{"nameIdentifierScheme": "ROR"}]},
    ]
    assert [(a.name, a.family) for a in work(creators=creators).authors] == [
        ("Carla Rem", "Rem"),
        ("Kite Lab, Glue Town", "Kite Lab, Glue Town"),
        ("Kite Lab, Glue Town", ""),
        ("C. A. van der Rem", "van der Rem"),
        ("Carla Rem", "Rem"),
        ("Kites, Inc.", ""),
        ("Rem, Institute", ""),
        ("Carla de la Rem Lund", "de la Rem Lund"),
        ("Kites, Paper", ""),
    ]


@pytest.mark.parametrize(
    ("available", "published"), [("2020-05-06", "2020-05-06"), ("2025-01-01", "2020")]
)
def test_the_day_since_which_a_work_is_available_counts_in_the_year_of_its_publication(
    available: str, published: str
) -> None:
    dates = [{"date": available, "dateType": "Available"}]
    assert work(publicationYear=2020, dates=dates).published == published


@pytest.mark.parametrize(
    ("issued", "available", "published"),
    [
        ("2020-05", "", "2020-05"),
        ("2020-05", "2020-05-06", "2020-05-06"),
        ("2020-05", "2020-07-01", "2020-05"),
        ("2020", "2020-05-06", "2020-05-06"),
        ("2020-05-06/2020-06-01", "", "2020-05-06"),
        ("2020-05-06T10:00:00Z", "2021-01-01", "2020-05-06"),
        ("unknown", "2021-01-01", "2020"),
    ],
)
def test_a_day_of_issue_is_read_as_far_as_it_is_stated(
    issued: str, available: str, published: str
) -> None:
    dates = [{"date": issued, "dateType": "Issued"}, {"date": available, "dateType": "Available"}]
    assert work(publicationYear=2020, dates=dates).published == published


@pytest.mark.parametrize(
    ("place", "reference"),
    [
        (
            {"volume": "12", "issue": "3", "firstPage": "45", "lastPage": "67"},
            "Kite Studies 12(3), 45-67, 2020",
        ),
        ({"volume": "12", "issue": "", "firstPage": "e7"}, "Kite Studies 12, e7, 2020"),
        ({"firstPage": "45", "lastPage": "45"}, "Kite Studies, 45, 2020"),
        ({"volume": "(:unav)", "issue": "3"}, ""),
        ({}, ""),
    ],
)
def test_volume_and_pages_are_read(place: dict[str, str], reference: str) -> None:
    paper = work(publicationYear=2020, dates=[], container={"title": "Kite Studies", **place})
    assert (paper.venue, paper.journal_ref) == ("Kite Studies", reference)


def test_a_title_that_says_so_is_of_a_work_taken_back() -> None:
    paper = work(titles=[{"title": "WITHDRAWN: Kites"}])
    assert (paper.title, paper.withdrawn) == ("Kites", "Withdrawal")


CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("rights", "licence"),
    [
        ([{"rightsUri": "http://purl.org/coar/access_right/c_abf2"}], ""),
        ([{"rightsUri": "https://vocabularies.coar-repositories.org/access_rights/c_abf2/"}], ""),
        ([{"rightsUri": "http://purl.org/coar/access_right/c_abf2"}, {"rightsUri": CC_BY}], CC_BY),
        ([{"rightsUri": CC_BY}, {"rightsUri": "http://purl.org/coar/access_right/c_16ec"}], CC_BY),
        ([{"rightsUri": "info:eu-repo/semantics/openAccess"}, {"rightsUri": CC_BY}], CC_BY),
        ([{"rightsIdentifier": "cc-by-4.0"}], CC_BY),
        (
            [{"rightsIdentifier": "CC-BY-NC-SA-3.0"}],
            "https://creativecommons.org/licenses/by-nc-sa/3.0/",
        ),
        ([{"rightsIdentifier": "cc0-1.0"}], "https://creativecommons.org/publicdomain/zero/1.0/"),
        ([{"rightsIdentifier": "mit"}, {"rightsIdentifier": 4}, "cc-by-4.0"], ""),
    ],
)
def test_a_licence_is_none_of_the_words_for_who_may_open_a_work(
    rights: list[object], licence: str
) -> None:
    assert work(rightsList=rights).licence == licence


@pytest.mark.parametrize(
    ("dates", "reason"),
    [
        ([{"dateType": "Issued", "date": "2021"}, {"dateType": "Withdrawn", "date": "2022-01-01"}], "Withdrawal"),
        ([{"dateType": "Withdrawn", "date": "2022"}], "Withdrawal"),
        ([{"dateType": "Withdrawn"}, {"dateType": "Withdrawn", "date": ""}], ""),
        ([{"dateType": "Valid", "date": "2022"}], ""),
    ],
)  # fmt: skip
def test_a_work_with_a_day_of_its_withdrawal_is_taken_back(
    dates: list[object], reason: str
) -> None:
    assert work(dates=dates).withdrawn == reason


def test_of_two_days_of_issue_that_may_be_one_the_more_exact_counts() -> None:
    dates = [
        {"dateType": "Issued", "date": "2020"},
        {"dateType": "Issued", "date": "2020-07-08"},
        {"dateType": "Available", "date": "2020-09-09"},
    ]
    assert work(publicationYear=2020, dates=dates).published == "2020-07-08"
