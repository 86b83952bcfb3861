"""``doctor --repair``, ``backup``, ``restore``, ``export`` and ``search --export``."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet

from tests.cli.conftest import Run


def test_doctor_finds_and_mends(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    assert "ok     index: tables, snapshot, terms" in run("doctor").out
    assert run("doctor", "--repair").out.startswith("mended nothing")
    (tmp_path / "library" / "snapshot" / "7.draft").mkdir()

    wrong = run("doctor")
    assert wrong.code == 1
    assert "WRONG  index" in wrong.out
    assert "half-written files of a killed process: 1" in wrong.out
    assert "mmsearch doctor --repair" in wrong.out

    mended = run("doctor", "--repair")
    assert mended.out.startswith("mended half-written files of a killed process: 1\n")
    assert "ok     index" in mended.out
    assert "WRONG  index" not in mended.out


def test_doctor_has_nothing_to_repair_where_there_is_no_library(run: Run) -> None:
    assert "ok     index: nothing yet" in run("doctor").out
    ran = run("doctor", "--repair")
    assert ran.code == 1
    assert "no library" in ran.err


def test_a_library_goes_into_a_file_and_back(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    saved = run("backup", tmp_path / "saved.zip")
    again = run("--library", tmp_path / "again", "restore", tmp_path / "saved.zip")

    assert saved.out.startswith(f"Saved: {tmp_path / 'saved.zip'}, ")
    assert again.out == f"Restored: {tmp_path / 'again'}, 3 files\n"
    search = ("search", "red", "--json")
    assert run("--library", tmp_path / "again", *search).out == run(*search).out
    assert run("backup", tmp_path / "saved.zip").code == 1
    assert "not empty" in run("restore", tmp_path / "saved.zip").err


def test_results_and_the_index_are_written_for_others(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("index", folder)
    ran = run("search", "red", "--export", tmp_path / "hits.jsonl")
    lines = (tmp_path / "hits.jsonl").read_text().splitlines()

    assert ran.out == ""
    assert f"Written: {tmp_path / 'hits.jsonl'}, 3 results" in ran.err
    assert [json.loads(line) for line in lines] == json.loads(run("search", "red", "--json").out)
    assert run("search", "red", "--export", "hits.doc").code == 1
    assert run("search", "--batch", "-", "--export", tmp_path / "hits.csv").code == 2

    exported = run("export", tmp_path / "out")
    assert exported.out.count("Written: ") == 2
    assert pyarrow.parquet.read_table(tmp_path / "out" / "segments.parquet").num_rows == 3


def test_tables_that_cannot_be_read_are_told_and_mended(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("index", folder)
    for table in (tmp_path / "library" / "tables").glob("*.lance"):
        for data in (table / "data").iterdir():
            data.write_bytes(b"bits have rotted")

    status, wrong = run("status"), run("doctor")

    assert status.code == wrong.code == 1
    assert "cannot be read" in status.err
    assert "mmsearch doctor --repair" in status.err
    assert "table assets: cannot be read" in wrong.out
    mended = run("doctor", "--repair")
    assert mended.code == 0, mended.out
    assert "mended table assets: taken back by" in mended.out
    run("index")
    assert len(json.loads(run("search", "red", "--json").out)) == 3
