"""Secures the pages that MkDocs builds itself, and warns of what their policy stops in them."""

from __future__ import annotations

import logging

from mkdocs.structure.pages import Page

from paper_digest.builder.generated import is_generated
from paper_digest.settings.config import Config, archive_directives
from paper_digest.site.content_security import outside_texts, secured_page
from paper_digest.site.page_elements import Blocked, blocked_parts

log = logging.getLogger("mkdocs.plugins.paper-digest")


class SecuredPages:
    """The policy of one build, and which of its warnings were given."""

    def __init__(self, settings: Config) -> None:
        self._directives = archive_directives(settings)
        self._warned: set[Blocked] = set()
        self._templates: set[str] = set()

    def page(self, html: str, page: Page) -> str:
        """Return a page with its policy; what an operator wrote and it stops is a warning."""
        body = str(page.content or "")
        if not is_generated(page.file.src_uri):
            for blocked in blocked_parts(body, self._directives):
                log.warning("%s", blocked.problem(page.file.src_uri))
        secured = secured_page(html, outside_texts(page), self._directives)
        template = str(page.meta.get("template", ""))
        if template not in self._templates:
            self._templates.add(template)
            self._warn_of_template(
                secured.replace(body, "") if body else secured, page.file.src_uri
            )
        return secured

    def template(self, html: str, name: str) -> str:
        """Return what MkDocs made of a template that is no page's, secured where it is HTML."""
        if not name.endswith(".html"):
            return html
        return secured_page(html, (), self._directives)

    def _warn_of_template(self, html: str, path: str) -> None:
        """Warn once of what stands in the frame of all pages; its inline scripts are allowed."""
        for blocked in blocked_parts(html, self._directives):
            if blocked.what != "an inline script" and blocked not in self._warned:
                self._warned.add(blocked)
                log.warning("%s", blocked.problem(f"{path} (its template, or mkdocs.yml)"))
