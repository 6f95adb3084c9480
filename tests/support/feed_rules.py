"""What a feed must be: RFC 4287 and JSON Feed 1.1, as far as ours use them."""

from __future__ import annotations

from defusedxml.ElementTree import fromstring
from paper_digest.render.exports.feed_items import rfc3339_time

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = r"\d{4}-\d\d-\d\dT00:00:00Z"

#: What https://www.jsonfeed.org/version/1.1/ demands, and the types of all we write.
_TEXT = {"type": "string", "minLength": 1}
_PEOPLE = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {"name": _TEXT},
        "additionalProperties": False,
        "required": ["name"],
    },
}
_TIMES = {"type": "string", "pattern": f"^{TIME}$"}
_ITEM = {
    "type": "object",
    "properties": {
        **dict.fromkeys(
            (
                "id",
                "url",
                "external_url",
                "title",
                "summary",
                "content_html",
                "content_text",
                "language",
            ),
            _TEXT,
        ),
        **dict.fromkeys(("date_published", "date_modified"), _TIMES),
        "authors": _PEOPLE,
        "tags": {"type": "array", "items": _TEXT},
    },
    "required": ["id"],
    "oneOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "additionalProperties": False,
}
JSON_FEED = {
    "type": "object",
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "language": {"const": "en"},
        **dict.fromkeys(("title", "home_page_url", "feed_url", "description"), _TEXT),
        "authors": _PEOPLE,
        "items": {"type": "array", "items": _ITEM},
    },
    "required": ["version", "title", "items"],
    "additionalProperties": False,
}


def check_atom(atom: bytes) -> None:
    """Hold a feed against RFC 4287, sections 4.1.1 and 4.1.2."""
    root = fromstring(atom)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert element.find(f"{ATOM}id").text
        assert element.findtext(f"{ATOM}updated") == rfc3339_time(
            element.findtext(f"{ATOM}updated")[:10]
        )
        alternates = [x for x in element.findall(f"{ATOM}link") if x.get("rel") == "alternate"]
        assert len({(x.get("type"), x.get("hreflang")) for x in alternates}) == len(alternates) == 1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [x.findtext(f"{ATOM}id") for x in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
