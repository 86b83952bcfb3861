"""The scripts of packaging/ are no package; they are imported as they import each other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"
_SCRIPTS = ("run", "test", "setup_environment", "installing", "system_packages", "python_version")


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the scripts on the path, and forget them afterwards: "test" is a module of Python too."""
    monkeypatch.syspath_prepend(PACKAGING)
    kept = {name: sys.modules.pop(name) for name in _SCRIPTS if name in sys.modules}
    yield
    for name in _SCRIPTS:
        sys.modules.pop(name, None)
    sys.modules.update(kept)
