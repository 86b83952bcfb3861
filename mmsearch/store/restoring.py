"""Makes a library of a backup again; nothing in it is trusted."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mmsearch.atomic import sync_folder
from mmsearch.errors import LibraryError
from mmsearch.store.backup import CONTENTS, KIND, is_plain, is_table
from mmsearch.store.durable import sync_whole_folder
from mmsearch.store.folder import MARK, change_state, open_folder
from mmsearch.store.whole_tables import write_table

_PART_BYTES = 1024**2
_MOST_CONTENTS_BYTES = 16 * 1024**2


def restore_backup(path: Path, folder: Path, finish: Callable[[Path], None]) -> None:
    """Make ``folder`` the library that was saved to ``path``: all of it, or nothing.

    finish: is given the library in the making, to make of it what the backup leaves out.
    Raises LibraryError when the folder holds anything, or the backup is damaged, something else,
    or of a newer program.
    """
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise LibraryError(f"{folder} is not empty.", "Name a new or empty folder with --library.")
    draft = folder.with_name(f".{folder.name}.{uuid.uuid4().hex[:8]}.restoring")
    try:
        draft.mkdir(parents=True)
        _unpack(path, draft)
        finish(draft)
        sync_whole_folder(draft)
        if folder.is_dir():
            folder.rmdir()  # only an empty one can be
        os.rename(draft, folder)
        sync_folder(folder.parent)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LibraryError(f"{path} cannot be restored: {reason}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _unpack(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            told = _read_contents(packed, path)
            for name, sha256 in told["sha256"].items():
                _take_out(packed, name, sha256, folder, path)
    except (zipfile.BadZipFile, EOFError, zipfile.LargeZipFile, NotImplementedError) as error:
        raise LibraryError(f"The backup {path} is damaged: {error}.") from error
    if not (folder / MARK).is_file():
        raise LibraryError(f"{path} is no backup of a library.")
    open_folder(folder, create=False)  # refuses those of newer programs
    _make_tables(folder, path)
    # As if a session had been cut off: the next one takes nothing for granted.
    change_state(folder, generation=int(told["generation"]), space=str(told["space"]), writing=True)


def _read_contents(packed: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    """What the backup says is in it; nothing else is looked at, and nothing may be missing."""
    no_backup = LibraryError(f"{path} is no backup of a library.")
    names = set(packed.namelist())
    if CONTENTS not in names or packed.getinfo(CONTENTS).file_size > _MOST_CONTENTS_BYTES:
        raise no_backup
    try:
        told = json.loads(packed.read(CONTENTS))
        is_one = told["kind"] == KIND and isinstance(told["sha256"], dict)
        int(told["generation"]), str(told["space"])
    except (ValueError, KeyError, TypeError) as error:
        raise no_backup from error
    if not is_one:
        raise no_backup
    for name in names | set(told["sha256"]):
        if name != CONTENTS and not (is_plain(name) or is_table(name)):
            raise LibraryError(f"{path} is no backup of a library: it holds {name!r}.")
    if missing := set(told["sha256"]) - names:
        raise LibraryError(f"The backup {path} is damaged: it lacks {min(missing)}.")
    return dict(told)


def _take_out(packed: zipfile.ZipFile, name: str, sha256: str, folder: Path, path: Path) -> None:
    target = folder / name
    target.parent.mkdir(exist_ok=True)
    digest = hashlib.sha256()
    with packed.open(name) as source, target.open("wb") as file:
        for part in _parts(source):
            digest.update(part)
            file.write(part)
    if digest.hexdigest() != sha256:
        raise LibraryError(f"The backup {path} is damaged: {name} has another checksum.")


def _parts(source: Any) -> Iterator[bytes]:
    while part := source.read(_PART_BYTES):
        yield part


def _make_tables(folder: Path, path: Path) -> None:
    """Turn the Arrow streams into tables of the database."""
    import pyarrow as pa

    for stream in sorted((folder / "tables").glob("*.arrow")):
        try:
            with pa.memory_map(str(stream)) as file, pa.ipc.open_stream(file) as reader:
                write_table(folder, stream.stem, reader)
        except pa.ArrowInvalid as error:
            raise LibraryError(f"The backup {path} is damaged: {error}.") from error
        stream.unlink()
