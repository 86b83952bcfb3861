"""Saves a library to one file: a zip of plain files and of the tables as Arrow streams.

What can be made of these (the snapshot, terms, the map) is left out. ``contents.json`` names
every member with its sha256.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from mmsearch.atomic import sync_file, sync_folder
from mmsearch.errors import LibraryError
from mmsearch.store.whole_tables import pinned_tables

if TYPE_CHECKING:
    from mmsearch.store.store import Store

KIND = "mmsearch backup"
CONTENTS = "contents.json"
TABLE_SUFFIX = ".arrow"
_NEVER = {"state.json", "writer.json"}
"""Of the moment; a restored library has others."""
_PLAIN = re.compile(r"(library\.toml|[a-z_]+\.jsonl?|(normalise|adapt)/[\w. -]+)")
_ROWS_AT_ONCE = 4096
_TRIES, _PAUSE_S = 100, 0.05


def write_backup(store: Store, path: Path) -> Path:
    """Save a library to a new file; returns it. Also while another process writes.

    Raises LibraryError when the file exists, cannot be written, or the library never rests.
    """
    if os.path.lexists(path):
        raise LibraryError(f"{path} exists already.", "Name another file.")
    draft = path.with_name(f".{path.name}.draft")
    try:
        with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED) as packed:
            _write_members(store, packed)
        sync_file(draft)
        os.replace(draft, path)
        sync_folder(path.parent)
    except OSError as error:
        raise LibraryError(f"The backup {path} cannot be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def is_plain(name: str) -> bool:
    """Whether a file of a library belongs into its backup as it is."""
    return _PLAIN.fullmatch(name) is not None and ".." not in name and name not in _NEVER


def is_table(name: str) -> bool:
    """Whether a member of a backup is a table."""
    return re.fullmatch(rf"tables/\w+\{TABLE_SUFFIX}", name) is not None


def _write_members(store: Store, packed: zipfile.ZipFile) -> None:
    tables, generation = _pinned(store)
    sha256: dict[str, str] = {}
    for path in sorted(store.folder.rglob("*")):
        name = path.relative_to(store.folder).as_posix()
        if is_plain(name) and path.is_file():
            sha256[name] = _write(packed, name, [path.read_bytes()])
    for name, table in tables.items():
        member = f"tables/{name}{TABLE_SUFFIX}"
        sha256[member] = _write_table(packed, member, table)
    told = {"kind": KIND, "generation": generation, "space": store.answering_space}
    told |= {"saved_at_s": int(time.time()), "sha256": sha256}
    packed.writestr(CONTENTS, json.dumps(told, indent=1))


def _pinned(store: Store) -> tuple[Mapping[str, Any], int]:
    """The tables at versions that belong together: none was written while they were looked at."""
    for _ in range(_TRIES):
        generation = store.generation
        tables = pinned_tables(store.folder)
        if store.generation == generation:
            return tables, generation
        time.sleep(_PAUSE_S)
    raise LibraryError(
        "The library was changed all the while; nothing was saved.",
        "Try again when less is being indexed.",
    )


def _write(packed: zipfile.ZipFile, name: str, parts: Iterator[bytes] | list[bytes]) -> str:
    digest = hashlib.sha256()
    with packed.open(name, "w", force_zip64=True) as file:
        for part in parts:
            digest.update(part)
            file.write(part)
    return digest.hexdigest()


def _write_table(packed: zipfile.ZipFile, name: str, table: Any) -> str:
    import pyarrow as pa

    with packed.open(name, "w", force_zip64=True) as file:
        hashed = _Hashed(file)
        with pa.ipc.new_stream(pa.PythonFile(hashed, "w"), table.schema) as stream:
            for batch in table.search().to_batches(batch_size=_ROWS_AT_ONCE):
                stream.write_batch(batch)
        return hashed.sha256.hexdigest()


class _Hashed:
    """A file that is only written, and knows the checksum of what was."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()
        self.closed = False

    def write(self, content: Any) -> int:
        part = bytes(content)
        self.sha256.update(part)
        return self._file.write(part)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        self.closed = True
