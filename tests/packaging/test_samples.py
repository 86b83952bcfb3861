"""The sample collection: small, complete, made by the project, and found by what it shows."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from mmsearch.installed import shipped_path
from mmsearch.library import open_library
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.walk import FoundFile, walk
from mmsearch.types import Modality, Query

SAMPLES = shipped_path("resources", "samples")

# What the searches of packaging/run.py must find, the best first.
FOUND = (
    ["mountain_lake.jpg"],
    ["a_day_out.webm"],
    ["rain.ogg"],
    ["binary_search.py"],
    [],  # clocks of three kinds, in any order
    ["football.jpg", "a_day_out.webm"],
)
CLOCKS = {"wall_clock.png", "in_town.mkv", "clock_ticking.mp3"}


def test_collection_is_small_and_of_all_kinds() -> None:
    files = [item for item in walk(SAMPLES, IgnoreRules()) if isinstance(item, FoundFile)]
    assert sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file()) < 3_000_000
    folders = {Path(item.relative_path).parts[0]: item.modality for item in files}
    assert folders | {"making": Modality.CODE, "make_samples.py": Modality.CODE} == {
        "pictures": Modality.IMAGE,
        "videos": Modality.VIDEO,
        "sounds": Modality.AUDIO,
        "code": Modality.CODE,
        "making": Modality.CODE,
        "make_samples.py": Modality.CODE,
    }


@pytest.mark.models
@pytest.mark.slow
def test_what_the_first_run_shows_is_right(tmp_path: Path) -> None:
    run = import_module("run")
    with open_library(tmp_path / "library") as library:
        library.add(*(SAMPLES / name for name in run.SAMPLE_FOLDERS))
        report = library.index()
        assert (report.n_failed, report.n_indexed) == (0, report.n_found)
        hits = [library.search(_query(words)) for words in run.SAMPLE_SEARCHES]
    names = [[hit.path.name for hit in found] for found in hits]
    assert [some[: len(best)] for some, best in zip(names, FOUND, strict=True)] == list(FOUND)
    assert set(names[4]) == CLOCKS


def _query(words: tuple[str, ...]) -> Query:
    """The query of a command line."""
    match words:
        case ("--type", kind, text):
            return Query(text=text, modalities=(Modality(kind),), limit=3)
        case ("--like", path):
            return Query(like=(Path(path),), limit=3)
        case (text,):
            return Query(text=text, limit=3)
    raise AssertionError(words)
