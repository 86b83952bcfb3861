"""What a query asks for, as a tree of frozen nodes: what query/ reads, retrieve/ filters by and
fuse/ weighs. Two trees are equal when they mean the same, wherever their parts stood in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as data_field
from enum import StrEnum
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""First character and the one behind the last, in the text of the query."""


class Field(StrEnum):
    """What a filter looks at; the value is what stands before the colon."""

    TYPE = "type"
    FOLDER = "in"
    EXTENSION = "ext"
    DATE = "date"
    SIZE = "size"
    DURATION = "duration"
    CAMERA = "camera"
    LANGUAGE = "lang"
    NAME = "name"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found by meaning and by letter; ``quoted`` ones belong together."""

    text: str
    quoted: bool = False
    span: Span = data_field(default=(0, 0), compare=False, repr=False)
    phrases: tuple[str, ...] = ()
    """Parts of the text that were in quotes, once it is one sentence (query/divide.py)."""


@dataclass(frozen=True, slots=True)
class Example:
    """A file to find more of, as a path in the text."""

    path: str
    span: Span = data_field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A filter by name: at least one of the values."""

    field: Field
    values: tuple[str, ...]
    span: Span = data_field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Between:
    """A filter by number, both ends included, None where it is open.

    Dates are days since 1970, sizes bytes, durations milliseconds.
    """

    field: Field
    low: int | None = None
    high: int | None = None
    span: Span = data_field(default=(0, 0), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Weighted:
    """A part that counts more (above 1) or less than the others."""

    part: Node
    weight: float


@dataclass(frozen=True, slots=True)
class Not:
    """What is to be avoided."""

    part: Node


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that stand side by side: the words are one sentence, the rest goes with it."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And:
    """Parts joined by AND: each is looked for by itself, and all are wanted."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Parts joined by OR."""

    parts: tuple[Node, ...]


Filter: TypeAlias = OneOf | Between
Node: TypeAlias = Words | Example | OneOf | Between | Weighted | Not | Run | And | Or


Leaf: TypeAlias = Words | Example | OneOf | Between
SignedLeaf: TypeAlias = tuple[Leaf, bool]
"""A part without parts, and whether it is to be avoided."""


def signed_leaves(node: Node | None, *, avoided: bool = False) -> Iterator[SignedLeaf]:
    """Every part that has no parts, in the order of the text."""
    match node:
        case None:
            return
        case Not(part):
            yield from signed_leaves(part, avoided=not avoided)
        case Weighted(part):
            yield from signed_leaves(part, avoided=avoided)
        case Run(parts) | And(parts) | Or(parts):
            for part in parts:
                yield from signed_leaves(part, avoided=avoided)
        case _:
            yield node, avoided


def leaves(node: Node | None) -> Iterator[Leaf]:
    """The same without the signs."""
    return (leaf for leaf, _ in signed_leaves(node))


def is_filter(node: Node) -> bool:
    """Whether nothing in it is to be found, only to be passed or not."""
    return all(isinstance(leaf, OneOf | Between) for leaf in leaves(node))
