"""``mmsearch eval``: datasets by name, files of queries, and runs compared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mmsearch.evaluate.ablation import ABLATIONS
from mmsearch.library import Library
from mmsearch.types import Query
from tests.evaluate.tiny_data import make_all, write_rows

from .conftest import Ran, Run
from .test_commands import assert_golden


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_all(tmp_path_factory.mktemp("data"))


def without_times(ran: Ran) -> Ran:
    """The median time of a query is the last cell, with one decimal and right-aligned.

    The calibration error, three cells before it, changes with the encoder's last digits.
    """
    out = re.sub(r" +(?:\d+\.\d|ms) \|$", " MS |", ran.out, flags=re.MULTILINE)
    out = re.sub(
        r"\| +\d\.\d{3} (\| +\S+ \| +\d+ \| MS \|)$", r"| 0.000 \1", out, flags=re.MULTILINE
    )
    return Ran(ran.code, re.sub(r"-+:\|$", "-:|", out, flags=re.MULTILINE), ran.err)


def test_what_is_printed(run: Run, data: Path, tmp_path: Path) -> None:
    assert_golden("eval_help", run("eval", "--help"), tmp_path)
    assert_golden("eval_list", run("eval", "--list"), tmp_path)
    work = tmp_path / "work"
    saved = tmp_path / "saved.jsonl"

    first = run("eval", "cosqa", "esc10:2", "--data", data, "--work", work, "--save", saved)

    assert_golden("eval", without_times(first), tmp_path)
    rows = [json.loads(line) for line in saved.read_text("utf-8").splitlines()]
    assert [row["dataset"] for row in rows] == ["cosqa"] * 2 + ["esc10:2"] * 4
    assert rows[0]["ranks"] == [1]
    # As if the first question had found its function in the second place.
    write_rows(saved, [rows[0] | {"ranks": [2]}, *rows[1:]])
    again = run("eval", "cosqa", "--data", data, "--work", work, "--before", saved)
    assert_golden("eval_before", without_times(again), tmp_path)


def test_ablation_asks_again_without_each_means(run: Run, data: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    options = ("cosqa", "--data", data, "--work", tmp_path / "work", "--ablate", "--report", report)
    ran = run("eval", *options)

    table = ran.out.rpartition("\n\n")[2]
    assert [name for name in ABLATIONS if name not in table] == []
    assert "question → function" in table
    text = report.read_text("utf-8")
    assert table.strip() in text
    assert "--ablate" in text


def test_queries_of_a_users_own_library(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    lines = [
        {"text": "red", "types": ["image"], "relevant": ["things/red.png"]},
        {"text": "red", "types": ["image"], "relevant": ["things/blue sky.png"]},
        {
            "text": "sort items",
            "types": ["code"],
            "relevant": ["things/sorting.py"],
            "segment": {"first_line": 1, "last_line": 3},
        },
    ]
    queries = write_rows(tmp_path / "judged.jsonl", lines)

    means = json.loads(run("eval", queries, "--json", "--save", tmp_path / "saved.jsonl").out)

    assert means["judged"]["image"]["R@1"] == 0.5
    assert means["judged"]["image"]["MRR"] == 0.75
    assert means["judged"]["code"]["right place"] == 1
    assert len((tmp_path / "saved.jsonl").read_text().splitlines()) == 3
    assert "| image " in run("eval", queries).out
    again = run("eval", queries, "--before", tmp_path / "saved.jsonl")
    assert again.out.endswith("9 of 9 means stayed the same, query by query.\n")


def test_an_own_dataset_in_a_library_of_its_own(run: Run, folder: Path, tmp_path: Path) -> None:
    lines = [
        {"file": "red.png", "captions": ["red"]},
        {"file": "blue sky.png", "label": "blue"},
        {"content": "def join(): ...", "type": "py", "captions": ["join"]},
    ]
    items = write_rows(folder / "items.jsonl", lines)

    means = json.loads(run("eval", items, "--work", tmp_path / "work", "--json").out)["items"]

    assert (means["image"]["queries"], means["image"]["files"]) == (2, 2)
    assert means["image"]["R@1"] == 1
    assert means["code"]["queries"] == 1


def test_fewer_queries_and_fewer_hits(run: Run, data: Path, tmp_path: Path) -> None:
    options = ["--data", data, "--work", tmp_path / "work", "--json"]
    means = json.loads(run("eval", "caltech101", *options, "--limit", "1", "--hits", "1").out)
    row = means["caltech101"]["class name → images"]
    assert row["queries"] == 1
    assert row["mAP"] == 0.5, "one of two right files within one hit"


def test_a_folder_that_was_moved_or_is_named_differently_holds_no_file_twice(
    run: Run, data: Path, tmp_path: Path
) -> None:
    work, moved = tmp_path / "work", tmp_path / "moved"
    run("eval", "cosqa", "--data", data, "--work", work)
    work.rename(moved)
    work.symlink_to(moved)
    for named in (moved, tmp_path / "other" / ".." / "moved", work):
        means = json.loads(run("eval", "cosqa", "--data", data, "--work", named, "--json").out)
        assert means["cosqa"]["question → function"]["files"] == 3
        assert means["cosqa"]["question → function"]["R@1"] == 1


def test_a_report_and_its_charts(run: Run, data: Path, tmp_path: Path) -> None:
    saved, report = tmp_path / "saved.jsonl", tmp_path / "report.md"
    options = ["cosqa", "--data", data, "--work", tmp_path / "work"]
    run("eval", *options, "--save", saved)

    ran = run("eval", *options, "--before", saved, "--report", report, "--json")

    assert json.loads(ran.out)["cosqa"], "the output is JSON and nothing else"
    assert ran.err.count(".svg") == 2
    text = report.read_text("utf-8")
    assert f"mmsearch eval cosqa --data {data}" in text
    assert "fake@1" in text
    assert f"## Compared with {saved}" in text
    assert (tmp_path / "report.svg").exists()
    assert (tmp_path / "report-cosqa.svg").exists()


def test_a_run_of_other_queries_is_told_after_the_report(
    run: Run, data: Path, tmp_path: Path
) -> None:
    saved, report = tmp_path / "saved.jsonl", tmp_path / "report.md"
    options = ["--data", data, "--work", tmp_path / "work"]
    run("eval", "cosqa", *options, "--save", saved)

    ran = run("eval", "caltech101", *options, "--before", saved, "--report", report)

    assert ran.code == 1
    assert "other queries" in ran.err
    assert "Compared" not in report.read_text("utf-8")


def test_the_data_folder_may_come_from_the_environment(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MMSEARCH_DATA", str(data))
    assert run("eval", "cosqa", "--work", tmp_path / "work").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "--list shows"),
        (["flickr9k"], 1, "Did you mean flickr8k"),
        (["no/such.jsonl"], 1, "cannot be read"),
        (["cosqa"], 1, "--data DIR"),
        (["cosqa", "--before", "no/such.jsonl"], 1, "holds no outcomes"),
        (["cosqa", "--limit", "0"], 2, "x>=1"),
        (["a/q.jsonl", "b/q.jsonl"], 1, "both be called q"),
    ],
)
def test_wrong_use(
    run: Run,
    arguments: list[str],
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MMSEARCH_DATA", raising=False)
    ran = run("eval", *arguments)
    assert ran.code == code
    assert message in ran.err
    assert ran.out == ""


def test_unreadable_files_are_told_and_the_rest_measured(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    lines = [
        {"file": "red.png", "captions": ["red"]},
        {"file": "empty.jpg", "captions": ["nothing"]},
    ]
    ran = run("eval", write_rows(folder / "items.jsonl", lines), "--work", tmp_path / "work")
    assert ran.code == 0
    assert "1 files could not be read; see: mmsearch --library" in ran.err
    assert "0.500" in ran.out


def test_files_that_git_ignores_are_not_missed_in_silence(
    run: Run, data: Path, tmp_path: Path
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("work/\n")
    ran = run("eval", "cosqa", "--data", data, "--work", tmp_path / "work")
    assert ran.code == 1
    assert "3 of 3 files were passed over" in ran.err
    assert ".gitignore" in ran.err


def test_an_empty_library_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    run("index", tmp_path / "nothing")
    queries = write_rows(tmp_path / "q.jsonl", [{"text": "x", "relevant": ["a.jpg"]}])
    assert "The library is empty" in run("eval", queries).err


def test_an_interrupted_run_keeps_what_was_asked(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Library.search
    asked: list[str] = []

    def search(self: Library, query: Query) -> object:
        asked.append(query.text)
        if len(asked) == 4:
            raise KeyboardInterrupt
        return real(self, query)

    monkeypatch.setattr(Library, "search", search)
    saved = tmp_path / "saved.jsonl"

    ran = run(
        "eval", "cosqa", "esc10", "--data", data, "--work", tmp_path / "work", "--save", saved
    )

    assert ran.code == 130
    assert len(saved.read_text().splitlines()) == 3
    assert ran.out.startswith("cosqa")
    assert "esc10" not in ran.out
