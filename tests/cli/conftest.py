"""The command line in this process, with an encoder without weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from mmsearch import settings
from mmsearch.cli.app import main
from mmsearch.encode.mini import bundle
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture, save_text


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``mmsearch ARGUMENTS`` on a library of the test's own."""
    monkeypatch.setattr(bundle, "open_encoder", FakeEncoder)
    monkeypatch.setattr(settings.Settings, "worker_count", lambda self: 1)
    monkeypatch.setenv("MMSEARCH_LIBRARY", str(tmp_path / "library"))

    def run_command(*arguments: str | Path) -> Ran:
        capfd.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pictures, a piece of code, and a file that cannot be read."""
    folder = tmp_path / "things"
    save_picture(folder / "red.png", RED)
    save_picture(folder / "blue sky.png", BLUE)
    save_text(folder / "sorting.py", 'def bubble(items):\n    """sort the items"""\n    return 1\n')
    (folder / "empty.jpg").touch()
    return folder
