"""The licence of a work in DataCite's record, among the rights that stand there.

Form: https://datacite-metadata-schema.readthedocs.io/en/4.6/properties/rights/
"""

from __future__ import annotations

from collections.abc import Mapping

from paper_digest.model.late_pattern import late_pattern
from paper_digest.sources.json_values import as_objects
from paper_digest.text import fields

#: Words for who may open a work: https://vocabularies.coar-repositories.org/access_rights/
_ACCESS_RIGHT = late_pattern(
    r"https?://(?:purl\.org|vocabularies\.coar-repositories\.org)/(?:coar/)?access_rights?/"
)
#: Creative Commons' licences as SPDX calls them: https://spdx.org/licenses/
_CC_IDENTIFIER = late_pattern(r"cc-(by(?:-nc)?(?:-nd|-sa)?)-(\d\.\d)\Z")


def licence(work: Mapping[str, object]) -> str:
    """Return the address of the first licence; whether a work may be opened (COAR's access rights) is no licence."""
    for rights in as_objects(work.get("rightsList")):
        address = fields.valid_url(rights.get("rightsUri"))
        if address and not _ACCESS_RIGHT.match(address):
            return address
        identifier = fields.one_line(rights.get("rightsIdentifier")).lower()
        if not address and (match := _CC_IDENTIFIER.match(identifier)):
            return f"https://creativecommons.org/licenses/{match[1]}/{match[2]}/"
        if not address and identifier == "cc0-1.0":
            return "https://creativecommons.org/publicdomain/zero/1.0/"
    return ""
