"""Words of others inside our own sentences: short, printable, and without secrets."""

from __future__ import annotations

from paper_digest.model.late_pattern import late_pattern

#: Most characters of what an answer said that a problem, the diary or a status page repeats.
MAX_QUOTED_CHARACTERS = 80
#: Most characters of one line of the diary.
MAX_LINE_CHARACTERS = 600
#: Most characters of an address in it: those we ask are shorter, what an answer adds is not ours.
_MAX_URL_SHOWN = 300

#: ``user:password@`` before a host. No two repeats of it meet: each ends at a sign it cannot hold.
_CREDENTIALS = late_pattern(r"(?<=://)[^\s/?#@\"'<>]*+@")
#: What addresses carry as keys: ``?api_key=...``.
_SECRET = late_pattern(
    r"(?i)(?<=[?&;])((?:access[_-]?|api[_-]?|auth[_-]?)?(?:key|token|password|passwd|pwd|secret|signature|sig))"
    r"=[^&;#\s\"'<>]*+"
)


def without_secrets(text: str) -> str:
    """Return text whose web addresses name no user, password or key.

    ``https://me:pass@host/?api_key=x`` -> ``https://…@host/?api_key=…``.
    """
    if "://" in text:
        text = _CREDENTIALS.sub("…@", text)
    return _SECRET.sub(r"\1=…", text) if "=" in text else text


def public_line(line: str) -> str:
    """Return a line for the diary, which anybody reads: no secrets, no endless word, no endless line.

    Our sentences quote at most ``MAX_QUOTED_CHARACTERS`` of what somebody else said; this holds also where
    one forgot to, as in an address that an answer gave.
    """
    words = [
        word if len(word) <= MAX_QUOTED_CHARACTERS or "://" in word[:20] else quote_outside(word)
        for word in without_secrets(line[: MAX_LINE_CHARACTERS * 20]).split()
    ]
    short = " ".join(
        word if len(word) <= _MAX_URL_SHOWN else word[:_MAX_URL_SHOWN] + "…" for word in words
    )
    short = "".join(sign if sign.isprintable() else " " for sign in short)
    return short if len(short) <= MAX_LINE_CHARACTERS else short[: MAX_LINE_CHARACTERS - 1] + "…"


def quote_outside(text: str) -> str:
    """Return what somebody else said on one line of at most ``MAX_QUOTED_CHARACTERS``.

    Signs that do not print are spaces, a longer text ends in ``…``, and secrets go.
    """
    start = text[: MAX_QUOTED_CHARACTERS * 20]
    line = " ".join("".join(c if c.isprintable() else " " for c in start).split())
    line = without_secrets(line)
    if len(line) <= MAX_QUOTED_CHARACTERS and len(start) == len(text):
        return line
    return line[: MAX_QUOTED_CHARACTERS - 1].rstrip() + "…"
