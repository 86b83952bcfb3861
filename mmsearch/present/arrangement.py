"""Results in the order that a person wants, with near-duplicates stacked."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from mmsearch.present.sort_keys import local_times, sizes
from mmsearch.types import Hit


class Order(StrEnum):
    """What comes first."""

    MATCH = "match"
    NEWEST = "newest"
    OLDEST = "oldest"
    NAME = "name"
    LARGEST = "largest"
    SMALLEST = "smallest"


@dataclass(frozen=True, slots=True)
class Stack:
    """What a row has to do with a stack of near-duplicates."""

    n: int
    """How many rows the stack has when it is open."""
    is_open: bool
    is_top: bool
    """Whether it is the row that stays when the stack is closed."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Rows to show, and the stacks among them by their group."""

    rows: list[Hit]
    members: dict[str, list[Hit]]
    """Of groups with two or more members, in the order of the rows; the first is the top."""
    opened: frozenset[str]

    def stack(self, hit: Hit) -> Stack | None:
        """The stack that a row belongs to, or None."""
        members = self.members.get(hit.group_id) if hit.group_id else None
        if members is None:
            return None
        return Stack(len(members), hit.group_id in self.opened, members[0] is hit)


def arranged(hits: Sequence[Hit], order: Order, opened: Set[str] = frozenset()) -> Arrangement:
    """Put hits, given in rank order, into another order; of a closed stack the first row stays.

    opened: groups whose members all stand together where the first of them is.
    """
    ranked = _in_order(hits, order)
    groups: dict[str, list[Hit]] = {}
    for hit in ranked:
        if hit.group_id:
            groups.setdefault(hit.group_id, []).append(hit)
    members = {group: ones for group, ones in groups.items() if len(ones) > 1}
    known = frozenset(opened & members.keys())
    if not members:
        return Arrangement(ranked, members, known)
    rows: list[Hit] = []
    for hit in ranked:
        stacked = members.get(hit.group_id)
        if stacked is None:
            rows.append(hit)
        elif stacked[0] is hit:
            rows += stacked if hit.group_id in known else (hit,)
    return Arrangement(rows, members, known)


def shown_date(hit: Hit) -> str:
    """When it was taken, or else changed, as ISO 8601 local time."""
    taken = hit.metadata.taken_at
    return taken or datetime.fromtimestamp(hit.modified_at_s).isoformat(timespec="seconds")


def _in_order(hits: Sequence[Hit], order: Order) -> list[Hit]:
    """What is equal stays in rank order."""
    match order:
        case Order.MATCH:
            return list(hits)
        case Order.NAME:
            return sorted(hits, key=lambda hit: hit.path.name.casefold())
        case Order.NEWEST | Order.OLDEST:
            keys = local_times(hits)
        case Order.LARGEST | Order.SMALLEST:
            keys = sizes(hits)
    is_reverse = order in (Order.NEWEST, Order.LARGEST)
    ranked = np.argsort(-keys if is_reverse else keys, kind="stable")
    return [hits[place] for place in ranked.tolist()]
