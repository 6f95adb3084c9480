"""Certificates that cannot be trusted, and settings of them that cannot be read, in words with a cure."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from paper_digest.model.errors import ConfigError
from paper_digest.model.quoting import quote_outside

#: Where OpenSSL and httpx look for authorities of one's own.
_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")

CURE_UNTRUSTED = (
    "where a proxy of your own stands between, name its authority's certificate in SSL_CERT_FILE; "
    "else ask again later"
)


def untrusted_certificate(fault: BaseException) -> str:
    """Return what is wrong with a server's certificate, or "" where the fault is another one."""
    cause: BaseException | None = fault
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return ""
    return f"its certificate is not trusted here: {quote_outside(cause.verify_message)}"


@contextmanager
def named_settings() -> Iterator[None]:
    """Have an error in reading the authorities name the variable that led to it.

    Raises:
        ConfigError: a file that a variable names cannot be read as certificates.
    """
    try:
        yield
    except OSError as error:  # ssl.SSLError is one
        given = [(name, os.environ[name]) for name in _VARIABLES if os.environ.get(name)]
        if not given:
            raise
        where = ", ".join(f"{name}={path}" for name, path in given)
        what = "cannot be read as certificates"
        raise ConfigError(where, what, "name a file in PEM form, or unset it") from error
