from __future__ import annotations

import os
from pathlib import Path

import pytest

from mmsearch.store.durable import DurableFolder


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is synced, in order."""
    names: list[str] = []
    opened: dict[int, str] = {}
    real_open = os.open

    def told_open(path: str | Path, *arguments: int) -> int:
        handle = real_open(path, *arguments)
        opened[handle] = Path(path).name
        return handle

    monkeypatch.setattr(os, "open", told_open)
    monkeypatch.setattr(os, "fsync", lambda handle: names.append(opened[handle]))
    return names


def test_data_is_on_the_disk_before_what_names_it(tmp_path: Path, synced: list[str]) -> None:
    for name in ("_versions/1", "_transactions/t", "data/b", "data/a"):
        (tmp_path / "table" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "table" / name).touch()

    folder = DurableFolder(tmp_path)
    folder.sync()

    assert synced[:3] == ["a", "b", "1"]
    assert sorted(synced[3:]) == ["_versions", "data", "table"]


def test_only_what_is_new_is_synced_again(tmp_path: Path, synced: list[str]) -> None:
    (tmp_path / "old").touch()
    folder = DurableFolder(tmp_path)
    folder.sync()
    synced.clear()

    folder.sync()
    assert synced == []
    (tmp_path / "old").unlink()
    (tmp_path / "new").touch()
    folder.sync()
    assert synced == ["new", tmp_path.name]


def test_what_goes_meanwhile_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "mmsearch.store.durable._files", lambda folder: iter([str(tmp_path / "gone")])
    )
    DurableFolder(tmp_path).sync()
