from __future__ import annotations

from pathlib import Path

import pytest

from mmsearch.errors import UserError
from mmsearch.settings import Settings, cache_path, default_library_path, load_settings


def test_no_file_means_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()
    assert Settings().worker_count() >= 1
    assert Settings(decode_workers=3).worker_count() == 3


def test_fields_are_read_by_name(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('ignore = ["*.tmp"]\ntime_limit_s = 5\ndecode_workers = 2\n')
    assert load_settings(path) == Settings(ignore=("*.tmp",), time_limit_s=5.0, decode_workers=2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("colour = 1", "no setting 'colour'"),
        ('decode_workers = "two"', "must be of type int"),
        ("time_limit_s = true", "must be of type float"),
        ("ignore = 3", "must be of type tuple"),
        ("= broken", "cannot be read"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(UserError, match=words):
        load_settings(path)


def test_places_can_be_named_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMSEARCH_LIBRARY", "/some/library")
    monkeypatch.setenv("MMSEARCH_CACHE", "/some/cache")
    assert default_library_path() == Path("/some/library")
    assert cache_path() == Path("/some/cache")
    monkeypatch.delenv("MMSEARCH_LIBRARY")
    assert default_library_path().name == "library"
