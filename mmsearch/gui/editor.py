"""Opening code at a line in the editor of the person who searches."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QProcess

from mmsearch.errors import UserError

AUTO = "auto"
EDITORS: dict[str, tuple[str, str]] = {
    "code": ("VS Code", "code --goto {path}:{line}"),
    "codium": ("VSCodium", "codium --goto {path}:{line}"),
    "cursor": ("Cursor", "cursor --goto {path}:{line}"),
    "zed": ("Zed", "zed {path}:{line}"),
    "idea": ("IntelliJ IDEA", "idea --line {line} {path}"),
    "pycharm": ("PyCharm", "pycharm --line {line} {path}"),
    "subl": ("Sublime Text", "subl {path}:{line}"),
    "kate": ("Kate", "kate --line {line} {path}"),
    "gedit": ("gedit", "gedit +{line} {path}"),
    "emacs": ("Emacs", "emacs +{line} {path}"),
    "gvim": ("gVim", "gvim +{line} {path}"),
    "vim": ("Vim", "vim +{line} {path}"),
    "nvim": ("Neovim", "nvim +{line} {path}"),
}
"""Names as in the settings: what a person calls it, and its command. The likelier come first."""
_IN_TERMINAL = frozenset({"vim", "nvim", "vi", "nano", "hx"})
_TERMINALS = (
    ("x-terminal-emulator", "-e"),
    ("gnome-terminal", "--"),
    ("konsole", "-e"),
    ("xfce4-terminal", "-x"),
    ("alacritty", "-e"),
    ("kitty", ""),
    ("xterm", "-e"),
)
Which = Callable[[str], str | None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("editor", text)


def open_in_editor(setting: str, path: Path, line: int) -> bool:
    """Open a file at a line; False where no editor is known, so that its program has to do.

    setting: as in Settings.editor. Raises UserError for a file that is gone, and for an editor
    that is named but cannot be started.
    """
    if not path.exists():
        raise UserError(_tr("{0} is not there any more.").format(path.name))
    command = editor_command(setting, path, line)
    if command is None:
        return False
    started = QProcess.startDetached(command[0], command[1:])
    if not (started[0] if isinstance(started, tuple) else started):
        raise _cannot_start(command[0])
    return True


def editor_command(
    setting: str, path: Path, line: int, which: Which = shutil.which
) -> list[str] | None:
    """The words of the command; None where none is set and none is found.

    Raises UserError where the editor that is set is not installed or its command makes no sense.
    """
    if setting == AUTO:
        template = next((words for name, (_, words) in EDITORS.items() if which(name)), None)
        template = template or _from_environment()
        if template is None:
            return None
    else:
        template = EDITORS[setting][1] if setting in EDITORS else setting
    words = split_template(template)
    if which(words[0]) is None:
        if setting == AUTO:
            return None
        raise _cannot_start(words[0])
    # The line first: a name of a file may hold anything, and is not looked into again.
    filled = [word.replace("{line}", str(line)).replace("{path}", str(path)) for word in words]
    return _in_terminal(filled, which) if Path(words[0]).name in _IN_TERMINAL else filled


def split_template(template: str) -> list[str]:
    """The words of a command with {path}; raises UserError when it is none."""
    hint = _tr("Write it as in: code --goto {path}:{line}")
    try:
        words = shlex.split(template, posix=os.name != "nt")
    except ValueError:
        raise UserError(_tr("The command of the editor has an open quote."), hint) from None
    if not words or words[0].startswith("{"):
        raise UserError(_tr("The command of the editor is empty."), hint)
    if not any("{path}" in word for word in words):
        raise UserError(_tr("The command of the editor does not say where the {path} goes."), hint)
    return words


def installed_editors(which: Which = shutil.which) -> list[str]:
    """The names of the editors that are there."""
    return [name for name in EDITORS if which(name)]


def _from_environment() -> str | None:
    """VISUAL and EDITOR name a program, perhaps with options; most take +LINE."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    return f"{named} +{{line}} {{path}}" if named else None


def _in_terminal(words: list[str], which: Which) -> list[str]:
    for terminal, flag in _TERMINALS:
        if which(terminal):
            return [terminal, *filter(None, (flag,)), *words]
    raise UserError(
        _tr("{0} needs a terminal, and none was found.").format(words[0]),
        _tr("Write a command with your terminal into the settings."),
    )


def _cannot_start(name: str) -> UserError:
    return UserError(
        _tr("The editor {0} cannot be started.").format(name),
        _tr("Choose another one in the settings (Ctrl+,)."),
    )
