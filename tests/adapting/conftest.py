"""A library whose owner has words of their own for things."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.files import save_text

NAMES = (
    *("mira", "bodo", "wiko", "tanu", "pelle", "rufo", "zita", "hugo", "kalle", "lotti"),
    *("nanu", "oskar", "quint", "sepp", "vroni", "yara"),
)
_OF_EACH = 6
_WITHOUT_NAMES = 2


def thing(place: int) -> str:
    """What stands in the files of a name, beside much else."""
    return f"thing{place}"


def save_things(folder: Path, *, are_telling: bool) -> None:
    """Files called by NAMES, which say what is in them or not, and some called by numbers."""
    chance = np.random.default_rng(0)
    of_what = [place for place in range(len(NAMES)) for _ in range(_OF_EACH)]
    called = of_what if are_telling else chance.permutation(of_what).tolist()
    for number, (name, what) in enumerate(zip(called, of_what, strict=True)):
        save_text(folder / f"{NAMES[name]} {number}.txt", _content(what, chance))
    for what in range(len(NAMES)):
        for number in range(_WITHOUT_NAMES):
            save_text(folder / f"IMG_{what}_{number}.txt", _content(what, chance))


def _content(what: int, chance: np.random.Generator) -> str:
    filler = (f"word{number}" for number in chance.integers(0, 10_000, 4))
    return " ".join((thing(what), thing(what), *filler))


@pytest.fixture
def named_folder(tmp_path: Path) -> Path:
    save_things(tmp_path / "things", are_telling=True)
    return tmp_path / "things"
