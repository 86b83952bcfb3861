"""A library that is told to use other models, while it is open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.encode import opening
from mmsearch.errors import ModelError
from mmsearch.library import open_library
from mmsearch.settings import Settings
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture
from tests.test_changed_encoder import NEW, OLD, NewEncoder

HERE = Settings(decode_in_process=True, grouping=False)
OTHER = replace(HERE, models=("other",))


@pytest.fixture(autouse=True)
def _models(monkeypatch: pytest.MonkeyPatch) -> None:
    """One model that may be installed, and none that is called anything else."""

    def open_encoder(models: tuple[str, ...], device: str) -> FakeEncoder:
        if models not in ((), ("other",)):
            raise ModelError(f"The model {models[0]!r} is not installed.")
        return NewEncoder() if models else FakeEncoder()

    monkeypatch.setattr(opening, "open_encoder", open_encoder)
    monkeypatch.setattr(opening, "open_encoder_of", {OLD: FakeEncoder(), NEW: NewEncoder()}.get)


def test_other_models_hold_from_the_next_run_on(tmp_path: Path) -> None:
    save_picture(tmp_path / "files" / "red.png", RED)
    save_picture(tmp_path / "files" / "blue.png", BLUE)
    with open_library(tmp_path / "library", settings=HERE) as library:
        library.add(tmp_path / "files")
        library.index()
        library.use_settings(OTHER)
        assert library.status().n_outdated == 2
        assert library.search("red")[0].path.name == "red.png", "as the one before says"
        assert library.status().answering == OLD
        library.index()
        status = library.status()
        assert (status.n_outdated, status.answering) == (0, NEW)
        assert library.search("red")[0].path.name == "red.png"
        library.use_settings(HERE)
        library.index()
        assert library.status().answering == OLD


def test_models_that_are_not_there_change_nothing(tmp_path: Path) -> None:
    with open_library(tmp_path / "library", settings=HERE) as library:
        with pytest.raises(ModelError, match="is not installed"):
            library.use_settings(replace(HERE, models=("gone",)))
        assert library.settings == HERE
        assert library.status().spaces == (OLD,)
