"""The main job on real files: four kinds of folders in, one ranked list out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mmsearch.evaluate.measure import Outcome, ask
from mmsearch.evaluate.queries import read_judged_queries
from mmsearch.library import Library, open_library
from mmsearch.types import Modality, Query
from tests.mixed_collection import Sizes, build

pytestmark = [pytest.mark.data, pytest.mark.models, pytest.mark.slow]

SIZES = Sizes(pictures=80, films=8, sounds=40, functions=80)


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory, data_folder: Path) -> Path:
    folder = tmp_path_factory.mktemp("mixed")
    build(folder, data_folder, SIZES)
    return folder


@pytest.fixture(scope="module")
def indexed(collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the collection, made by the command line as a user would."""
    library = tmp_path_factory.mktemp("library")
    ran = _mmsearch("--library", library, "index", collection / "files")
    assert ran.returncode == 0, ran.stderr
    return library


def _mmsearch(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mmsearch", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)


@pytest.mark.parametrize("kind", list(Modality))
def test_the_right_file_and_place_are_found(
    kind: Modality, collection: Path, indexed: Path
) -> None:
    judged = read_judged_queries(collection / "queries.jsonl", limit=5)
    mine = [one for one in judged if one.query.modalities == (kind,)]
    with open_library(indexed, create=False) as library:
        outcomes: list[Outcome] = ask(library, mine)

    found = [one for one in outcomes if one.ranks]
    assert len(found) / len(outcomes) >= 0.75
    places = [one.located for one in found if one.located is not None]
    if kind in {Modality.VIDEO, Modality.CODE}:
        assert sum(places) / len(places) >= 0.85


def test_batch_search_answers_every_caption(collection: Path, indexed: Path) -> None:
    queries = collection / "queries.jsonl"
    batch = collection / "batch.jsonl"
    fields = {"id", "text", "types"}
    rows = [json.loads(line) for line in queries.read_text("utf-8").splitlines()]
    batch.write_text(
        "".join(json.dumps({k: row[k] for k in fields}) + "\n" for row in rows), "utf-8"
    )

    ran = _mmsearch("--library", indexed, "search", "--batch", batch, "--limit", "5")

    answers: list[dict[str, Any]] = [json.loads(line) for line in ran.stdout.splitlines()]
    assert ran.returncode == 0, ran.stderr
    assert [answer["id"] for answer in answers] == [row["id"] for row in rows]
    assert all(len(answer["hits"]) == 5 for answer in answers)


def test_one_list_holds_all_kinds_and_is_ordered_by_match(indexed: Path) -> None:
    with open_library(indexed, create=False) as library:
        hits = library.search(Query(text="a dog", limit=200, grouping=False))

    assert {hit.modality for hit in hits} == set(Modality)
    matches = [hit.match for hit in hits]
    assert matches == sorted(matches, reverse=True)
    assert all(0 <= match <= 1 for match in matches)


def test_an_example_of_any_kind_finds_itself_first(collection: Path, indexed: Path) -> None:
    with open_library(indexed, create=False) as library:
        for kind in ("pictures", "films", "sounds", "code"):
            example = sorted((collection / "files" / kind).iterdir())[3]
            assert _best(library, example) == example


def _best(library: Library, example: Path) -> Path:
    return library.search(like=(example,), limit=1)[0].path


def test_nothing_is_left_to_do_and_no_error_is_hidden(collection: Path, indexed: Path) -> None:
    with open_library(indexed, create=False) as library:
        report = library.index()
        assert library.errors() == []

    n_files = sum(path.is_file() for path in (collection / "files").rglob("*"))
    assert (report.n_found, report.n_unchanged) == (n_files, n_files)
