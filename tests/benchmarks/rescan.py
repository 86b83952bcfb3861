"""Seconds to find out that nothing has changed in a folder of many files.

    python -m tests.benchmarks.rescan [N_FILES]

The library is filled directly, since only the comparison with the disk is measured.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from mmsearch.indexing.plan import asset_id_of
from mmsearch.library import open_library
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.walk import FoundFile, walk
from mmsearch.settings import Settings
from mmsearch.store.records import INDEXED, AssetRecord
from mmsearch.store.store import Store
from tests.benchmarks.report import print_report
from tests.conftest import FakeEncoder

_FILES_PER_FOLDER = 100


def make_files(folder: Path, n_files: int) -> None:
    for place in range(n_files):
        path = folder / f"{place // _FILES_PER_FOLDER:04}" / f"note {place:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def fill(library_path: Path, root_id: str, found: list[FoundFile], space: str, dim: int) -> None:
    store = Store(library_path, space=space, dim=dim)
    with store.writing():
        store.commit([_record(root_id, file, space) for file in found], [])
    store.close()


def _record(root_id: str, file: FoundFile, space: str) -> AssetRecord:
    return AssetRecord(
        asset_id_of(root_id, file.relative_path),
        root_id,
        file.relative_path,
        file.modality.value,
        file.stamp.size_bytes,
        file.stamp.mtime_ns,
        f"code::{file.relative_path}",
        INDEXED,
        space=space,
    )


def main() -> None:
    n_files = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    encoder = FakeEncoder()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "files"
        make_files(folder, n_files)
        started_s = time.perf_counter()
        found = [file for file in walk(folder, IgnoreRules()) if isinstance(file, FoundFile)]
        walk_s = time.perf_counter() - started_s
        library_path = Path(work) / "library"
        with open_library(library_path, encoder=encoder, settings=Settings()) as library:
            root_id = library.add(folder)[0].root_id
        fill(library_path, root_id, found, encoder.spec.space, encoder.spec.dim)
        with open_library(library_path, encoder=encoder, settings=Settings()) as library:
            started_s = time.perf_counter()
            report = library.index()
            rescan_s = time.perf_counter() - started_s
    if report.n_unchanged != n_files:
        raise SystemExit(f"only {report.n_unchanged} of {n_files} files were unchanged")
    print_report({"files": n_files, "walk_s": round(walk_s, 2), "rescan_s": round(rescan_s, 2)})


if __name__ == "__main__":
    main()
