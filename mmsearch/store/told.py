"""What a person told the library about its files. It cannot be made again, so it is kept apart."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mmsearch.atomic import write_atomically
from mmsearch.errors import LibraryError
from mmsearch.store.journal import Journal
from mmsearch.store.verdicts import Verdicts

_log = logging.getLogger(__name__)


class Told:
    """Lies beside the tables of a library and survives their being made anew."""

    def __init__(self, folder: Path) -> None:
        self._different = Journal(folder / "different.jsonl")
        self._verdicts = Journal(folder / "feedback.jsonl")
        self._searches = folder / "searches.json"
        self._recent = folder / "recent.json"
        self._seen = folder / "searches_seen.json"
        self._ignored = folder / "ignored.json"
        self._last: Verdicts | None = None

    def say_different(self, one: str, other: str) -> None:
        """Remember that two contents are no duplicates of each other."""
        self._different.add({"contents": [one, other]})

    def take_back_different(self, one: str, other: str) -> None:
        """Forget that two contents are no duplicates of each other."""
        self._different.add({"contents": [one, other], "taken_back": True})

    def different(self) -> frozenset[frozenset[str]]:
        """All pairs of contents that are no duplicates; what was said last counts."""
        pairs: dict[frozenset[str], bool] = {}
        for row in self._different.rows():
            named = row.get("contents")
            if isinstance(named, list):
                pairs[frozenset(map(str, named))] = not row.get("taken_back")
        return frozenset(pair for pair, is_said in pairs.items() if is_said and len(pair) == 2)

    def add_verdicts(self, verdicts: Verdicts) -> None:
        """Keep what was liked and disliked; the same again, as when a page is shown anew, once.

        Where that cannot be written the search that it belongs to goes on all the same.
        """
        if verdicts == self._last:
            return
        self._last = verdicts
        try:
            self._verdicts.add(verdicts.to_json())
        except LibraryError as error:
            _log.warning("%s", error)

    def verdicts(self) -> list[Verdicts]:
        """All verdicts, the oldest first. Later ones on a query hold those before them."""
        found = []
        for row in self._verdicts.rows():
            try:
                found.append(Verdicts.from_json(row))
            except (KeyError, TypeError, ValueError):
                continue  # written by another version: of no use to this one
        return found

    def searches(self) -> dict[str, dict[str, Any]]:
        """The kept searches by name, as query/saved.py writes them."""
        return {str(name): dict(told) for name, told in _read(self._searches).items()}

    def keep_searches(self, searches: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace the kept searches; raises LibraryError when they cannot be written."""
        _write(self._searches, searches)

    def recent(self) -> list[str]:
        """The texts of the last searches, the newest first; a damaged file holds none."""
        try:
            kept = json.loads(self._recent.read_text("utf-8"))
        except (OSError, ValueError):
            return []
        return [str(text) for text in kept] if isinstance(kept, list) else []

    def keep_recent(self, texts: Sequence[str]) -> None:
        """Replace the last searches; none leaves no file."""
        if texts:
            _write(self._recent, list(texts))
        else:
            self._recent.unlink(missing_ok=True)

    def seen(self) -> dict[str, frozenset[str]]:
        """The assets that a kept search had found when it was last looked at, by its name."""
        return {str(name): frozenset(map(str, ids)) for name, ids in _read(self._seen).items()}

    def keep_seen(self, seen: Mapping[str, Iterable[str]]) -> None:
        """Replace what was seen of all kept searches."""
        _write(self._seen, {name: sorted(ids) for name, ids in seen.items()})

    def ignored(self) -> frozenset[str]:
        """Unreadable assets that nobody wants to hear of."""
        return frozenset(map(str, _read(self._ignored).get("assets", ())))

    def keep_ignored(self, asset_ids: Iterable[str]) -> None:
        """Replace them; raises LibraryError when they cannot be written."""
        _write(self._ignored, {"assets": sorted(asset_ids)})


def damaged_files(folder: Path) -> list[str]:
    """What of it cannot be read any more, line by line."""
    found = []
    for name in ("searches.json", "searches_seen.json", "ignored.json", "recent.json"):
        try:
            json.loads((folder / name).read_text("utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as error:
            found.append(f"{name}: cannot be read: {error}")
    for name in ("different.jsonl", "feedback.jsonl"):
        n_damaged = Journal(folder / name).count_damaged()
        if n_damaged:
            found.append(f"{name}: lines that cannot be read: {n_damaged}")
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise LibraryError(
            f"{path} cannot be read: {error}.",
            "Restore the file from a backup, or delete it.",
        ) from error
    return dict(kept)


def _write(path: Path, kept: Mapping[str, Any] | list[str]) -> None:
    text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    try:
        write_atomically(path, text.encode(), durable=True)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror}.") from error
