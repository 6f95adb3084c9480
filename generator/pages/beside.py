"""A paper's page as the Markdown published beside it: what it says, without what MkDocs needs."""

from __future__ import annotations

import re

#: Front matter for templates alone, or said again below.
_FOR_TEMPLATES = re.compile(r"^(?:kind|description|cite|hide|search): .*\n", re.MULTILINE)
_SIDE = re.compile(r'\n<div class="pd-side" markdown>.*', re.DOTALL)
_BIBTEX = re.compile(r"^```bibtex\n.*?^```\n", re.DOTALL | re.MULTILINE)
#: Attribute lists and boxes; a brace or an angle bracket of outside text is never written bare.
_DRESS = re.compile(r"^ *\{: .*\}\n| \{: .*\}$|^</?(?:div|details|summary).*>\n+", re.MULTILINE)
_TO_PAGE = re.compile(r"\]\((\.\./[^)#]+?)(?:/index)?\.md(#[^)]*)?\)")


def published(markdown: str) -> str:
    """Make the published form of a page under ``papers/`` from ``Page.markdown()``.

    Links to other papers lead to their Markdown, links to other pages to the pages themselves.
    """
    bibtex = _BIBTEX.search(markdown)
    main = _SIDE.sub("", _FOR_TEMPLATES.sub("", markdown))
    main = _TO_PAGE.sub(r"](\1/\2)", _DRESS.sub("", main)).rstrip()
    cite = f"\n\n## Cite\n\n{bibtex[0]}" if bibtex else "\n"
    return main + cite
