"""Every action of the window with its keys: one table for shortcuts, menus and the key sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """What an action is called, how it is reached, and where it stands on the key sheet."""

    name: str
    text: str
    keys: tuple[str, ...]
    group: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)


def action_specs() -> list[ActionSpec]:
    """All actions in the order of the key sheet."""
    search, results, window = _tr("Search"), _tr("Results"), _tr("Window")
    rows: list[tuple[str, str, tuple[str, ...], str]] = [
        ("focus_search", _tr("Go to the search box"), ("Ctrl+L", "/"), search),
        ("escape", _tr("Clear, close, go back"), ("Esc",), search),
        ("paste", _tr("Search by the clipboard"), ("Ctrl+V",), search),
        ("screen", _tr("Search by a part of the screen"), ("Ctrl+Shift+S",), search),
        ("similar", _tr("Find similar"), ("Ctrl+F",), search),
        ("save_search", _tr("Keep the search"), ("Ctrl+S",), search),
        ("leave_out", _tr("Leave this folder out"), (), search),
        ("kind_image", _tr("Pictures only"), ("Ctrl+1",), search),
        ("kind_video", _tr("Videos only"), ("Ctrl+2",), search),
        ("kind_audio", _tr("Sounds only"), ("Ctrl+3",), search),
        ("kind_code", _tr("Code only"), ("Ctrl+4",), search),
        ("quick_look", _tr("Quick look"), ("Space",), results),
        ("like", _tr("Right: more like this"), ("G",), results),
        ("dislike", _tr("Not this: less like it"), ("B",), results),
        ("undo", _tr("Take back what was done last"), ("Ctrl+Z",), results),
        ("save_clip", _tr("Save the found part as a clip"), ("Ctrl+E",), results),
        ("next_moment", _tr("Next found place of a film or of code"), ("N",), results),
        (
            "previous_moment",
            _tr("Previous found place of a film or of code"),
            ("Shift+N",),
            results,
        ),
        ("open", _tr("Open with its program"), ("Ctrl+O",), results),
        ("edit", _tr("Open code at the found line in the editor"), ("E",), results),
        ("reveal", _tr("Show in folder"), ("Ctrl+Enter", "Ctrl+Return"), results),
        ("copy", _tr("Copy file"), ("Ctrl+C",), results),
        ("copy_picture", _tr("Copy picture"), ("C",), results),
        ("copy_path", _tr("Copy path"), ("Ctrl+Shift+C",), results),
        ("trash", _tr("Move to the trash"), ("Del",), results),
        ("stack", _tr("Open or close a stack"), ("S",), results),
        ("different", _tr("These are different"), (), results),
        ("view", _tr("Next view: grid, list, shapes, by kind"), ("L",), results),
        ("zoom_in", _tr("Larger"), ("Ctrl++", "Ctrl+="), results),
        ("zoom_out", _tr("Smaller"), ("Ctrl+-",), results),
        ("left_column", _tr("Show or hide the folders"), ("[",), window),
        ("right_column", _tr("Show or hide the preview"), ("]",), window),
        ("index", _tr("Look for new and changed files"), ("F5",), window),
        ("map", _tr("Map of the library"), ("M",), window),
        ("errors", _tr("Unreadable files"), (), window),
        ("settings", _tr("Settings"), ("Ctrl+,",), window),
        ("keys", _tr("Keys"), ("F1",), window),
        ("quit", _tr("Quit"), ("Ctrl+Q",), window),
    ]
    return [ActionSpec(*row) for row in rows]


def made_actions(
    window: QWidget,
    handlers: Mapping[str, Callable[[], object]],
    *,
    local: Mapping[str, Sequence[QWidget]],
) -> dict[str, QAction]:
    """Make all actions.

    handlers: what each does, by name; exactly the names of action_specs().
    local: actions that belong to some widgets because their key means something else elsewhere.
    """
    specs = action_specs()
    if {spec.name for spec in specs} != set(handlers):
        raise ValueError("every action needs a handler, and every handler an action")
    actions = {}
    for spec in specs:
        action = QAction(spec.text, window)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.triggered.connect(lambda _checked, act=handlers[spec.name]: act())
        owners = local.get(spec.name, ())
        if owners:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for owner in owners or (window,):
            owner.addAction(action)
        actions[spec.name] = action
    return actions


def keys_text(spec: ActionSpec) -> str:
    """The first key of an action as the system writes it."""
    if not spec.keys:
        return ""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
