"""Changing one setting and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.errors import UserError
from mmsearch.settings import Settings, load_settings
from mmsearch.settings_file import save_setting, with_value

FILE = """# My settings; do not touch.
decode_workers = 2   # two "cores" # really

ignore = [
    "*.tmp",  # rests
    "a # b",
]  # end
# the end
"""


def test_a_file_is_made_and_added_to(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "config.toml"
    assert save_setting("grouping", False, path) == Settings(grouping=False)
    now = save_setting("ignore", ("*.tmp", 'a "b" \\ c'), path)
    assert now == Settings(grouping=False, ignore=("*.tmp", 'a "b" \\ c'))
    assert load_settings(path) == now


def test_comments_and_other_settings_stay(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    before = load_settings(path)
    assert save_setting("decode_workers", 3, path) == replace(before, decode_workers=3)
    assert path.read_text() == FILE.replace("= 2   #", "= 3  #")
    assert save_setting("ignore", ("b",), path) == replace(before, decode_workers=3, ignore=("b",))
    assert path.read_text().split("\n") == [
        "# My settings; do not touch.",
        'decode_workers = 3  # two "cores" # really',
        "",
        'ignore = ["b"]  # end',
        "# the end",
        "",
    ]


def test_a_file_without_a_last_line_end_is_not_broken() -> None:
    assert with_value("a = 1", "b", True) == "a = 1\nb = true\n"


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)))), st.sampled_from(["", FILE]))
def test_any_text_comes_back(patterns: list[str], text: str) -> None:
    import tomllib

    assert tomllib.loads(with_value(text, "ignore", tuple(patterns)))["ignore"] == patterns


def test_a_file_that_is_wrong_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("= broken")
    with pytest.raises(UserError):
        save_setting("grouping", False, path)
    assert path.read_text() == "= broken"


def test_a_setting_that_is_not_there_is_a_mistake_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no setting"):
        save_setting("colour", 1, tmp_path / "config.toml")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be"):
        save_setting("grouping", False, tmp_path / "file" / "config.toml")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "config.toml"
    real.write_text("grouping = true\n")
    link.symlink_to(real)
    save_setting("grouping", False, link)
    assert link.is_symlink()
    assert load_settings(real) == Settings(grouping=False)
