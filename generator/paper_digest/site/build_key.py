"""One hash of all that can change how any page is rendered: settings, templates, program, packages."""

from __future__ import annotations

import platform
import re
import sys
from pathlib import Path

import msgspec
from mkdocs.config.defaults import MkDocsConfig

from paper_digest.incremental.hashing import hash_bytes, hash_tree, program_hash
from paper_digest.model.late_pattern import late_pattern
from paper_digest.settings.config import Config
from paper_digest.site.mkdocs_settings import theme_folders
from paper_digest.text.language import catalogue_hash

#: Settings of MkDocs about where and when it builds; they do not change what it writes.
_LOCATION_SETTINGS = frozenset(
    {"config_file_path", "docs_dir", "site_dir", "dev_addr", "watch", "strict", "plugins", "theme"}
)

#: What shapes pages whatever plugins are in use; this program is hashed itself (``program_hash``).
_RENDERING_PACKAGES = late_pattern(
    r"(?:babel|jinja2|markdown|markupsafe|pyyaml|latex2mathml|lunr|mkdocs[\w.]*|material[\w.]*|properdocs[\w.]*"
    r"|pymdown_extensions|pygments|msgspec|numpy|pylatexenc)-",
    re.IGNORECASE,
)

#: Plugins that come with the packages above; with any other the versions of all packages count.
_PLUGINS_WITHOUT_PACKAGE = frozenset({"search", "material/search", "paper-digest"})


def build_key(config: MkDocsConfig, archive_config: Config) -> bytes:
    """Hash the settings, the templates, the words, this program and what it runs on.

    Material's templates stand for themselves by the version of the package they come from; the
    operator's and ours are read.
    """
    settings = {key: value for key, value in config.items() if key not in _LOCATION_SETTINGS}
    parts = [_to_json(settings), _to_json(dict(config.theme))]
    parts += [_to_json((name, dict(plugin.config))) for name, plugin in config.plugins.items()]
    parts += [hash_tree(folder, "*.html") for folder in theme_folders(config)]
    parts += [Path(path).read_bytes() for path in config.hooks]
    parts += [_to_json(archive_config), program_hash(), catalogue_hash()]
    return hash_bytes(*parts, _packages_hash(config))


def _packages_hash(config: MkDocsConfig) -> bytes:
    """Hash the versions of Python and of the packages whose code or templates a page passes through.

    A release of any other package (what fetches, tests or mails) remakes nothing. A package's folder
    of metadata is named after both; reading what stands in it would take a tenth of a build with
    nothing to do.
    """
    places = (Path(place) for place in dict.fromkeys(sys.path))
    folders = sorted(p.name for place in places for p in place.glob("*.*-info"))
    if set(config.plugins) <= _PLUGINS_WITHOUT_PACKAGE:
        folders = [name for name in folders if _RENDERING_PACKAGES.match(name)]
    python_version = ".".join(platform.python_version_tuple()[:2])
    return hash_bytes(python_version.encode(), "\n".join(folders).encode())


def _to_json(value: object) -> bytes:
    return msgspec.json.encode(value, enc_hook=repr, order="sorted")
