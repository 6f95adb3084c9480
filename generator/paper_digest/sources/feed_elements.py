"""What the elements of a feed's entry hold: which of them is meant, their text with its markup, their addresses."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from paper_digest.sources.paper_addresses import find_arxiv_id, find_doi
from paper_digest.text import fields

_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
#: Elements of an entry that may name the paper: an address, a DOI, ``arXiv:2511.01234``.
_ID_ELEMENTS = ("doi", "identifier", "guid", "id", "link", "url")
#: Those of them that are addresses, which may count from the feed's.
_ADDRESS_ELEMENTS = frozenset({"link", "url"})


def own_elements(item: Element, name: str) -> list[Element]:
    """Return the children called ``name`` in the feed's own namespace; where there are none, those of any.

    Media RSS and iTunes have a ``title`` and an ``author`` too, of a picture or for another program.
    """
    namespace = item.tag.rpartition("}")[0]
    own = item.findall(f"{namespace}}}{name}" if namespace else name)
    return own or item.findall(f"{{*}}{name}")


def own_text(item: Element, name: str) -> str:
    """Return the text of the first child called ``name`` with its markup; "" without one."""
    elements = own_elements(item, name)
    return marked_text(elements[0]) if elements else ""


def marked_text(element: Element) -> str:
    """Return an element's text; elements in it (Atom's XHTML) become tags, as in a text that holds HTML.

    The text around them is escaped then, so that it is read once, like theirs.
    """
    if not len(element):
        return element.text or ""
    return _inner_markup(element)


def _inner_markup(element: Element) -> str:
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        name = child.tag.rpartition("}")[2]
        inner = _inner_markup(child)
        tagged = f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"
        pieces += (tagged, escape(child.tail or "", quote=False))
    return "".join(pieces)


def feed_base(root: Element, address: str) -> str:
    """Return the address from which a feed's others count: what it says itself, else where it came from.

    "" where nobody knows: a saved file that names no address of its own.
    """
    channel = root.find("{*}channel")
    head = root if channel is None else channel
    links = sorted(head.findall("{*}link"), key=lambda link: link.get("rel") != "self")
    addresses = (
        fields.valid_url(address),
        *(fields.valid_url(e.get("href") or e.text) for e in links),
    )
    where = next(filter(None, addresses), "")
    for element in (root, channel):
        if element is not None:
            where = _joined(where, element.get(_XML_BASE, ""))
    return where


def places(item: Element, base: str) -> Iterator[str]:
    """Yield all that may name the paper: texts of elements, and addresses of Atom's links.

    Args:
        item: the entry.
        base: the feed's address (``feed_base``), from which addresses without a host count.
    """
    base = _joined(base, item.get(_XML_BASE, ""))
    for name in _ID_ELEMENTS:
        for element in item.findall(f"{{*}}{name}"):
            if element.get("rel", "alternate") != "alternate":
                continue
            text = fields.one_line(element.get("href") or element.text)
            is_address = (
                name in _ADDRESS_ELEMENTS and not find_doi(text) and not find_arxiv_id(text)
            )
            own_base = _joined(base, element.get(_XML_BASE, ""))
            yield _joined(own_base, text) if is_address and text else text


def _joined(base: str, text: str) -> str:
    """Return a whole address for one that may be part of one; as it is where that makes none."""
    try:
        joined = urljoin(base, text) if not urlsplit(text).scheme else text
    except ValueError:
        return text
    return fields.valid_url(joined) or text
