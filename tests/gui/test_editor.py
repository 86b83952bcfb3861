"""Commands that open an editor at a line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui import editor
from mmsearch.gui.editor import (
    EDITORS,
    editor_command,
    installed_editors,
    open_in_editor,
    split_template,
)

CODE = Path("/code/my project/it's.py")


def with_programs(*names: str) -> Callable[[str], str | None]:
    return lambda name: f"/usr/bin/{name}" if name in names else None


@pytest.mark.parametrize("name", sorted(EDITORS))
def test_every_editor_gets_the_path_as_one_word_and_the_line(name: str) -> None:
    command = editor_command(name, CODE, 42, with_programs(name, "xterm"))
    assert command is not None
    assert name in command[:3]
    assert any(word.startswith(str(CODE)) for word in command)
    assert any("42" in word for word in command)


def test_the_first_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    found = editor_command("auto", CODE, 7, with_programs("kate", "pycharm"))
    assert found == ["pycharm", "--line", "7", str(CODE)]
    assert editor_command("auto", CODE, 7, with_programs()) is None
    monkeypatch.setenv("EDITOR", "mine --wait")
    assert editor_command("auto", CODE, 7, with_programs("mine")) == [
        "mine", "--wait", "+7", str(CODE),
    ]  # fmt: skip
    assert editor_command("auto", CODE, 7, with_programs()) is None


def test_terminal_editors_get_a_terminal() -> None:
    found = editor_command("vim", CODE, 7, with_programs("vim", "konsole"))
    assert found == ["konsole", "-e", "vim", "+7", str(CODE)]
    with pytest.raises(UserError, match="needs a terminal"):
        editor_command("vim", CODE, 7, with_programs("vim"))


def test_a_command_of_ones_own() -> None:
    own = "'my editor' -n{line} file={path}"
    found = editor_command(own, Path("/a/{line}.py"), 7, with_programs("my editor"))
    assert found == ["my editor", "-n7", "file=/a/{line}.py"], "a name is never a place to fill in"


@pytest.mark.parametrize(
    ("template", "words"),
    [("", "empty"), ("mine 'x {path}", "open quote"), ("mine", "where the"), ("{path}", "empty")],
)
def test_a_command_that_makes_no_sense_is_said(template: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        split_template(template)


def test_an_editor_that_is_not_there_is_said() -> None:
    with pytest.raises(UserError, match="code cannot be started"):
        editor_command("code", CODE, 7, with_programs())
    assert installed_editors(with_programs("vim", "code")) == ["code", "vim"]


def test_a_real_program_is_started_with_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    code, note = tmp_path / "a.py", tmp_path / "note"
    code.write_text("x = 1\n")
    program = tmp_path / "editor"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{note}"\n')
    program.chmod(0o755)
    assert open_in_editor(f"{program} --at {{line}} {{path}}", code, 3)
    qtbot.waitUntil(lambda: note.exists() and note.read_text() == f"--at|3|{code}|")


def test_a_file_that_is_gone_and_no_editor_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="not there any more"):
        open_in_editor("auto", tmp_path / "gone.py", 1)
    monkeypatch.setattr(editor, "editor_command", lambda *_: None)
    assert not open_in_editor("auto", tmp_path, 1)
