"""From what was asked to what is looked for: a Query with text becomes a Query with trees.

The window, the command line, batches and Python all come through here, so that a text means the
same everywhere; options (``--type``, ``modalities=``) narrow what the text lets through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mmsearch.errors import QueryError
from mmsearch.expression import (
    Example,
    Node,
    Not,
    Run,
    SignedLeaf,
    Words,
    is_filter,
    signed_leaves,
)
from mmsearch.query.divide import both, divided, run_of
from mmsearch.query.language import parse
from mmsearch.query.notes import notes_on
from mmsearch.query.readings import Reading, applied, readings_of
from mmsearch.types import Query


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it will be answered, and how its text was read."""

    query: Query
    """With ``wanted`` and ``where``; its text is the words alone."""
    applied: tuple[Reading, ...] = ()
    """Plain words that were taken for filters."""
    offered: tuple[Reading, ...] = ()
    """Plain words that might be filters, and were left words."""
    notes: tuple[str, ...] = ()
    """What the user should know, in sentences."""


def understand(query: Query, today: date | None = None) -> Understood:
    """Read the text of a query. Raises QueryError, with its place, for wrong syntax."""
    if query.is_understood:
        return Understood(query)
    day = today or date.today()
    tree, readings = _read(query, day)
    wanted, where = divided(tree)
    where = both([where, _more_filters(query.filters, day)])
    wanted = run_of([*_parts(wanted), *_options(query)])
    found = list(signed_leaves(wanted))
    if len(found) > _MOST_PARTS:
        raise QueryError(
            f"The query has {len(found):,} parts, each of which is looked for by itself.",
            f"Ask for at most {_MOST_PARTS} at once.",
        )
    resolved = replace(
        query,
        text=" ".join(_words_of(found, avoided=False)),
        like=_paths_of(found, avoided=False),
        avoid=_words_of(found, avoided=True),
        avoid_like=_paths_of(found, avoided=True),
        wanted=wanted,
        where=where,
        is_understood=True,
    )
    return Understood(
        resolved,
        applied=tuple(one for one in readings if _is_taken(one, query)),
        offered=tuple(one for one in readings if not _is_taken(one, query)),
        notes=() if query.literal else notes_on(query.text, resolved),
    )


def _read(query: Query, today: date) -> tuple[Node | None, tuple[Reading, ...]]:
    """The tree of the text, with the readings of its plain words in place that are taken."""
    if query.literal or _is_pasted(query.text):
        return _words(query.text), ()
    tree = parse(query.text, today)
    readings = readings_of(query.text, tree, today)
    taken = [one for one in readings if _is_taken(one, query)]
    return (parse(applied(query.text, taken), today) if taken else tree), readings


def _more_filters(text: str, today: date) -> Node | None:
    tree = parse(text, today)
    if tree is not None and not is_filter(tree):
        raise QueryError(f"{text!r} are not filters alone.", "Write it as in type:video date:2023.")
    return divided(tree)[1]


def _is_taken(reading: Reading, query: Query) -> bool:
    """Sure, and not turned back into words by the user."""
    return reading.is_sure and reading.words.lower() not in query.as_words


def _words_of(found: Iterable[SignedLeaf], *, avoided: bool) -> tuple[str, ...]:
    return tuple(leaf.text for leaf, sign in found if isinstance(leaf, Words) and sign is avoided)


def _paths_of(found: Iterable[SignedLeaf], *, avoided: bool) -> tuple[Path, ...]:
    return tuple(
        Path(leaf.path) for leaf, sign in found if isinstance(leaf, Example) and sign is avoided
    )


_MOST_PARTS = 64


def _is_pasted(text: str) -> bool:
    """Several lines are a paste of code or prose, in which signs are no syntax."""
    return "\n" in text.strip()


def _words(text: str) -> Words | None:
    return Words(text.strip()) if text.strip() else None


def _options(query: Query) -> Iterable[Node]:
    """The examples and what to avoid that did not come in the text."""
    yield from (Example(str(path)) for path in query.like)
    yield from (Not(Words(text.strip())) for text in query.avoid if text.strip())
    yield from (Not(Example(str(path))) for path in query.avoid_like)


def _parts(node: Node | None) -> Sequence[Node]:
    if node is None:
        return ()
    return node.parts if isinstance(node, Run) else (node,)
