"""The library as a window holds it: it searches here, and a process of its own indexes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mmsearch.background.board import Phase, is_held, read_notice
from mmsearch.background.library import LibraryInBackground
from mmsearch.encode import opening
from mmsearch.errors import ModelError
from mmsearch.settings import Settings, settings_path
from mmsearch.settings_file import save_setting
from tests.background.process import SIGN, start_waiting, wait_until
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture
from tests.reencoding_indexer import RevisedEncoder


@pytest.fixture(autouse=True)
def sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where there is this file, runs go on to their end."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.setenv(SIGN, str(tmp_path / "go on"))
    return tmp_path / "go on"


@pytest.fixture
def library(tmp_path: Path, sign: Path) -> Iterator[LibraryInBackground]:
    made = LibraryInBackground(
        tmp_path / "library", FakeEncoder(), Settings(), starter=start_waiting
    )
    yield made
    sign.touch()
    made.close()
    wait_until(lambda: not is_held(made.path))


def test_a_window_indexes_changes_its_folders_and_leaves(
    library: LibraryInBackground, tmp_path: Path, sign: Path
) -> None:
    for place in range(40):
        save_picture(tmp_path / "one" / f"{place}.png", RED, spot=place)
    save_picture(tmp_path / "other" / "blue.png", BLUE)
    library.add(tmp_path / "one")
    steps = library.indexing()
    while next(steps).n_done == 0:
        pass
    assert library.is_indexed_elsewhere()

    library.add(tmp_path / "other")  # the run makes room
    notice = read_notice(library.path)
    assert notice is not None
    assert notice.phase is Phase.RESTING
    assert not library.is_indexed_elsewhere()
    steps.close()

    sign.touch()
    assert library.index().n_found == 41
    assert len(library.search("red", limit=100)) == 41
    library.remove(tmp_path / "other")
    assert len(library.search("red", limit=100)) == 40
    assert not library.is_abandoned()


def test_leaving_ends_the_following_and_not_the_run(
    library: LibraryInBackground, tmp_path: Path, sign: Path
) -> None:
    for place in range(40):
        save_picture(tmp_path / "one" / f"{place}.png", RED, spot=place)
    library.add(tmp_path / "one")
    steps = library.indexing(stop=lambda: library._leaves)
    while next(steps).n_done == 0:
        pass
    library.leave_indexing()
    assert list(steps) == []
    assert library.is_indexed_elsewhere()
    sign.touch()
    library.close()
    wait_until(lambda: not is_held(library.path))
    notice = read_notice(library.path)
    assert notice is not None
    assert notice.report is not None
    assert notice.report.n_indexed == 40


def test_models_that_another_program_chose_are_taken_over(
    library: LibraryInBackground, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    def open_encoder(models: tuple[str, ...], *_: object) -> FakeEncoder:
        if models == ("gone",):
            raise ModelError("The model 'gone' is not installed.")
        opened.append(models)
        return RevisedEncoder("2")

    monkeypatch.setattr(opening, "open_encoder", open_encoder)
    library.catch_up()
    assert opened == [], "nothing has changed"
    save_setting("models", ("gone",))
    library.catch_up()
    settings_path().write_text("models = [")
    library.catch_up()
    assert library.status().spaces == (FakeEncoder.spec.space,)
    settings_path().unlink()
    save_setting("models", ("other",))
    for _ in range(2):
        library.catch_up()
    assert opened == [("other",)]
    assert library.settings.models == ("other",)
    assert library.status().spaces == ("fake@2",)
