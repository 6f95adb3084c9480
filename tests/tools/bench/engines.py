"""Builds each engine's index of the same papers, and the script by which the browser asks it."""

from __future__ import annotations

import html
import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import material
import msgspec
from paper_digest.search.build import build_index
from paper_digest.search.bundle import worker_scripts
from paper_digest.search.document import Document

HERE = Path(__file__).parent
_POSITIONS = re.compile(r"n?[pq]\d")  # files of the index that a phrase alone reads


class Built(NamedTuple):
    """What a build took: CPU seconds, peak MB of memory; and what it left: bytes in all, without scripts, and of positions; files."""

    cpu: float
    memory: float
    size: int
    index_size: int
    positions_size: int
    files: int


def read(path: Path) -> Iterable[Document]:
    """Read documents, one JSON record a line."""
    decode = msgspec.json.Decoder(Document).decode
    with path.open("rb") as lines:
        for line in lines:
            yield decode(line)


def sharded(documents: Path, out: Path, cache: Path | None = None) -> None:
    """Build ours."""
    build_index(read(documents), {}, lambda name, data: _write(out / name, data), cache)
    for name, data in worker_scripts().items():
        _write(out / name, data)


def stock(documents: Path, out: Path) -> None:
    """Write what Material's search plugin leaves, and Material's worker beside it."""
    config = {"lang": ["en"], "separator": r"[\s\-]+", "pipeline": ["stopWordFilter"], "fields": {
        "title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}}}  # fmt: skip
    docs = [
        {
            "location": f"papers/{one.slug}/",
            "title": html.escape(one.title),
            "text": f"<p>{html.escape(', '.join(one.authors))}</p><p>{html.escape(one.text)}</p>",
        }
        for one in read(documents)
    ]
    _write(out / "search_index.json", json.dumps({"config": config, "docs": docs}).encode())
    scripts = Path(material.__file__).parent / "templates/assets/javascripts/workers"
    [worker] = scripts.glob("search.*.min.js")
    shutil.copy(worker, out / "worker.js")


def pagefind(documents: Path, out: Path) -> None:
    """Write a page a paper and have Pagefind index them; ``PAGEFIND`` may hold its command."""
    site = out / "pages"
    for one in read(documents):
        body = f"<h1>{html.escape(one.title)}</h1><p>{html.escape(', '.join(one.authors))}</p>"
        text = (
            f"<!doctype html><html lang=en><body>{body}<p>{html.escape(one.text)}</p></body></html>"
        )
        _write(site / "papers" / one.slug / "index.html", text.encode())
    command = shlex.split(os.environ.get("PAGEFIND", "pagefind"))
    command += ["--site", str(site), "--output-path", str(out)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(site)


BUILDS: dict[str, Callable[[Path, Path], None]] = {
    "sharded": sharded, "material": stock, "pagefind": pagefind,
}  # fmt: skip


def build(engine: str, documents: Path, out: Path, cache: Path | None = None) -> Built:
    """Build in a process of its own and measure that and its children."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    arguments = [engine, str(documents), str(out), *([str(cache)] if cache else [])]
    command = [sys.executable, str(HERE / "engines.py"), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cpu, memory = map(float, done.stdout.split()[-2:])
    files = [path for path in out.rglob("*") if path.is_file()]
    sizes = {path: path.stat().st_size for path in files}
    index_size = sum(size for path, size in sizes.items() if path.suffix != ".js")
    positions_size = sum(size for path, size in sizes.items() if _POSITIONS.match(path.name))
    return Built(cpu, memory, sum(sizes.values()), index_size, positions_size, len(files))


def _spent() -> tuple[float, float]:
    """CPU seconds of this process and its children, and the peak MB of the largest of them."""
    own, children = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    # The peak in ru_maxrss counts the process this one was forked from; VmHWM does not.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    [peak] = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
    return cpu, max(peak, children.ru_maxrss) / 1024


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    name, source, target, *more = sys.argv[1:]
    if name == "sharded":
        sharded(Path(source), Path(target), *map(Path, more))
    else:
        BUILDS[name](Path(source), Path(target))
    cpu, peak = _spent()
    sys.stdout.write(f"{cpu} {peak}\n")
