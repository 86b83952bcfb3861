"""Results kind by kind: the best few of each, or all."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from mmsearch.present.arrangement import Arrangement
from mmsearch.types import Hit, Modality


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """The rows of one kind."""

    kind: Modality
    rows: list[Hit]
    """Those on show, the first of all."""
    n_all: int
    """How many rows there are, closed stacks as one."""
    is_open: bool
    """Whether all are asked for."""


def sections(shown: Arrangement, n_most: int, opened: Set[Modality]) -> list[Section]:
    """Divide rows by kind; the kind with the best match comes first.

    n_most: rows of a section; members of an open stack do not count, and an opened kind has all.
    """
    by_kind: dict[Modality, list[Hit]] = {}
    for hit in shown.rows:
        by_kind.setdefault(hit.modality, []).append(hit)
    found = []
    for kind, rows in by_kind.items():
        few = rows if kind in opened else list(_first(shown, rows, n_most))
        found.append(Section(kind, few, len(rows), kind in opened))
    best = {kind: max(hit.match for hit in rows) for kind, rows in by_kind.items()}
    return sorted(found, key=lambda section: -best[section.kind])


def _first(shown: Arrangement, rows: list[Hit], n_most: int) -> Iterator[Hit]:
    for hit in rows:
        stack = shown.stack(hit)
        n_most -= stack is None or stack.is_top
        if n_most < 0:
            return
        yield hit
