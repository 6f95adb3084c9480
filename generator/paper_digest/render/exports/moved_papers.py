"""What the current site has at the addresses of papers that moved into a volume: page, Markdown and record lead there.

These are no pages of MkDocs: an archive has hundreds of thousands, and each would have the site's frame.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import partial
from html import escape
from itertools import groupby

import msgspec

from paper_digest.incremental.hashing import hash_bytes
from paper_digest.incremental.output_group import OutputGroup, SiteFile
from paper_digest.model.ids import folder, slug
from paper_digest.render.exports.api_types import Moved
from paper_digest.settings.config import Config
from paper_digest.settings.volume_urls import volume_path, volume_url
from paper_digest.store.volume_lists import Volume, VolumePaper
from paper_digest.text.language import (
    active_language,
    gettext,
)

#: Whoever follows an old link; ``refresh`` needs no script (HTML, "The http-equiv attribute").
_PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    '<meta http-equiv="refresh" content="0;url={url}"><link rel="canonical" href="{canonical}">'
    '<title>{moved}</title><p><a href="{url}">{words}</a></p></html>\n'
)


def moved_groups(
    volume: Volume, config: Config, present_slugs: Container[str]
) -> Iterator[OutputGroup[SiteFile]]:
    """Make the files of a volume's papers, one group for each folder of the store.

    Args:
        volume: the volume.
        config: the settings of the current site.
        present_slugs: addresses that the current site has a page at; they are left alone.
    """
    present = partial(_present, present_slugs=present_slugs)
    for place, some in groupby(volume.papers, key=lambda paper: folder(paper.id)):
        papers = [paper for paper in some if present(paper)]
        inputs = hash_bytes(msgspec.json.encode((papers, config.url, config.volumes_url)))
        make = partial(_files, volume.name, papers, config, present_slugs)
        if papers:
            yield OutputGroup(f"volumes/{volume.name}/{place}", inputs, make)


def _present(paper: VolumePaper, present_slugs: Container[str]) -> bool:
    return any(slug(one) not in present_slugs for one in (paper.id, *paper.former))


def _files(
    name: str, papers: list[VolumePaper], config: Config, present_slugs: Container[str]
) -> Iterator[SiteFile]:
    path, absolute = volume_path(name, config), volume_url(name, config)
    for paper in papers:
        target = slug(paper.id)
        for paper_id in (paper.id, *paper.former):
            former = slug(paper_id)
            if former in present_slugs:
                continue
            url = f"../../{path}papers/{target}/"
            canonical = f"{absolute}papers/{target}/" if absolute else url
            page = _PAGE.format(
                url=escape(url),
                canonical=escape(canonical),
                language=active_language(),
                moved=gettext("Moved"),
                words=gettext("This paper has moved."),
            )
            yield f"papers/{former}/index.html", page.encode()
            yield f"papers/{former}.md", f"[Moved](../{path}papers/{target}.md)\n".encode()
            record = f"{absolute or f'../../{path}'}api/papers/{target}.json"
            moved = msgspec.json.encode(Moved(paper_id, paper.id, record))
            yield f"api/papers/{former}.json", moved
