"""Where a server may send the fetcher on to: into the public web, not into the reader's network."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def refusal_of_redirect(start: str, target: str) -> str:
    """Return why ``target`` is not followed from ``start`` (both whole addresses); "" if it may be.

    Only addresses written as numbers and names of this machine are seen here; a name that leads inside is
    refused when it is connected to (``fetch/deadline.py``).

    Raises:
        ValueError: ``target`` is no address at all.
    """
    old, new = urlsplit(start), urlsplit(target)
    if new.scheme not in {"http", "https"} or not new.hostname:
        raise ValueError(target)
    if (old.scheme, new.scheme) == ("https", "http"):
        return "a redirect from https to http"
    if old.hostname != new.hostname and "@" in new.netloc:
        return "a redirect with a password to another host"
    if is_inside(new.hostname) and not is_inside(old.hostname or ""):
        return "a redirect into the local network"
    return ""


def is_inside(host: str) -> bool:
    """Tell whether a host is this machine or a number of the local network."""
    name = host.rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return not ip_address(name).is_global
    except ValueError:
        return False
