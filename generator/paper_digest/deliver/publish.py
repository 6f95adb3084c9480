"""Uploads a built site in an order that never breaks a link on the way, by whichever program."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from paper_digest.deliver.rclone import Rclone, is_rclone_target
from paper_digest.deliver.rsync import Rsync
from paper_digest.deliver.snapshots.own_files import OWN_FOLDERS
from paper_digest.deliver.target_list import SiteOwner, read_list, write_list
from paper_digest.deliver.transport import PublishError, Transport

#: At the target: the names at its top that are the site's, so that nothing else is ever deleted, and whose site it is.
NAME_LIST_FILE = ".paper-digest"

_MAX_NAMES_SHOWN = 5

#: Folders of a project that are no place for a copy of its site.
_PROJECT_FOLDERS = (*OWN_FOLDERS, "site", "volumes", ".cache", ".git")


def publish_site(site: Path, target: str, owner: SiteOwner | None = None) -> int:
    """Copy ``site`` to ``target``; returns the number of files sent or deleted.

    Args:
        site: the built site.
        target: a folder, ``HOST:FOLDER`` (by ssh) or ``rsync://...``, as rsync takes it; or
            ``s3://BUCKET/FOLDER`` or ``rclone:REMOTE:PATH``, for rclone.
        owner: whose site it is; ``None`` where that is not known.

    New files go first, which no page leads to yet; then what changed beside pages, then changed
    pages, and only then are files deleted that no page names any more. Stopped anywhere, it
    leaves a site that works, and the next run completes it.

    Raises:
        PublishError: there is no site, no such program, or it failed; contains its message. Or the target holds what
            has the name of something of the site and was not put there by an earlier run, or the site of another
            archive or volume.
    """
    if not (site / "index.html").is_file():
        raise PublishError(str(site), "holds no built site", "run `mkdocs build` first")
    transport = _transport(target)
    names = sorted(path.name + "/" * path.is_dir() for path in site.iterdir())
    list_there = transport.read(NAME_LIST_FILE)
    before, owner_there = read_list(list_there)
    if owner and owner_there and owner.is_another(owner_there):
        raise _is_of_another(target, owner, owner_there)
    owner = owner or owner_there
    if not {*names} <= {*before}:
        # The names are the site's from here on, so that a run stopped half-way is gone on with.
        if before or not list_there:
            _check_names(transport, target, _bare(names) - _bare(before))
        transport.write(NAME_LIST_FILE, write_list(sorted({*names, *before}), owner))
    count = transport.add_new(site)
    count += transport.update(site, pages=False)
    count += transport.update(site, pages=True)
    count += transport.delete_gone(site, sorted({*names, *before}))
    transport.write(NAME_LIST_FILE, write_list(names, owner))
    return count


def _check_names(transport: Transport, target: str, new_names: set[str]) -> None:
    """See that nothing lies at the target where the site has a name that it had not before.

    Raises:
        PublishError: something does, and it would be replaced, or deleted where the site has not its like.
    """
    foreign = sorted(new_names & transport.top_names())
    if foreign:
        more = f" and {len(foreign) - _MAX_NAMES_SHOWN} more" * (len(foreign) > _MAX_NAMES_SHOWN)
        names = f"{', '.join(foreign[:_MAX_NAMES_SHOWN])}{more}"
        what = f"holds what no `digest publish` put there, of the same name as the site's: {names}"
        cure = "move it away, or give an empty folder: it would be replaced, and the rest of it deleted"
        raise PublishError(target, what, cure)


def _is_of_another(target: str, owner: SiteOwner, there: SiteOwner) -> PublishError:
    """Return the error of a site that would replace another's, which may stand nowhere else."""
    what = f"holds {there}, and this is {owner}"
    cure = f"give this one a folder of its own; if it is to stand here instead, empty the folder ({NAME_LIST_FILE} too)"
    if owner.volume == there.volume and owner.title == there.title:
        lacks = owner.traces.lacks_all(there.traces)
        what = f"holds {there} of another archive: this one of that title has none of its {lacks}"
        cure += "; if both are one archive on two computers, bring the one here up to date first (`git pull`)"
    elif owner.volume == there.volume and not (owner.url and there.url):
        cure += f"; if it is that site with another title, publish it as “{there.title}” with its `url:` first"
    return PublishError(target, what, cure)


def _bare(names: Iterable[str]) -> set[str]:
    """Return names without the slash of folders."""
    return {name.rstrip("/") for name in names}


def check_target(root: Path, target: str) -> None:
    """See that a target is no folder of the project: what lies there would be deleted where the site has not its like.

    Args:
        root: the folder of the project.
        target: as ``publish_site`` takes it.

    Raises:
        PublishError: it is the project's folder, one that the archive or a build needs, or a folder in such a one.
    """
    path = target.removeprefix("rclone:")
    if not path or ":" in path.partition("/")[0]:
        return  # of another machine, or none
    places, tops = _names_of(Path(path)), _names_of(root)
    folders = {folder for name in _PROJECT_FOLDERS for folder in _names_of(root / name)}
    around = {folder for place in places for folder in (place, *place.parents)}
    if folders & around or tops & places:
        what = "belongs to the archive itself, whose files the site's would replace"
        raise PublishError(target, what, "give a folder outside of it, as in ../published")


def _names_of(path: Path) -> set[Path]:
    """Return a path as it is written, and what it leads to; of a link that leads to itself, the link."""
    return {Path(os.path.abspath(path)), Path(os.path.realpath(path))}  # noqa: PTH100 - links and all


def _transport(target: str) -> Transport:
    if is_rclone_target(target):
        return Rclone(target)
    if target.startswith("-") or not target.strip("/"):
        raise PublishError(
            repr(target), "is no target", "give a folder, HOST:FOLDER or s3://BUCKET"
        )
    return Rsync(target)
