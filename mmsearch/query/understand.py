"""From what was asked to what is looked for: a Query with text becomes a Query with trees.

The window, the command line, batches and Python all come through here, so that a text means the
same everywhere; options (``--type``, ``modalities=``) narrow what the text lets through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mmsearch.expression import Example, Node, Not, Run, SignedLeaf, Words, signed_leaves
from mmsearch.query.divide import divided, run_of
from mmsearch.query.language import parse
from mmsearch.types import Query


@dataclass(frozen=True, slots=True)
class Understood:
    """A query as it will be answered, and what the user should know about it."""

    query: Query
    """With ``wanted`` and ``where``; its text is the words alone."""
    notes: tuple[str, ...] = ()


def understand(query: Query, today: date | None = None) -> Understood:
    """Read the text of a query. Raises QueryError, with its place, for wrong syntax."""
    if query.is_understood:
        return Understood(query)
    day = today or date.today()
    tree = _words(query.text) if query.literal or _is_pasted(query.text) else parse(query.text, day)
    wanted, where = divided(tree)
    wanted = run_of([*_parts(wanted), *_options(query)])
    found = list(signed_leaves(wanted))
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
    return Understood(resolved)


def _words_of(found: Iterable[SignedLeaf], *, avoided: bool) -> tuple[str, ...]:
    return tuple(leaf.text for leaf, sign in found if isinstance(leaf, Words) and sign is avoided)


def _paths_of(found: Iterable[SignedLeaf], *, avoided: bool) -> tuple[Path, ...]:
    return tuple(
        Path(leaf.path) for leaf, sign in found if isinstance(leaf, Example) and sign is avoided
    )


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
