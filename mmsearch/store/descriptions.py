"""What models have said about contents, kept by content: it is slow to make."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Set
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mmsearch.atomic import write_atomically
from mmsearch.errors import LibraryError
from mmsearch.store.journal import Journal
from mmsearch.types import Description, Said, TimeRange

NAME = "described.jsonl"
_log = logging.getLogger(__name__)
_NONE: Mapping[str, Description] = MappingProxyType({})


class Descriptions:
    """Of one library. What was said last about a content counts; a kill loses the one in work."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._journal = Journal(self._path)
        self._read: tuple[tuple[int, int], Mapping[str, Description]] | None = None

    def all(self) -> Mapping[str, Description]:
        """By content; read again only when the file has changed."""
        try:
            status = self._path.stat()
        except OSError:
            return _NONE
        stamp = status.st_mtime_ns, status.st_size
        if self._read is None or self._read[0] != stamp:
            rows = (_from_json(row) for row in self._journal.rows())
            self._read = stamp, {one.content_id: one for one in rows if one is not None}
        return self._read[1]

    def add(self, one: Description) -> None:
        """Keep it; raises LibraryError when that cannot be written."""
        self._journal.add(_to_json(one))

    def keep_only(self, contents: Set[str]) -> None:
        """Forget what was said about contents that the library has not any more."""
        known = self.all()
        kept = [one for one in known.values() if one.content_id in contents]
        if len(kept) == len(known):
            return
        lines = "".join(json.dumps(_to_json(one), ensure_ascii=False) + "\n" for one in kept)
        try:
            write_atomically(self._path, lines.encode(), durable=True)
        except OSError as error:
            raise LibraryError(f"{self._path} cannot be written: {error.strerror}.") from error


def _to_json(one: Description) -> dict[str, Any]:
    said = [
        [some.text, *([some.range.start_s, some.range.end_s] if some.range else [])]
        for some in one.said
    ]
    told: dict[str, Any] = {"content": one.content_id, "by": one.by, "said": said}
    return told | ({"failure": one.failure} if one.failure else {})


def _from_json(row: Mapping[str, Any]) -> Description | None:
    """None for a row of another version, which is of no use to this one."""
    try:
        said = tuple(
            Said(str(text), TimeRange(*map(float, times)) if times else None)
            for text, *times in row["said"]
        )
        return Description(str(row["content"]), str(row["by"]), said, str(row.get("failure", "")))
    except (KeyError, TypeError, ValueError) as error:
        _log.info("a description is passed over: %s", error)
        return None
