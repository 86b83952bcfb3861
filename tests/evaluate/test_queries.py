from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from mmsearch.errors import UserError
from mmsearch.evaluate.bench import build_own_bench
from mmsearch.evaluate.queries import JudgedQuery, read_judged_queries, sample
from mmsearch.types import LineRange, Modality, Query, TimeRange
from tests.evaluate.tiny_data import write_rows
from tests.files import RED, save_picture, save_text


def read(folder: Path, *rows: dict[str, Any]) -> list[JudgedQuery]:
    return read_judged_queries(write_rows(folder / "q.jsonl", list(rows)), limit=7)


def test_a_query_line(tmp_path: Path) -> None:
    row = {
        "id": "one",
        "text": "a dog",
        "like": ["dog.jpg"],
        "not": ["cats"],
        "types": ["video"],
        "relevant": ["dog.mp4"],
        "segment": {"start_s": 1, "end_s": 2.5},
        "group": "dogs",
    }
    (one,) = read(tmp_path, row)

    assert one.id == "one"
    assert one.row == "dogs"
    assert one.relevant == {tmp_path / "dog.mp4"}
    assert one.place == TimeRange(1, 2.5)
    assert one.query == Query(
        text="a dog",
        like=(tmp_path / "dog.jpg",),
        avoid=("cats",),
        modalities=(Modality.VIDEO,),
        limit=7,
    )
    (plain,) = read(tmp_path, {"text": "x", "relevant": ["a.py"]})
    assert plain.row == "all"
    lines = {"first_line": 3, "last_line": 4}
    (placed,) = read(tmp_path, {"text": "x", "relevant": ["a.py"], "segment": lines})
    assert placed.place == LineRange(3, 4)


def test_captions_and_labels_become_queries(tmp_path: Path) -> None:
    judged = read(
        tmp_path,
        {"file": "dog.jpg", "captions": ["a dog", "a brown dog"]},
        {"file": "bark.ogg", "label": "dog bark"},
        {"file": "yap.ogg", "labels": ["dog bark", "small dog"]},
        {"file": "yap.jpg", "label": "dog bark"},
    )

    found = {one.id: (one.query.text, one.query.modalities, len(one.relevant)) for one in judged}
    image, audio = Modality.IMAGE, Modality.AUDIO
    assert found == {
        "1-0": ("a dog", (image,), 1),
        "1-1": ("a brown dog", (image,), 1),
        "dog bark": ("dog bark", (image, audio), 3),
        "small dog": ("small dog", (audio,), 1),
    }


def test_an_own_dataset_gets_a_folder(tmp_path: Path) -> None:
    picture = save_picture(tmp_path / "mine" / "red.png", RED)
    path = write_rows(
        tmp_path / "mine" / "things.jsonl",
        [
            {"file": "red.png", "captions": ["red"]},
            {"text": "rot", "relevant": ["red.png"], "types": ["image"]},
            {"content": "def add(): ...", "type": "py", "captions": ["sum"]},
        ],
    )

    bench = build_own_bench(path, tmp_path / "work", limit=5)

    assert bench.name == "things"
    files = sorted(path for path in bench.files.rglob("*") if path.is_file())
    assert [path.name for path in files] == ["000000 red.png", "000003.py"]
    assert files[0].resolve() == picture
    assert files[1].read_text() == "def add(): ..."
    assert [one.relevant for one in bench.judged] == [{files[0]}, {files[0]}, {files[1]}]


def test_a_text_without_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--work"):
        read(tmp_path, {"content": "x", "captions": ["y"]})


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"text": "x"}',
        '{"text": "x", "relevant": []}',
        '{"file": "x.jpg", "captions": "a dog"}',
        '{"file": "x.jpg", "labels": "a dog"}',
        '{"file": "x.unknown", "captions": ["a dog"]}',
        '{"text": "x", "relevant": ["a"], "types": ["vidoe"]}',
    ],
)
def test_a_wrong_line_is_named(line: str, tmp_path: Path) -> None:
    good = json.dumps({"text": "x", "relevant": ["a.jpg"]})
    path = save_text(tmp_path / "q.jsonl", f"{good}\n\n{line}\n")
    with pytest.raises(UserError) as caught:
        read_judged_queries(path, limit=5)
    assert "line 3" in caught.value.message or "no kind of file" in caught.value.message


def test_a_file_without_queries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no queries"):
        read(tmp_path)
    with pytest.raises(UserError, match="cannot be read"):
        read_judged_queries(tmp_path / "nowhere.jsonl", limit=5)


def test_a_sample_is_spread_evenly_over_every_row() -> None:
    def named(group: str, count: int) -> list[JudgedQuery]:
        query = Query(text="x")
        return [JudgedQuery(f"{group}{n}", query, frozenset(), None, group) for n in range(count)]

    judged = [*named("a", 100), *named("b", 50), *named("c", 2)]

    kept = sample(judged, 15)

    counts = {row: sum(one.row == row for one in kept) for row in "abc"}
    assert counts["a"] in (10, 11)
    assert counts["b"] in (5, 6)
    assert counts["c"] == 1
    places = [int(one.id[1:]) for one in kept if one.row == "a"]
    gaps = [after - before for before, after in itertools.pairwise(places)]
    assert max(gaps) <= 12
    assert sample(judged, 1000) == judged
    assert sample(judged, 15) == kept
