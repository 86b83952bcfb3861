"""Paths as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.paths import full_path


def test_a_way_up_and_down_again_is_the_same_path(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert full_path(tmp_path / "a" / ".." / "a") == full_path(tmp_path / "a")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    assert full_path(tmp_path / "link") == tmp_path / "link"


def test_up_from_a_link_is_up_from_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "far" / "away").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "far" / "away")
    assert full_path(tmp_path / "link" / "..") == tmp_path / "far"


def test_relative_and_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert full_path("x") == tmp_path / "x"
    assert full_path("~/x") == tmp_path / "x"
