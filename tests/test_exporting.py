"""Results and the index in files that other programs read."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest

from mmsearch.errors import UserError
from mmsearch.exporting import export_hits
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture, save_text


@pytest.fixture
def library(tmp_path: Path) -> Library:
    save_picture(tmp_path / "files" / 'red, "quoted".png', RED)
    save_picture(tmp_path / "files" / "copy.png", BLUE)
    save_picture(tmp_path / "files" / "blue.png", BLUE)
    save_text(tmp_path / "files" / "needle.py", "def needle(hay):\n    return hay\n")
    settings = Settings(decode_in_process=True, grouping=False)
    with open_library(tmp_path / "l", encoder=FakeEncoder(), settings=settings) as library:
        library.add(tmp_path / "files")
        library.index()
    return library


def test_results_in_all_formats_say_the_same(library: Library, tmp_path: Path) -> None:
    hits = library.search("red")
    for ending in ("csv", "jsonl", "parquet"):
        export_hits(hits, tmp_path / f"hits.{ending}")

    with (tmp_path / "hits.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [json.loads(line) for line in (tmp_path / "hits.jsonl").read_text().splitlines()]
    table = pyarrow.parquet.read_table(tmp_path / "hits.parquet").to_pylist()

    assert lines == [hit.to_json() for hit in hits]
    assert [row["path"] for row in rows] == [row["path"] for row in table]
    assert [row["path"] for row in table] == [str(hit.path) for hit in hits]
    assert [float(row["match"]) for row in rows] == [hit.match for hit in hits]
    code = next(row for row in table if row["modality"] == "code")
    assert (code["first_line"], code["start_s"]) == (1, None)


def test_no_results_are_a_file_with_no_rows(tmp_path: Path) -> None:
    export_hits([], tmp_path / "hits.parquet")
    export_hits([], tmp_path / "hits.csv")
    assert pyarrow.parquet.read_table(tmp_path / "hits.parquet").num_rows == 0
    assert (tmp_path / "hits.csv").read_text("utf-8-sig").startswith("rank,path,")


def test_other_endings_and_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no format") as caught:
        export_hits([], tmp_path / "hits.xlsx")
    assert ".parquet" in caught.value.hint
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be written"):
        export_hits([], tmp_path / "file" / "hits.csv")


def test_the_index_leaves_with_its_vectors(library: Library, tmp_path: Path) -> None:
    with library._store.writing():
        library._store.commit([], [])
    paths = library.export_index(tmp_path / "out")

    assets, segments = (pyarrow.parquet.read_table(path) for path in paths)
    assert sorted(assets["path"].to_pylist()) == sorted(
        str(path) for path in (tmp_path / "files").iterdir()
    )
    assert segments.num_rows == 3, "copies share their segment"
    by_content = dict(zip(segments["content_id"].to_pylist(), segments["vector"], strict=True))
    red = next(row for row in assets.to_pylist() if "red" in row["relative_path"])
    expected = FakeEncoder().encode_texts(["red"])[0]
    assert np.allclose(by_content[red["content_id"]].as_py(), expected, atol=1e-3)

    with pytest.raises(UserError, match="exists already"):
        library.export_index(tmp_path / "out")
