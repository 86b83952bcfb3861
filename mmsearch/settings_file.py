"""Changing one setting in config.toml; everything else in the file, comments too, stays."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TypeAlias

from mmsearch.atomic import write_atomically
from mmsearch.errors import UserError
from mmsearch.settings import Settings, load_settings, settings_path

Value: TypeAlias = str | int | float | bool | tuple[str, ...]


def save_setting(name: str, value: Value, path: Path | None = None) -> Settings:
    """Write one setting and return all of them as they are now.

    Raises UserError for a file that cannot be read or written; then nothing is changed.
    """
    path = path or settings_path()
    load_settings(path)  # a file that is wrong is the person's to mend, not ours to write over
    if name not in {field.name for field in fields(Settings)}:
        raise ValueError(f"there is no setting {name!r}")
    try:
        text = path.read_text("utf-8") if path.exists() else ""
        # Somebody may keep the file elsewhere and have a link here.
        write_atomically(path.resolve(), with_value(text, name, value).encode(), durable=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(f"The settings file {path} cannot be written: {reason}.") from error
    return load_settings(path)


def with_value(text: str, name: str, value: Value) -> str:
    """The text of a settings file with one value replaced, or added below."""
    lines = text.split("\n")
    written = f"{name} = {_to_toml(value)}"
    found = _place(lines, name)
    if found is None:
        before = text if not text or text.endswith("\n") else text + "\n"
        return f"{before}{written}\n"
    first, last = found
    comment = _comment(lines[last], "\n".join(lines[first:last]), name)
    lines[first : last + 1] = [written + (f"  {comment}" if comment else "")]
    return "\n".join(lines)


def _to_toml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_to_toml, value))}]"
    # A TOML string is a JSON string, but for the delete character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _place(lines: list[str], name: str) -> tuple[int, int] | None:
    """The first and last line of a setting; lists may go over several lines."""
    place = 0
    while place < len(lines):
        last = _end(lines, place)
        if name in _read("\n".join(lines[place : last + 1])):
            return place, last
        place = last + 1
    return None


def _end(lines: list[str], first: int) -> int:
    """Where the statement that begins in a line ends: as soon as it can be read."""
    for last in range(first, len(lines)):
        try:
            tomllib.loads("\n".join(lines[first : last + 1]))
        except tomllib.TOMLDecodeError:
            continue
        return last
    return len(lines) - 1


def _read(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _comment(line: str, before: str, name: str) -> str:
    """The comment behind a value: what can go without changing what is read."""
    whole = f"{before}\n{line}" if before else line
    meant = _read(whole)
    for place, letter in enumerate(line):
        shorter = line[:place]
        if letter == "#" and _read(f"{before}\n{shorter}" if before else shorter) == meant:
            return line[place:]
    return ""
