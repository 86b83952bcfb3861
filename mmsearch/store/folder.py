"""The library folder: its mark, its schema version, and its generation counter."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from mmsearch.atomic import LEFTOVER, write_atomically
from mmsearch.errors import LibraryError

SCHEMA = (1, 1)
"""Major and minor version of the tables; a library with a newer one is refused, an older one is
brought up to it by migrations.py."""
MARK = "library.toml"
_STATE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """What readers look at to see whether something changed, without opening a table.

    ``generation`` grows with every commit. The snapshot on disk is of generation ``snapshot``;
    it is good only when the two are equal and no writing session was cut off (``writing``).
    """

    generation: int = 0
    snapshot: int = -1
    writing: bool = False
    space: str = ""
    """Whose vectors answer: another space than the encoder's until all is encoded anew for that."""


_NAMES = [field.name for field in fields(State)]


def open_folder(folder: Path, *, create: bool) -> tuple[int, int]:
    """Check that ``folder`` is a library this program can read, or make it one.

    Returns the version of its tables. Raises LibraryError, with nothing touched, when it is
    something else, newer, or unreadable.
    """
    try:
        if (folder / MARK).is_file():
            return _read_version(folder)
        if folder.exists() and not _is_empty_folder(folder):
            raise LibraryError(
                f"{folder} is not an mmsearch library.",
                "Name an empty or new folder, or an existing library, with --library.",
            )
        if not create:
            raise LibraryError(
                f"There is no library at {folder}.", "Make one with: mmsearch index FOLDER"
            )
        write_version(folder, SCHEMA)
    except OSError as error:
        raise LibraryError(f"The library {folder} cannot be opened: {error.strerror}.") from error
    return SCHEMA


def _is_empty_folder(folder: Path) -> bool:
    """Also when a kill cut the making of a library off and left a draft of its mark."""
    if not folder.is_dir():
        return False
    return all(path.name.startswith(LEFTOVER) for path in folder.iterdir())


def write_version(folder: Path, version: tuple[int, int]) -> None:
    """Make a folder a library whose tables are of this version. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    major, minor = version
    text = (
        "# This folder is an mmsearch library: an index of your files, which it never changes.\n"
        f'kind = "mmsearch library"\nschema = "{major}.{minor}"\n'
    )
    write_atomically(folder / MARK, text.encode(), durable=True)


def _read_version(folder: Path) -> tuple[int, int]:
    try:
        mark = tomllib.loads((folder / MARK).read_text("utf-8"))
        major, minor = (int(part) for part in str(mark["schema"]).split("."))
    except (ValueError, KeyError) as error:
        raise LibraryError(
            f"{folder / MARK} is damaged: {error}.",
            "Restore the file from a backup, or index into a new library.",
        ) from error
    if (major, minor) > SCHEMA:
        raise LibraryError(
            f"The library {folder} was made by a newer mmsearch (format {major}.{minor}, "
            f"this program reads up to {SCHEMA[0]}.{SCHEMA[1]}).",
            "Update mmsearch, or use another library.",
        )
    return major, minor


def read_state(folder: Path) -> State:
    """Read the state; a library that never was written to has the state of a new one."""
    try:
        kept = json.loads((folder / _STATE).read_text("utf-8"))
        return State(**{name: kept[name] for name in _NAMES if name in kept})
    except FileNotFoundError:
        return State()
    except (ValueError, TypeError):
        # Cut off by a power failure: say "changed", so that readers go to the tables.
        return State(generation=os.stat(folder / _STATE).st_mtime_ns, writing=True)


def change_state(folder: Path, **changes: int | bool | str) -> State:
    """Write the state with some fields changed, and return it."""
    state = replace(read_state(folder), **changes)  # type: ignore[arg-type]
    write_atomically(folder / _STATE, json.dumps(asdict(state)).encode(), durable=True)
    return state
