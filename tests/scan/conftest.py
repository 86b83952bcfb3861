"""Trees of files to walk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.walk import FoundFile, walk
from mmsearch.types import FailedFile

Plant = Callable[..., Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Write files, each given as "relative/path" or "relative/path=content"."""

    def write(*paths: str) -> Path:
        root = tmp_path / "root"
        root.mkdir(exist_ok=True)
        for relative in paths:
            name, _, content = relative.partition("=")
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content or "x", encoding="utf-8")
        return root

    return write


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of a user for whom access rights count; root may read everything."""
    with tempfile.TemporaryDirectory() as folder:
        if not hasattr(os, "geteuid"):
            pytest.skip("this system has no such access rights")
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(folder, 65534, 65534)
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if is_root:
                os.seteuid(0)


def found_paths(root: Path, rules: IgnoreRules | None = None) -> list[str]:
    """Relative paths that a walk finds, in its order."""
    items = walk(root, rules or IgnoreRules())
    return [item.relative_path for item in items if isinstance(item, FoundFile)]


def failures(root: Path) -> dict[str, FailedFile]:
    """What a walk could not look at, by name."""
    items = walk(root, IgnoreRules())
    return {item.path.name: item for item in items if isinstance(item, FailedFile)}
