"""One hash of all that can change how any page is rendered: settings, templates, program, packages."""

from __future__ import annotations

import platform
import sys
from functools import cache
from pathlib import Path

import msgspec
from mkdocs.config.defaults import MkDocsConfig

from paper_digest.incremental.hashing import hash_bytes, hash_tree, program_hash
from paper_digest.settings.config import Config
from paper_digest.site.mkdocs_settings import theme_folders

#: Settings of MkDocs about where and when it builds; they do not change what it writes.
_LOCATION_SETTINGS = frozenset(
    {"config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "strict", "plugins", "theme"}
)


def build_key(config: MkDocsConfig, archive_config: Config) -> bytes:
    """Hash the settings, the templates, this program and what it runs on.

    Material's templates stand for themselves by the version of the package they come from; the
    operator's and ours are read.
    """
    settings = {key: value for key, value in config.items() if key not in _LOCATION_SETTINGS}
    parts = [_to_json(settings), _to_json(dict(config.theme))]
    parts += [_to_json((name, dict(plugin.config))) for name, plugin in config.plugins.items()]
    parts += [hash_tree(folder, "*.html") for folder in theme_folders(config)]
    parts += [Path(path).read_bytes() for path in config.hooks]
    return hash_bytes(*parts, _to_json(archive_config), program_hash(), _packages_hash())


@cache
def _packages_hash() -> bytes:
    """Hash the names and versions of Python and of all packages.

    A package's folder of metadata is named after both; reading what stands in it would take a tenth
    of a build with nothing to do.
    """
    places = (Path(place) for place in dict.fromkeys(sys.path))
    named = sorted(p.name for place in places for p in place.glob("*.*-info"))
    return hash_bytes(platform.python_version().encode(), "\n".join(named).encode())


def _to_json(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=repr, order="sorted")
