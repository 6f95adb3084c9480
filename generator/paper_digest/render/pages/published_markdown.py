"""A paper's page as the Markdown published beside it: what it says of the paper itself."""

from __future__ import annotations

import re

#: Front matter for templates alone, or said again below.
_FOR_TEMPLATES = re.compile(r"^(?:kind|description|cite|hide|search): .*\n", re.MULTILINE)
#: Other papers, and what the record says too; left out, or a site would weigh a tenth more.
_OTHER_SECTIONS = re.compile(r'\n<div class="pd-(?:near|side)" markdown>.*', re.DOTALL)
#: Attribute lists and boxes; a brace or an angle bracket of outside text is never written bare.
_MARKUP = re.compile(r"^ *\{: .*\}\n| \{: .*\}$|^</?(?:div|details|summary).*>\n+", re.MULTILINE)
_TO_PAGE = re.compile(r"\]\((\.\./[^)#]+?)(?:/index)?\.md(#[^)]*)?\)")


def publishable_markdown(markdown: str) -> str:
    """Make the published form of a page under ``papers/`` from ``Page.markdown()``.

    Links to other papers lead to their Markdown, links to other pages to the pages themselves.
    """
    front, fence, body = markdown.partition("\n---\n\n")
    # The longest part goes first, and most of these searches are made of what is left.
    body = _TO_PAGE.sub(r"](\1/\2)", _MARKUP.sub("", _OTHER_SECTIONS.sub("", body)))
    return f"{_FOR_TEMPLATES.sub('', front + fence)}{body}".rstrip() + "\n"
