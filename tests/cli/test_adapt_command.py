"""``mmsearch adapt``."""

from __future__ import annotations

import json
from pathlib import Path

from tests.adapting.conftest import save_things
from tests.cli.conftest import Run


def test_learning_showing_switching_and_forgetting(run: Run, tmp_path: Path) -> None:
    save_things(tmp_path / "things", are_telling=True)
    run("index", tmp_path / "things")

    assert run("adapt", "--show").out == "Nothing is learned.\n"
    learned = run("adapt")
    assert learned.code == 0
    assert learned.out.startswith("code   kept: better on held-out files: reciprocal rank ")
    assert learned.out.endswith("Searches use it.\n")
    assert run("adapt", "--show").out == learned.out
    assert "cosine unadapted" in run("search", "mira", "--explain").out

    assert run("adapt", "--off").out.endswith("It is off.\n")
    assert "cosine unadapted" not in run("search", "mira", "--explain").out
    told = json.loads(run("adapt", "--show", "--json").out)
    assert not told["on"]
    assert told["kinds"]["code"]["kept"]
    assert run("adapt", "--forget", "--json").out == "null\n"
    assert run("adapt", "--on").out == "Nothing is learned.\n"


def test_too_few_names_are_refused(run: Run, folder: Path) -> None:
    run("index", folder)
    told = run("adapt").out
    assert "image  refused: too few: 2 files with 2 names, 60 with 12 are needed" in told
    assert "Searches use it" not in told
