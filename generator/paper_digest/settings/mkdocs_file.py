"""What mkdocs.yml may not say, because all commands and pages of an archive take it as it is by default."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from paper_digest.model.errors import ConfigError, DigestError
from paper_digest.settings.settings_file import read_settings_file
from paper_digest.text.yaml_document import YamlDocument, parse_yaml

_DOCS = "docs"
_SITE = "site"
_BOOL_TAG = "tag:yaml.org,2002:bool"
_OFF = frozenset({"false", "no", "off"})


class SiteFrame(NamedTuple):
    """What mkdocs.yml says of the frame; paths count from the project's folder.

    Attributes:
        docs_dir: the folder of pages. ``site_dir``: the folder of the site.
        folder_addresses: whether pages have folders as addresses (``use_directory_urls``).
    """

    docs_dir: str = _DOCS
    site_dir: str = _SITE
    folder_addresses: bool = True


def check_frame(settings_file: Path, frame: SiteFrame) -> None:
    """See that MkDocs builds the folders and the addresses that the rest of the program knows.

    Args:
        settings_file: ``mkdocs.yml``, in the project's folder.
        frame: what it says.

    Raises:
        ConfigError: naming file, line and cure; notes would be passed over in silence, commands speak of another
            site than the one that is built, or links lead nowhere.
    """
    root = settings_file.parent
    if _is_another(root, frame.docs_dir, _DOCS):
        what = "docs_dir names another folder than docs, where all else looks for pages and notes"
        cure = "take it out, and call the folder docs, or make docs a link to it"
        raise ConfigError(setting_place(settings_file, "docs_dir"), what, cure)
    if _is_another(root, frame.site_dir, _SITE):
        what = "site_dir names another folder than site, where all commands and workflows look for the built site"
        cure = "take it out, and make site a link to that folder"
        raise ConfigError(setting_place(settings_file, "site_dir"), what, cure)
    if not frame.folder_addresses:
        what = "use_directory_urls is off, and links of the archive's pages lead to folders"
        raise ConfigError(setting_place(settings_file, "use_directory_urls"), what, "take it out")


def check_frame_file(settings_file: Path) -> bytes:
    """Read ``mkdocs.yml`` without MkDocs, and see that it says no other frame.

    Returns:
        Its bytes.

    Raises:
        ConfigError: naming file, line and cure: it cannot be read, is not YAML, or says another frame.
    """
    data = read_settings_file(settings_file)
    check_frame(
        settings_file, frame_settings(parse_yaml(data, str(settings_file), make_values=False))
    )
    return data


def check_frame_of(root: Path) -> None:
    """See the same of the project at ``root``; other engines than those that read ``mkdocs.yml`` need none."""
    if (root / "mkdocs.yml").exists():
        check_frame_file(root / "mkdocs.yml")


def frame_settings(document: YamlDocument) -> SiteFrame:
    """Return the frame as it stands in a parsed ``mkdocs.yml``, or its defaults."""
    values = {
        key.value: value for key, value in _pairs(document.node) if isinstance(key, yaml.ScalarNode)
    }
    switch = values.get("use_directory_urls")
    is_off = switch is not None and switch.tag == _BOOL_TAG and switch.value.lower() in _OFF
    docs_dir, site_dir = _text(values.get("docs_dir")), _text(values.get("site_dir"))
    return SiteFrame(docs_dir or _DOCS, site_dir or _SITE, not is_off)


def _is_another(root: Path, folder: str, usual: str) -> bool:
    # That of Path gives up on a link that leads to itself, which the check of folders names.
    return os.path.realpath(root / folder) != os.path.realpath(root / usual)


def _text(node: yaml.Node | None) -> str:
    """Return a text; "" of what is none, or has a tag that only MkDocs reads."""
    is_text = isinstance(node, yaml.ScalarNode) and not node.tag.startswith("!")
    return str(node.value) if node is not None and is_text else ""


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from node.value


def setting_place(path: Path, setting: str) -> str:
    """Return ``FILE:LINE`` of a setting; the file alone where it stands in another, or was said otherwise."""
    try:
        document = parse_yaml(read_settings_file(path), str(path), make_values=False)
    except DigestError:
        return str(path)
    is_there = any(key.value == setting for key, _ in _pairs(document.node))
    return document.place(setting) if is_there else str(path)
