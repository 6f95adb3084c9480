"""The parameters of an address, which sources change to go from page to page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit


def query_parameters(address: str) -> dict[str, str]:
    """Return the parameters of an address, of several of one name the first; a saved file has none."""
    if not re.match(r"https?://", address):
        return {}
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def with_parameters(address: str, changed: Mapping[str, str]) -> str:
    """Return an address with some of its parameters changed, or added."""
    parameters = {**query_parameters(address), **changed}
    return f"{address.partition('?')[0]}?{urlencode(parameters)}"
