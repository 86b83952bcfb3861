"""What a chip says: the parts of a query in the words of the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from mmsearch.expression import Between, Example, Field, Node, Not, OneOf, Words
from mmsearch.gui.texts import kind_name, size_text
from mmsearch.present.words import clock
from mmsearch.query.printing import to_text
from mmsearch.types import Modality


def _tr(text: str) -> str:
    return QCoreApplication.translate("chips", text)


def field_name(field: Field) -> str:
    """Name what a filter looks at."""
    names = {
        Field.TYPE: _tr("Kind"),
        Field.FOLDER: _tr("Folder"),
        Field.EXTENSION: _tr("Extension"),
        Field.DATE: _tr("Date"),
        Field.SIZE: _tr("Size"),
        Field.DURATION: _tr("Length"),
        Field.CAMERA: _tr("Camera"),
        Field.LANGUAGE: _tr("Language"),
        Field.NAME: _tr("Name"),
        Field.TAG: _tr("Tags"),
    }
    return names[field]


def chip_words(node: Node) -> tuple[str, str]:
    """What a part of a query is, and its value: ("Date", "2023")."""
    match node:
        case Not(Words(text)):
            return _tr("Not"), text
        case Not(part):
            name, value = chip_words(part)
            return _tr("Not"), f"{name}: {value}"
        case OneOf(field, values):
            return field_name(field), ", ".join(_value(field, value) for value in values)
        case Between(field, low, high):
            return field_name(field), _range(node, field, low, high)
        case Example(path):
            return _tr("Like"), Path(path).name
        case _:
            return "", to_text(node)


def _value(field: Field, value: str) -> str:
    if field is Field.FOLDER:
        return Path(value).name or value
    return kind_name(Modality(value)) if field is Field.TYPE else value


def _range(node: Between, field: Field, low: int | None, high: int | None) -> str:
    if field is Field.DATE:
        first, dots, last = to_text(node).partition(":")[2].partition("..")
        if not dots:
            return first
        return _between(first or None, last or None)
    say = size_text if field is Field.SIZE else lambda ms: clock(ms / 1000)
    return _between(None if low is None else say(low), None if high is None else say(high))


def _between(first: str | None, last: str | None) -> str:
    if first is None:
        return _tr("up to {0}").format(last)
    if last is None:
        return _tr("from {0}").format(first)
    return f"{first} – {last}"
