"""Makes a dataset ready to be asked: its folder of files, its queries, its library."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from mmsearch.errors import UserError
from mmsearch.evaluate.datasets import DATASETS
from mmsearch.evaluate.datasets.own import own
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery


@dataclass(frozen=True, slots=True)
class Bench:
    """A dataset whose files lie in a folder; the library is made beside it by whoever asks."""

    name: str
    judged: list[JudgedQuery]
    files: Path
    library: Path
    n_files: int


def build_bench(name: str, data: Path | None, work: Path) -> Bench:
    """Put a known dataset, ``name`` or ``name:part``, into a folder of ``work``.

    data: the folder that holds the datasets. A folder that is there already is completed.
    Raises UserError for an unknown dataset, and when the data are not there or not complete.
    """
    dataset, _, part = name.partition(":")
    adapter = DATASETS.get(dataset)
    if data is None or not data.is_dir():
        told = f"There is no data folder {data}." if data else "No data folder was named."
        raise UserError(told, "Name the folder that holds the datasets: --data DIR.")
    shelf = _shelf(work, name.replace(":", "-"))
    judged = list(adapter(data.absolute(), part, shelf))
    return _bench(name, judged, shelf)


def build_own_bench(queries: Path, work: Path, *, limit: int) -> Bench:
    """Put a user's own dataset, described by a file of JSON lines, into a folder of ``work``."""
    shelf = _shelf(work, queries.stem)
    return _bench(queries.stem, own(queries, shelf, limit=limit), shelf)


def _shelf(work: Path, name: str) -> Shelf:
    folder = Path(os.path.abspath(work.expanduser())) / name / "files"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Name another with --work."
        ) from error
    return Shelf(folder)


def _bench(name: str, judged: list[JudgedQuery], shelf: Shelf) -> Bench:
    shelf.demand_no_others()
    if len({one.id for one in judged}) < len(judged):
        raise ValueError(f"{name}: two queries have the same id")
    return Bench(name, judged, shelf.folder, shelf.folder.parent / "library", shelf.n_files)
