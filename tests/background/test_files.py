"""The small files that pass between an indexing process and others."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.background.asking import Do, Wish, ask, take_wishes
from mmsearch.background.attending import Attendance, somebody_attends
from mmsearch.background.board import Board, Notice, Phase, is_held, read_notice
from mmsearch.errors import LibraryError, UserError
from mmsearch.types import IndexReport, MissingFiles, Progress

NOTICES = [
    Notice(),
    Notice(7, 1.5, Phase.RUNNING, 3, ("a",), Progress("indexing", 5, waiting=(("root", 3),))),
    Notice(
        phase=Phase.WATCHING,
        report=IndexReport(
            *[1] * 8, 2.0, notes=("x",), missing=(MissingFiles("r", "/photos", 30, 100),)
        ),
        unwatched=("/nas",),
    ),
    Notice(phase=Phase.RESTING, error=("The disk is full.", "Make room.")),
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_read_as_it_was_written(tmp_path: Path, notice: Notice) -> None:
    board = Board(tmp_path)
    board.notice = notice
    board.write()
    assert read_notice(tmp_path) == notice


def test_what_cannot_be_read_is_no_notice(tmp_path: Path) -> None:
    assert read_notice(tmp_path) is None
    board = Board(tmp_path)
    board.write()
    for text in ("", "{", "[]", '{"pid": 1}', '{"phase": "dancing"}'):
        (tmp_path / "indexer" / "board.json").write_text(text)
        assert read_notice(tmp_path) is None
    board.write()
    assert read_notice(tmp_path) == Notice()


def test_the_outcome_of_a_run_is_a_report_or_an_error() -> None:
    report, nothing = IndexReport(*[1] * 8, 2.0), IndexReport(*[0] * 8, 0.0)
    assert replace(Notice(), report=report).result(nothing) is report
    assert Notice().result(nothing) is nothing
    with pytest.raises(UserError, match="full"):
        NOTICES[3].result(nothing)


def test_one_process_writes_on_the_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mmsearch.background.board._PATIENCE_S", 0.1)
    assert not is_held(tmp_path)
    first, second = Board(tmp_path), Board(tmp_path)
    assert first.take()
    assert is_held(tmp_path)
    assert not second.take()
    first.release()
    assert not is_held(tmp_path)
    assert second.take()
    second.release()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "indexer").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be written"):
        Board(tmp_path).take()
    with pytest.raises(LibraryError, match="cannot be written"):
        ask(tmp_path, Wish(Do.REST))
    with pytest.raises(LibraryError, match="cannot be written"):
        Attendance(tmp_path)
    assert not is_held(tmp_path)
    assert not somebody_attends(tmp_path)
    assert take_wishes(tmp_path) == []


def test_wishes_are_taken_once_and_in_order(tmp_path: Path) -> None:
    assert take_wishes(tmp_path) == []
    wishes = [
        Wish(Do.INDEX, "a", retry_failed=True),
        Wish(Do.REST, "b"),
        Wish(Do.INDEX, "c", retry_failed=("/x",), forget_missing=("/y", "/z")),
        Wish(Do.LEAVE),
    ]
    for wish in wishes:
        ask(tmp_path, wish)
    assert take_wishes(tmp_path) == wishes
    assert take_wishes(tmp_path) == []


def test_a_wish_of_another_version_is_passed_over(tmp_path: Path) -> None:
    ask(tmp_path, Wish(Do.REST))
    for name, text in (("0.json", '{"do": "sing"}'), ("1.json", "{")):
        (tmp_path / "indexer" / "asked" / name).write_text(text)
    assert take_wishes(tmp_path) == [Wish(Do.REST)]


def test_a_window_attends_until_it_ends(tmp_path: Path) -> None:
    assert not somebody_attends(tmp_path)
    one, other = Attendance(tmp_path), Attendance(tmp_path)
    one.end()
    assert somebody_attends(tmp_path)
    other.end()
    assert not somebody_attends(tmp_path)


def test_a_window_that_was_killed_attends_no_more(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path;"
        "from mmsearch.background.attending import Attendance;"
        "kept = Attendance(Path(sys.argv[1])); print('here', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        assert window.stdout.readline().strip() == b"here"
        assert somebody_attends(tmp_path)
        window.kill()
    assert not somebody_attends(tmp_path)
    assert list((tmp_path / "indexer" / "windows").iterdir()) == []
