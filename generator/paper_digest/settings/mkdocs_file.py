"""What mkdocs.yml may not say, because all commands and pages of an archive take it as it is by default."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import yaml

from paper_digest.model.errors import ConfigError, DigestError
from paper_digest.settings.settings_file import read_settings_file
from paper_digest.text.yaml_document import YamlDocument, parse_yaml

_DOCS = "docs"
_BOOL_TAG = "tag:yaml.org,2002:bool"
_OFF = frozenset({"false", "no", "off"})


def check_frame(settings_file: Path, docs_dir: str, *, folder_addresses: bool) -> None:
    """See that MkDocs builds the folder and the addresses that the rest of the program knows.

    Args:
        settings_file: ``mkdocs.yml``, in the project's folder.
        docs_dir: the folder of pages, as MkDocs read it; a relative one counts from the project's folder.
        folder_addresses: whether pages have folders as addresses (``use_directory_urls``).

    Raises:
        ConfigError: naming file, line and cure; notes would be passed over in silence, or links lead nowhere.
    """
    root = settings_file.parent
    # That of Path gives up on a link that leads to itself, which the check of folders names.
    if os.path.realpath(root / docs_dir) != os.path.realpath(root / _DOCS):
        what = "docs_dir names another folder than docs, where all else looks for pages and notes"
        cure = "take it out, and call the folder docs, or make docs a link to it"
        raise ConfigError(_place(settings_file, "docs_dir"), what, cure)
    if not folder_addresses:
        what = "use_directory_urls is off, and links of the archive's pages lead to folders"
        raise ConfigError(_place(settings_file, "use_directory_urls"), what, "take it out")


def frame_settings(document: YamlDocument) -> tuple[str, bool]:
    """Return ``docs_dir`` and ``use_directory_urls`` as they stand in a parsed ``mkdocs.yml``, or their defaults."""
    values = {key.value: value for key, value in _pairs(document.node)}
    docs_dir, switch = values.get("docs_dir"), values.get("use_directory_urls")
    is_off = switch is not None and switch.tag == _BOOL_TAG and switch.value.lower() in _OFF
    has_name = isinstance(docs_dir, yaml.ScalarNode) and not docs_dir.tag.startswith("!")
    return docs_dir.value if docs_dir is not None and has_name else _DOCS, not is_off


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def _place(path: Path, setting: str) -> str:
    """Return ``FILE:LINE`` of a setting; the file alone where it stands in another, or was said otherwise."""
    try:
        document = parse_yaml(read_settings_file(path), str(path), make_values=False)
    except DigestError:
        return str(path)
    is_there = any(key.value == setting for key, _ in _pairs(document.node))
    return document.place(setting) if is_there else str(path)
