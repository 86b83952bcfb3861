"""The library folder: its mark, its schema version, and its generation counter."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from mmsearch.atomic import write_atomically
from mmsearch.errors import LibraryError

SCHEMA = (1, 0)
"""Major and minor version of the tables; a library with a newer one is refused."""
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


def open_folder(folder: Path, *, create: bool) -> None:
    """Check that ``folder`` is a library this program can read, or make it one.

    Raises LibraryError, with nothing touched, when it is something else, newer, or unreadable.
    """
    try:
        if (folder / MARK).is_file():
            _check_mark(folder)
        elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise LibraryError(
                f"{folder} is not an mmsearch library.",
                "Name an empty or new folder, or an existing library, with --library.",
            )
        elif not create:
            raise LibraryError(
                f"There is no library at {folder}.", "Make one with: mmsearch index FOLDER"
            )
        else:
            _make(folder)
    except OSError as error:
        raise LibraryError(f"The library {folder} cannot be opened: {error.strerror}.") from error


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    major, minor = SCHEMA
    text = (
        "# This folder is an mmsearch library: an index of your files, which it never changes.\n"
        f'kind = "mmsearch library"\nschema = "{major}.{minor}"\n'
    )
    write_atomically(folder / MARK, text.encode(), durable=True)


def _check_mark(folder: Path) -> None:
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


def read_state(folder: Path) -> State:
    """Read the state; a library that never was written to has the state of a new one."""
    try:
        return State(**json.loads((folder / _STATE).read_text("utf-8")))
    except FileNotFoundError:
        return State()
    except (ValueError, TypeError):
        # Cut off by a power failure: say "changed", so that readers go to the tables.
        return State(generation=os.stat(folder / _STATE).st_mtime_ns, writing=True)


def change_state(folder: Path, **changes: int | bool) -> State:
    """Write the state with some fields changed, and return it."""
    state = replace(read_state(folder), **changes)  # type: ignore[arg-type]
    write_atomically(folder / _STATE, json.dumps(asdict(state)).encode(), durable=True)
    return state
