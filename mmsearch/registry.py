"""A registry is a name, a dict and a decorator."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from mmsearch.errors import UserError

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one sort: normalisers, rerankers, encoder loaders."""

    def __init__(self, sort: str) -> None:
        self._sort = sort
        self._entries: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that adds its argument under ``name`` and hands it back."""

        def add(entry: T) -> T:
            if name in self._entries:
                raise ValueError(f"{self._sort} {name!r} is registered twice")
            self._entries[name] = entry
            return entry

        return add

    def get(self, name: str) -> T:
        """Return the entry; an unknown name raises UserError with the nearest known names."""
        if name in self._entries:
            return self._entries[name]
        near = difflib.get_close_matches(name, self._entries, n=3)
        known = " or ".join(near) if near else ", ".join(sorted(self._entries))
        hint = f"Did you mean {known}?" if near else f"Known: {known}."
        raise UserError(f"There is no {self._sort} called {name!r}.", hint)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)
