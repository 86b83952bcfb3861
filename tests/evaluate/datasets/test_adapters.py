"""Every adapter on tiny data, through a library, with an encoder without weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.evaluate.bench import Bench, build_bench
from mmsearch.evaluate.datasets import DATASETS
from mmsearch.evaluate.measure import Means, ask, summarise
from mmsearch.library import Library
from mmsearch.settings import Settings
from tests.conftest import FakeEncoder
from tests.evaluate.tiny_data import LANGUAGES, make_all, make_cosqa


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_all(tmp_path_factory.mktemp("data"))


def measured(bench: Bench) -> dict[str, Means]:
    settings = Settings(decode_in_process=True)
    with Library(bench.library, FakeEncoder(), settings) as library:
        library.add(bench.files)
        report = library.index()
        assert report.n_failed == 0
        return summarise(ask(library, bench.judged, dataset=bench.name))[bench.name]


def test_flickr8k_asks_both_ways(data: Path, tmp_path: Path) -> None:
    rows = measured(build_bench("flickr8k", data, tmp_path))

    assert list(rows) == ["text → image", "image → text"]
    assert rows["text → image"]["queries"] == 40
    assert rows["text → image"]["files"] == 8
    assert rows["image → text"]["queries"] == 8
    assert rows["image → text"]["files"] == 40
    # Two pictures of a colour answer the same caption; either may be the right one.
    assert rows["text → image"]["R@1"] == pytest.approx(0.5, abs=0.2)
    assert rows["text → image"]["R@5"] > 0.9


def test_caltech101_ranks_all_pictures_of_a_class(data: Path, tmp_path: Path) -> None:
    rows = measured(build_bench("caltech101", data, tmp_path))
    assert rows["class name → images"]["mAP"] == 1
    assert rows["class name → images"]["queries"] == 3


def test_esc10_searches_within_a_fold(data: Path, tmp_path: Path) -> None:
    rows = measured(build_bench("esc10", data, tmp_path))

    assert len(rows) == 4
    assert rows["class name → sounds of fold 2"]["files"] == 4
    assert rows["class name → sounds of fold 2"]["mAP"] == 1
    one = measured(build_bench("esc10:2", data, tmp_path))
    assert [row for row in one if "fold 1" in row] == []


def test_cosqa_keeps_functions_nobody_asks_for(data: Path, tmp_path: Path) -> None:
    rows = measured(build_bench("cosqa", data, tmp_path))
    assert rows["question → function"]["files"] == 3
    assert rows["question → function"]["queries"] == 2
    assert rows["question → function"]["R@1"] == 1


def test_humaneval_x_asks_by_language_and_in_all(data: Path, tmp_path: Path) -> None:
    bench = build_bench("humaneval_x", data, tmp_path)
    rows = measured(bench)

    assert list(rows) == [
        *(f"comment → {language}" for language in LANGUAGES),
        "description → any language",
    ]
    assert rows["comment → go"]["R@1"] == 1
    assert rows["description → any language"]["files"] == 12
    code = (bench.files / "java" / "001.java").read_text()
    assert code == "max ( all ) {\n  Give max all\n}\n", "no imports, no comment"
    texts = {one.id: one.query.text for one in bench.judged}
    assert texts["go 1"] == "Give the max of all.\n>>> max([1, 2])"
    assert texts["cpp 1"] == texts["go 1"]
    assert texts["any 1"] == "Give the max of all."


def test_videos_know_their_shots(data: Path, tmp_path: Path) -> None:
    rows = measured(build_bench("videos", data, tmp_path))

    assert rows["text → film and shot"]["queries"] == 40
    assert rows["text → film and shot"]["files"] == 2
    assert rows["text → film and shot"]["right place"] > 0.9
    assert rows["picture → film and shot"]["right place"] == 1


def test_moments_are_found_in_their_film(data: Path, tmp_path: Path) -> None:
    rows = measured(build_bench("moments", data, tmp_path))

    assert list(rows) == [
        "caption → moment of its film",
        "caption → film and moment",
        "class name → moment of its film",
        "class name → film and moment",
        "two captions in order → film",
    ]
    assert rows["caption → moment of its film"]["queries"] == 6
    assert rows["caption → moment of its film"]["files"] == 1
    # Of six scenes two pairs have the same colour, so that one of a pair is found.
    assert rows["caption → moment of its film"]["R1@0.7"] == pytest.approx(4 / 6, abs=0.01)
    assert rows["class name → film and moment"]["R1@0.7"] == 1
    assert rows["two captions in order → film"]["files"] == 2


@pytest.mark.parametrize("name", list(DATASETS))
def test_missing_data_are_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(UserError, match="not complete") as caught:
        build_bench(name, tmp_path / "data", tmp_path / "work")
    assert "--data" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("flickr9k", "no dataset called"),
        ("caltech101:2", "no parts"),
        ("esc10:7", "no fold 7"),
        ("humaneval_x:perl", "no 'perl'"),
        ("cosqa:test", "test.jsonl cannot be read"),
    ],
)
def test_wrong_names_and_parts_are_told(
    name: str, message: str, data: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=message):
        build_bench(name, data, tmp_path)


def test_no_data_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No data folder was named"):
        build_bench("esc10", None, tmp_path)
    with pytest.raises(UserError, match="There is no data folder"):
        build_bench("esc10", tmp_path / "nowhere", tmp_path)


@pytest.mark.parametrize(
    ("line", "message"),
    [("{", "line 1 is no JSON"), ('{"query": "x"}', "has no 'function'"), ("", "is empty")],
)
def test_wrong_rows_are_told(line: str, message: str, tmp_path: Path) -> None:
    make_cosqa(tmp_path / "data")
    (tmp_path / "data" / "cosqa" / "dev.jsonl").write_text(line + "\n" if line else "")
    with pytest.raises(UserError, match=message):
        build_bench("cosqa", tmp_path / "data", tmp_path / "work")


def test_every_adapter_describes_itself() -> None:
    for name in DATASETS:
        summary = (DATASETS.get(name).__doc__ or "").splitlines()[0]
        assert summary.endswith("."), name
