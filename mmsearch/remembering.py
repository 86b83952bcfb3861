"""What a library remembers of what a person told it: verdicts, kept searches, no duplicates."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mmsearch.errors import UserError
from mmsearch.gallery import Gallery
from mmsearch.paths import full_path
from mmsearch.present.words import MatchWord, least_match
from mmsearch.query.completion import recent_with
from mmsearch.query.saved import query_from_json, query_to_json
from mmsearch.query.verdicts import SessionVerdicts, query_of
from mmsearch.searching import row_of
from mmsearch.store.told import Told
from mmsearch.types import PAGE, Hit, Query

_MOST_RECENT = 100


class Remembering(ABC):
    """The part of a library that a person writes to."""

    def __init__(self, path: Path, *, keep_searches: bool = True) -> None:
        self._told = Told(path)
        self._keep_searches = keep_searches
        self._verdicts = SessionVerdicts()

    @abstractmethod
    def _current(self) -> tuple[Gallery, Mapping[str, Path]]:
        """The newest gallery, and where its roots lie."""

    @abstractmethod
    def search(self, query: Query | str = "", **fields: Any) -> list[Hit]:
        """Answer a query, best first."""

    def judge(
        self,
        query: Query | str,
        *,
        liked: Iterable[Hit | Path | str] = (),
        disliked: Iterable[Hit | Path | str] = (),
    ) -> Query:
        """Refine a query by answers that were right and wrong; returns the refined query.

        As long as this library is open, ``search`` with the same query answers as refined; to
        take a verdict back, judge again: what is not named any more does not count.
        """
        return self._verdicts.judge(query_of(query, {}), liked, disliked)

    def save_search(self, name: str, query: Query | str) -> None:
        """Keep a query under a name, with the verdicts on it; one of the same name goes."""
        if not name.strip():
            raise UserError("A kept search needs a name.")
        full = self._verdicts.with_verdicts(query_of(query, {}))
        self._told.keep_searches(self._told.searches() | {name.strip(): query_to_json(full)})

    def saved_searches(self) -> dict[str, Query]:
        """The kept searches by name."""
        kept = self._told.searches().items()
        return {name: query_from_json(told) for name, told in kept}

    def saved_search(self, name: str) -> Query:
        """The search that is kept under a name; raises UserError when there is none."""
        kept = self._told.searches()
        if name not in kept:
            raise UserError(f"No search is kept as {name!r}.", _known_searches(kept))
        return query_from_json(kept[name])

    def forget_search(self, name: str) -> None:
        """Forget a kept search; raises UserError when there is none of that name."""
        kept = self._told.searches()
        if kept.pop(name, None) is None:
            raise UserError(f"No search is kept as {name!r}.", _known_searches(kept))
        self._told.keep_searches(kept)
        self._told.keep_seen({one: ids for one, ids in self._told.seen().items() if one != name})

    def new_hits(self, name: str) -> list[Hit]:
        """What a kept search finds now and did not when it was last looked at, best first.

        Only what is close counts. A search that nobody has looked at yet has nothing new: what it
        finds now is what later hits are compared with. Raises UserError for an unknown name.
        """
        found = self._close_hits(name)
        seen = self._told.seen().get(name)
        if seen is None:
            self._keep_seen(name, found)
            return []
        return [hit for hit in found if hit.asset_id not in seen]

    def mark_seen(self, name: str) -> None:
        """From now on, what a kept search finds is not new; raises UserError for no such name."""
        self._keep_seen(name, self._close_hits(name))

    def _close_hits(self, name: str) -> list[Hit]:
        least = least_match(MatchWord.FAIR)
        query = self.saved_search(name)
        return self.search(replace(query, limit=PAGE, min_match=max(query.min_match, least)))

    def _keep_seen(self, name: str, hits: Iterable[Hit]) -> None:
        self._told.keep_seen(self._told.seen() | {name: frozenset(hit.asset_id for hit in hits)})

    def note_recent(self, text: str) -> None:
        """Remember the text of a search, unless the settings keep none (keep_searches = false).

        What it was typed from, as "a do" before "a dog", is forgotten.
        """
        if self._keep_searches:
            self._told.keep_recent(recent_with(text, self._told.recent(), _MOST_RECENT))

    def recent_searches(self) -> list[str]:
        """The texts of the last searches, the newest first; none where none are to be kept."""
        if self._keep_searches:
            return self._told.recent()
        self._told.keep_recent([])
        return []

    def forget_recent(self) -> None:
        """Forget the texts of the last searches."""
        self._told.keep_recent([])

    def say_different(self, one: Path | str, other: Path | str) -> None:
        """Remember that two files are no duplicates: they are never grouped again.

        Raises UserError when one of them is not in the library, or one is a copy of the other.
        """
        self._told.say_different(*self._contents_of(one, other))

    def take_back_different(self, one: Path | str, other: Path | str) -> None:
        """Forget what ``say_different`` said of two files; raises UserError as it does."""
        self._told.take_back_different(*self._contents_of(one, other))

    def _contents_of(self, one: Path | str, other: Path | str) -> tuple[str, str]:
        gallery, root_paths = self._current()
        rows = [row_of(gallery, full_path(path), root_paths) for path in (one, other)]
        first, second = (gallery.content_ids[row] for row in rows)
        if first == second:
            raise UserError(f"{one} and {other} contain the same, byte by byte.")
        return first, second


def _known_searches(kept: Mapping[str, object]) -> str:
    return f"Known: {', '.join(sorted(kept))}." if kept else "None is kept yet."
