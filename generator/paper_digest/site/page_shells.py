"""Material's own page, rendered once for each kind and folder of pages, then filled for each page.

What differs between two pages of a shape stands in the blocks of ``PAGE_BLOCKS`` and in
``page.content``. A shape is a kind and a folder, because links out of a page depend on its folder.
The first page of each shape is also rendered whole: where the two results differ (an operator's
template may use more of a page), every page of that shape is rendered whole.
"""

from __future__ import annotations

from posixpath import dirname
from typing import Any, NamedTuple

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from paper_digest.render.pages.page import Page as Made
from paper_digest.render.span import EMPTY
from paper_digest.settings.page_directives import Directives
from paper_digest.site.content_security import (
    outside_texts,
    secured_page,
    security_head,
    with_security_head,
)
from paper_digest.site.mkdocs_pages import MkDocsPages

#: Blocks of the theme that differ from page to page, in their order: on papers' pages, and on any.
PAGE_BLOCKS = (("site_meta", "htmltitle", "paper_head"), ("site_meta", "htmltitle", "extrahead"))

_SEPARATOR = "\x02next\x03"
_PROBE = "the page that stands in for all"


class ShellShape(NamedTuple):
    """What pages must share to share a shell."""

    folder: str
    kind: str
    template: str
    anchor: str


class PageShell(NamedTuple):
    """A rendered page cut where its blocks stand: what renders the blocks, and the text between."""

    block_env: jinja2.Environment
    segments: list[str]


class PageShells:
    """Renders pages of the archive through MkDocs' templates and plugins."""

    def __init__(
        self,
        env: jinja2.Environment,
        config: MkDocsConfig,
        nav: Navigation,
        files: Files,
        directives: Directives,
    ) -> None:
        self._directives = directives
        self._env, self._config, self._nav = env, config, nav
        self._mkdocs_pages = MkDocsPages(config)
        self._pages = files.documentation_pages()
        self._block_envs = [_blocks_env(blocks, env) for blocks in PAGE_BLOCKS]
        self._shells: dict[ShellShape, PageShell | None] = {}
        self._contexts: dict[ShellShape, dict[str, Any]] = {}

    def render(self, source: Made, body: str) -> bytes:
        """Render one page; ``body`` is its content as HTML."""
        page = self._mkdocs_pages.make(source, body)
        shape = _shape_of(page)
        if shape not in self._shells:
            self._shells[shape] = self._verified_shell(page, shape)
        shell = self._shells[shape]
        text = self._fill_shell(shell, page, shape) if shell else self._render_whole(page)
        page.file.page = None  # a cycle, which would hold the body until Python looks for cycles
        return text.encode("utf-8", errors="xmlcharrefreplace")

    def _verified_shell(self, page: Page, shape: ShellShape) -> PageShell | None:
        """Make the shell of a shape; ``None`` unless it gives this page as the template does."""
        for block_env in self._block_envs:
            shell = self._make_shell(page, shape, block_env)
            if shell and self._fill_shell(shell, page, shape) == self._render_whole(page):
                return shell
        return None

    def _make_shell(
        self, page: Page, shape: ShellShape, block_env: jinja2.Environment
    ) -> PageShell | None:
        """Render a page of this shape with placeholders, and cut it where they stand."""
        body = f'<h1 id="{shape.anchor}">{_PROBE}' if shape.anchor else _PROBE
        meta = {"title": _PROBE, "description": _PROBE, "kind": shape.kind}
        if page.meta.get("head"):
            meta["head"] = f'<meta name="{_PROBE}">'
        probe_source = Made(page.file.src_uri, meta, EMPTY)
        probe = self._mkdocs_pages.make(probe_source, body)
        parts = (*self._render_blocks(block_env, probe, shape), body)
        if not all(parts):  # not of this kind of page, or not of a template of the operator's
            return None
        rest, segments = self._render_template(probe), []
        for part in parts:
            before, separator, rest = rest.partition(part)
            if not separator:
                return None
            segments.append(before)
        head = security_head("".join([*segments, rest]), (), self._directives)
        segments[0] = with_security_head(segments[0], head)
        return PageShell(block_env, [*segments, rest])

    def _render_whole(self, page: Page) -> str:
        html = self._render_template(page)
        return secured_page(html, outside_texts(page), self._directives)

    def _render_template(self, page: Page) -> str:
        return self._env.get_template(_template_name(page)).render(self._context(page))

    def _fill_shell(self, shell: PageShell, page: Page, shape: ShellShape) -> str:
        parts = (*self._render_blocks(shell.block_env, page, shape), str(page.content))
        woven = [piece for pair in zip(shell.segments, parts, strict=False) for piece in pair]
        return "".join([*woven, shell.segments[-1]])

    def _render_blocks(
        self, block_env: jinja2.Environment, page: Page, shape: ShellShape
    ) -> list[str]:
        """Render the blocks that differ from page to page; the rest of their context is the shape's."""
        template = block_env.get_template(shape.template)
        if shape not in self._contexts:
            self._contexts[shape] = {**template.globals, **self._context(page)}
        context = template.new_context({**self._contexts[shape], "page": page}, shared=True)
        return "".join(template.root_render_func(context)).split(_SEPARATOR)

    def _context(self, page: Page) -> Any:  # noqa: ANN401 - MkDocs' TemplateContext, a TypedDict
        return get_context(self._nav, self._pages, self._config, page)


def _shape_of(page: Page) -> ShellShape:
    anchor = next((item.id for item in page.toc), "")
    meta = page.meta
    folder = dirname(page.file.dest_uri.removesuffix("/index.html"))
    return ShellShape(folder, str(meta.get("kind", "")), _template_name(page), anchor)


def _blocks_env(blocks: tuple[str, ...], env: jinja2.Environment) -> jinja2.Environment:
    """Make an environment whose pages are some of their blocks, with ``_SEPARATOR`` between them."""
    text = _SEPARATOR.join(f"{{% block {name} %}}{{% endblock %}}" for name in blocks)
    stub = jinja2.DictLoader({"base.html": text})
    return env.overlay(loader=jinja2.ChoiceLoader([stub, env.loader] if env.loader else [stub]))


def _template_name(page: Page) -> str:
    return str(page.meta.get("template", "main.html"))
