"""Real indexing processes: followed, stopped, killed, left alone, and watching."""

from __future__ import annotations

import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from mmsearch.background import indexer as indexer_module
from mmsearch.background.board import Phase, is_held, read_notice
from mmsearch.background.indexer import Indexer
from mmsearch.errors import IndexerLostError, LibraryError
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import IndexReport, Progress
from tests.background.process import SIGN, start_waiting, wait_until
from tests.conftest import PATIENCE_S, FakeEncoder
from tests.files import BLUE, RED, save_picture

N_PICTURES = 60


@pytest.fixture(autouse=True)
def sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where there is this file, runs go on to their end."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv(SIGN, str(tmp_path / "go on"))
    return tmp_path / "go on"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in range(N_PICTURES):
        save_picture(tmp_path / "pictures" / f"{place:03}.png", RED, spot=place)
    return tmp_path / "pictures"


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=FakeEncoder(), settings=settings) as made:
        made.add(folder)
        yield made


@pytest.fixture
def indexer(library: Library, sign: Path) -> Iterator[Indexer]:
    made = Indexer(library.path, start_waiting)
    yield made
    sign.touch()
    made.leave_it_alone()
    made.leave()
    wait_until(lambda: not is_held(library.path))


@pytest.fixture(autouse=True)
def _no_endless_waiting() -> Iterator[None]:
    """What follows a process may wait for ever where the process does."""
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("it took too long"))
    signal.alarm(round(2 * PATIENCE_S))
    yield
    signal.alarm(0)


def finished(steps: Generator[Progress, None, IndexReport]) -> IndexReport:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: IndexReport = end.value
            return report


def until_midway(steps: Generator[Progress, None, IndexReport]) -> None:
    """Follow a run until some files are done; then it waits."""
    while next(steps).n_done == 0:
        pass


def n_found(library: Library) -> int:
    return len(library.search("red", limit=1000))


def test_a_run_is_followed_and_the_process_ends_with_it(
    library: Library, indexer: Indexer, sign: Path
) -> None:
    assert indexer.notice() is None
    steps = indexer.indexing()
    until_midway(steps)
    notice = indexer.notice()
    assert notice is not None
    assert notice.pid != os.getpid()
    with pytest.raises(LibraryError, match=rf"process {notice.pid} \(.*index --serve\), since 20"):
        library.add(library.path.parent)
    sign.touch()
    assert finished(steps).n_indexed == N_PICTURES
    assert n_found(library) == N_PICTURES
    wait_until(lambda: not is_held(library.path))
    assert indexer.notice() is None


def test_a_stopped_run_makes_room_and_goes_on_when_asked(
    library: Library, indexer: Indexer, tmp_path: Path, sign: Path
) -> None:
    indexer.attend()
    stop: list[bool] = []
    steps = indexer.indexing(stop=lambda: bool(stop))
    until_midway(steps)
    stop.append(True)
    assert finished(steps).stopped
    assert 0 < n_found(library) < N_PICTURES
    pid = read_notice(library.path).pid  # type: ignore[union-attr]
    library.add(save_picture(tmp_path / "more" / "x.png", BLUE).parent)
    sign.touch()
    report = finished(indexer.indexing())
    assert not report.stopped
    assert n_found(library) == N_PICTURES + 1
    assert read_notice(library.path).pid == pid  # type: ignore[union-attr]


def test_a_killed_process_is_noticed_and_the_next_one_finishes(
    library: Library, indexer: Indexer, sign: Path
) -> None:
    steps = indexer.indexing()
    until_midway(steps)
    os.kill(indexer.notice().pid, signal.SIGKILL)  # type: ignore[union-attr]
    with pytest.raises(IndexerLostError, match="start it again"):
        finished(steps)
    sign.touch()
    finished(indexer.indexing())
    assert n_found(library) == library.status().n_segments == N_PICTURES


def test_a_process_that_cannot_start_says_why(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(library.path))
    (library.path / "mmsearch").mkdir()
    (library.path / "mmsearch" / "config.toml").write_text("nonsense = 1\n")
    with pytest.raises(IndexerLostError, match="nonsense"):
        finished(Indexer(library.path, start_waiting).indexing())


def test_a_run_outlives_its_window_and_the_next_window_follows_it(
    library: Library, indexer: Indexer, sign: Path
) -> None:
    leave: list[bool] = []
    indexer.attend()
    steps = indexer.indexing(leave=lambda: bool(leave))
    until_midway(steps)
    leave.append(True)
    assert finished(steps).stopped, "as far as this window knows"
    indexer.leave_it_alone()

    later = Indexer(library.path, start_waiting)
    assert later.notice().phase is Phase.RUNNING  # type: ignore[union-attr]
    following = later.following()
    assert next(following).n_done > 0
    sign.touch()
    assert finished(following).n_indexed == N_PICTURES
    assert n_found(library) == N_PICTURES
    wait_until(lambda: not is_held(library.path))
    assert finished(later.following()).n_found == 0, "there is nothing to follow any more"


def test_while_a_window_attends_changes_are_indexed_by_themselves(
    library: Library, indexer: Indexer, folder: Path, sign: Path
) -> None:
    sign.touch()
    indexer.attend()
    finished(indexer.indexing())
    wait_until(lambda: read_notice(library.path).phase is Phase.WATCHING)  # type: ignore[union-attr]
    save_picture(folder / "deep" / "blue.png", BLUE)
    (folder / "000.png").unlink()
    names: set[str] = set()

    def is_seen() -> bool:
        names.clear()
        names.update(hit.path.name for hit in library.search("red", limit=1000))
        return "blue.png" in names and "000.png" not in names

    wait_until(is_seen)
    assert len(names) == N_PICTURES
    indexer.leave_it_alone()
    wait_until(lambda: not is_held(library.path))


def test_a_wish_that_came_too_late_starts_another_process(
    library: Library, indexer: Indexer, sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process seemed to live when it was asked, and was about to end."""
    sign.touch()
    answers = iter([True])
    real = indexer_module.is_held
    monkeypatch.setattr(indexer_module, "is_held", lambda path: next(answers, None) or real(path))
    assert finished(indexer.indexing()).n_indexed == N_PICTURES
