"""Brings the tables of older versions up to this one, step by step.

A step may be cut off at any moment and is then done once more: it looks at what is there, and the
version in the mark is raised only when it has ended.
"""

from __future__ import annotations

import errno
import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from mmsearch.errors import LibraryError
from mmsearch.store.disk_trouble import disk_trouble_told
from mmsearch.store.folder import SCHEMA, change_state, read_state, write_version
from mmsearch.store.mending import mend_tables

Version = tuple[int, int]
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM}


def migrate(folder: Path, version: Version) -> None:
    """Bring a library from ``version`` to this program's; no work where that is the same.

    Raises LibraryError while another process uses an older program on it, or where the disk
    cannot be written and the tables are such that they cannot be read as they are.
    """
    if version >= SCHEMA:
        return
    with disk_trouble_told(folder):
        try:
            with FileLock(folder / "writer.lock", is_singleton=False).acquire(timeout=0):
                _take_steps(folder, version)
        except Timeout as error:
            raise LibraryError(
                f"The library {folder} was made by an older mmsearch, which is writing into it.",
                "Wait until it has finished, or stop it; then it can be brought up to date.",
            ) from error
        except OSError as error:
            if error.errno not in _NOT_WRITABLE or not _are_readable(folder):
                raise


def _are_readable(folder: Path) -> bool:
    """Whether this program can search the tables of an older one as they are."""
    import lancedb

    database = lancedb.connect(str(folder / "tables"))
    if "assets" not in database.list_tables(limit=1000).tables:
        return True
    return "space" in database.open_table("assets").schema.names


def _take_steps(folder: Path, version: Version) -> None:
    if read_state(folder).writing:
        mend_tables(folder)
    for target, step in STEPS.items():
        if version < target:
            step(folder)
            write_version(folder, target)


def _name_the_space(folder: Path) -> None:
    """To 1.1: every asset names its space, and the state the one that answers."""
    import lancedb

    database = lancedb.connect(str(folder / "tables"))
    if "assets" not in database.list_tables(limit=1000).tables:
        return
    assets = database.open_table("assets")
    if "space" not in assets.schema.names:
        space = _space_of_snapshot(folder).replace("'", "''")
        assets.add_columns({"space": f"'{space}'"})
    found = Counter(assets.search().select(["space"]).to_arrow()["space"].to_pylist())
    del found[""]
    state = read_state(folder)
    if found and not state.space:
        change_state(folder, space=found.most_common(1)[0][0])


def _space_of_snapshot(folder: Path) -> str:
    """The space of the newest snapshot; empty where there is none, and all is encoded anew."""
    for head in sorted(folder.glob("snapshot/*/head.json"), reverse=True):
        try:
            return str(json.loads(head.read_text("utf-8"))["space"])
        except (OSError, ValueError, KeyError):
            continue  # damaged: an older one says the same
    return ""


STEPS: Mapping[Version, Callable[[Path], None]] = {(1, 1): _name_the_space}
"""By the version that a step ends with, in order. The last one is SCHEMA."""
