"""``robots.txt`` for crawlers and ``opensearch.xml`` for the search box of browsers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from paper_digest.render.exports.absolute_url import site_url
from paper_digest.settings.config import Config
from paper_digest.settings.content_use import content_signals_text
from paper_digest.text.fields import strip_invisible

_SEARCH_QUERY = "search/?q={searchTerms}"


def discovery_files(config: Config, volume_urls: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield ``robots.txt`` and, where the site's address is known, ``opensearch.xml``.

    ``volume_urls`` are the addresses of the sites that the archive has besides.
    """
    yield "robots.txt", _robots(config, volume_urls).encode()
    if config.url:
        yield "opensearch.xml", _opensearch(config).encode()


def _robots(config: Config, volume_urls: Iterable[str]) -> str:
    """Let everyone in (RFC 9309), and say what for; crawlers read it only at the root of a host."""
    lines = ["User-agent: *"]
    if config.content_signals:
        lines.append(f"Content-Signal: {content_signals_text(config.content_signals)}")
    lines.append("Allow: /")
    if config.licence:
        lines += ["", f"# The metadata's licence: {config.licence}"]
    if config.url:
        lines += ["", f"Sitemap: {site_url('sitemap.xml', config, 'robots.txt')}"]
        lines += [f"Sitemap: {url}sitemap.xml" for url in volume_urls]
    return "\n".join((*lines, ""))


def _opensearch(config: Config) -> str:
    """Describe the search box (https://github.com/dewitt/opensearch, version 1.1, draft 6)."""
    title = " ".join(strip_invisible(config.title).split())
    description = " ".join(strip_invisible(config.description or config.title).split())
    home = escape(config.url)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escape(_truncate(title, 16))}</ShortName>\n"
        f"<LongName>{escape(_truncate(title, 48))}</LongName>\n"
        f"<Description>{escape(_truncate(description, 1024))}</Description>\n"
        f'<Url type="text/html" template="{home}{_SEARCH_QUERY}"/>\n'
        f'<Url type="application/opensearchdescription+xml" rel="self" template="{home}opensearch.xml"/>\n'
        "<InputEncoding>UTF-8</InputEncoding>\n"
        "</OpenSearchDescription>\n"
    )


def _truncate(text: str, length: int) -> str:
    """Cut to the length the format allows, at a word where one ends there."""
    if len(text) <= length:
        return text
    return text[: length + 1].rpartition(" ")[0] or text[:length]
