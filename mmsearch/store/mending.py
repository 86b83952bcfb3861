"""Makes a library whole again whose writer was killed, or whose machine lost its power.

All that the tables hold can be made again from the user's files. So whatever cannot be read is
dropped, the newest first, and the next run reads those files once more.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from mmsearch.atomic import old_leftovers

_log = logging.getLogger(__name__)

_MAGIC = b"LANC"
"""The last bytes of every whole file of LanceDB."""
_FULL_TEXT = "FTS"
_DRAFT_FOLDERS = ("snapshot", "normalise")


def mend_tables(folder: Path) -> list[str]:
    """Take every table back to its newest version that can be read. Needs the writer's lock.

    Returns what was done, line by line; nothing where all was well.
    """
    done: list[str] = []
    for table in sorted((folder / "tables").glob("*.lance")):
        n_dropped = _drop_unreadable_versions(folder, table)
        if not _versions(table):
            shutil.rmtree(table)
            done.append(f"table {table.stem}: could not be read and was dropped")
        elif n_dropped:
            done.append(f"table {table.stem}: taken back by {n_dropped} changes")
    for line in done:
        _log.warning("%s: %s", folder, line)
    return done


def sweep(folder: Path) -> int:
    """Delete half-written files that a killed process left; returns how many there were."""
    homes = (folder, folder / "normalise", folder / "map")
    left = [path for home in homes for path in old_leftovers(home)]
    for path in left:
        path.unlink(missing_ok=True)
    begun = drafts(folder)
    for path in begun:
        shutil.rmtree(path, ignore_errors=True)
    return len(left) + len(begun)


def drafts(folder: Path) -> list[Path]:
    """Folders of derived files that were not completed."""
    return [path for home in _DRAFT_FOLDERS for path in (folder / home).glob("*.draft")]


def is_readable(folder: Path, table: Path) -> bool:
    """Whether the newest version of a table, all of its data and its indices, can be read."""
    newest = _versions(table)[:1]
    return bool(newest) and _ends_whole(newest[0]) and _can_be_scanned(folder, table)


def _drop_unreadable_versions(folder: Path, table: Path) -> int:
    n_dropped = 0
    for version in _versions(table):
        if is_readable(folder, table):
            break
        version.unlink()
        n_dropped += 1
    return n_dropped


def _versions(table: Path) -> list[Path]:
    """The manifests, the newest first: their names count down from 2^64."""
    return sorted((table / "_versions").glob("*.manifest"))


def _ends_whole(path: Path) -> bool:
    """A manifest full of zeros, as a power cut leaves it, is taken for an empty table."""
    content = path.read_bytes()
    return content.endswith(_MAGIC)


def _can_be_scanned(folder: Path, path: Path) -> bool:
    import lancedb

    try:
        table = lancedb.connect(str(folder / "tables")).open_table(path.stem)
        for _ in table.search().to_batches(batch_size=4096):
            pass
        for index in table.list_indices():
            if index.index_type == _FULL_TEXT:
                _ask_index(table, index.columns[0])
        return True
    except (RuntimeError, ValueError, OSError) as error:
        _log.info("%s cannot be read: %s", path, error)
        return False


def _ask_index(table: Any, column: str) -> None:
    """Raises what LanceDB raises for an index of which a file is missing or cut off."""
    from lancedb.query import MatchQuery

    table.search(MatchQuery("a", column), query_type="fts").limit(1).to_arrow()
