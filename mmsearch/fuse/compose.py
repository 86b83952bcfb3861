"""Weighs a composed query: one logit a segment from those of its parts.

Logits are log-odds that a segment is what a part asks for, on one scale for all kinds
(calibrate.py), so that the rules of probability say how parts go together. What was measured
against them is in tests/benchmarks/composed.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from mmsearch.expression import And, Between, Example, Node, Not, OneOf, Or, Run, Weighted, Words
from mmsearch.types import F32

Mask = NDArray[np.bool_]
CERTAIN = np.float32(12.0)
"""The logit of what a filter alone lets through, and its negative of what it does not."""

_RARE = np.float32(1e-3)
AVOIDED_WEIGHT, _AVOIDED_FROM = 2.0, np.float32(-3.0)
"""What is avoided takes away as soon as it is not clearly absent, and more than once: its logits
are those of "is this the picture that was asked for", which a picture with some water in it is not
when asked for water. On Flickr8k dev "this, not that" has a mean average precision of .488, a
picture without something .281; with the plain log P(not that) .468 and .259, with bare subtraction
.454 and .283, with half of it .489 and .277. Subtraction has no end, though: it ranks by how
unlike something a file is, also where it is surely not there, and across kinds."""
_WORDS_BESIDE_EXAMPLE = 2.0
"""An example says many things at once, the words beside it what matters (.136 to .158)."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What a part of a query says about each segment; what it says nothing about is None."""

    logit: F32 | None = None
    """(n_segment,)"""
    passes: Mask | None = None
    """(n_segment,) of filters that stand beside words within an alternative."""


def compose(wanted: Node, values: Iterable[F32 | Mask]) -> F32:
    """One logit a segment: (n_segment,) float32.

    values: for each leaf of the tree, in its order, the logits of words and examples, or which
            segments pass a filter.
    """
    return _as_logit(_evidence(wanted, iter(values)))


def _evidence(node: Node, values: Iterator[F32 | Mask]) -> Evidence:
    match node:
        case Words() | Example():
            return Evidence(logit=np.asarray(next(values), np.float32))
        case OneOf() | Between():
            return Evidence(passes=np.asarray(next(values), bool))
        case Or(parts):
            return Evidence(soft_maximum([_as_logit(_evidence(part, values)) for part in parts]))
        case Run(parts) | And(parts):
            return _together(parts, values)
        case Not() | Weighted():
            return _together((node,), values)


def _together(parts: Sequence[Node], values: Iterator[F32 | Mask]) -> Evidence:
    """What is wanted is averaged by weight; what is to be avoided takes away."""
    bare = [_without_signs(part) for part in parts]
    has_example = any(isinstance(part, Example) and not avoided for part, _, avoided in bare)
    wanted: list[tuple[float, F32]] = []
    avoided: list[tuple[float, F32]] = []
    passes: list[Mask] = []
    for inner, weight, is_avoided in bare:
        found = _evidence(inner, values)
        if found.passes is not None and (found.logit is None or not is_avoided):
            passes.append(~found.passes if is_avoided else found.passes)
        if found.logit is not None:
            logit = _as_logit(found) if is_avoided else found.logit
            more = _WORDS_BESIDE_EXAMPLE if has_example and isinstance(inner, Words) else 1.0
            (avoided if is_avoided else wanted).append(
                (weight if is_avoided else weight * more, logit)
            )
    together = _weighed(wanted, avoided) if wanted or avoided else None
    return Evidence(together, np.logical_and.reduce(passes) if passes else None)


def _without_signs(node: Node) -> tuple[Node, float, bool]:
    """A part without its minus and weight, its weight, and whether it is to be avoided."""
    weight, is_avoided = 1.0, False
    while isinstance(node, Not | Weighted):
        if isinstance(node, Weighted):
            weight *= node.weight
        else:
            is_avoided = not is_avoided
        node = node.part
    return node, weight, is_avoided


def _weighed(wanted: Sequence[tuple[float, F32]], avoided: Sequence[tuple[float, F32]]) -> F32:
    """The mean of what is wanted, less what is there and should not be.

    log-odds(this and not that) is about log-odds(this) + log P(not that), and log P(not that) is
    -softplus(log-odds(that)): a part that is surely not there takes nothing away. Where nothing
    is wanted, it is the log-odds of none of the avoided.
    """
    if not wanted:
        return -soft_maximum([logit for _, logit in avoided])
    if len(wanted) == 1 and not avoided:
        return wanted[0][1]
    whole = sum(weight for weight, _ in wanted)
    total: F32 = reduce(np.add, [np.float32(weight / whole) * logit for weight, logit in wanted])
    for weight, logit in avoided:
        taken = np.float32(weight * AVOIDED_WEIGHT) * softplus(logit - _AVOIDED_FROM)
        total = np.asarray(total - taken, np.float32)
    return total


def softplus(logit: F32) -> F32:
    """-log P(not), from log-odds: log(1 + exp(logit)), twenty times as fast as logaddexp."""
    return np.asarray(np.maximum(logit, 0) + np.log1p(np.exp(-np.abs(logit))), np.float32)


def soft_maximum(logits: Sequence[F32]) -> F32:
    """The log-odds that at least one holds: (n_segment,), a little above the largest.

    log-odds(1 - prod(1 - p)) with log(1 - p) = -softplus(logit), for independent parts.
    """
    if len(logits) == 1:
        return logits[0]
    none = reduce(np.add, [softplus(logit) for logit in logits])
    largest = reduce(np.maximum, logits)
    odds = reduce(np.add, [np.exp(logit - largest) for logit in logits])
    rare = none < _RARE  # then P is about the sum of exp(logit), which must not underflow
    sure = np.maximum(none, _RARE)
    likely = sure + np.log(-np.expm1(-sure))
    return np.asarray(np.where(rare, largest + np.log(odds), likely), np.float32)


def _as_logit(evidence: Evidence) -> F32:
    """A filter alone is certain, one way or the other."""
    if evidence.passes is None:
        assert evidence.logit is not None
        return evidence.logit
    inside = CERTAIN if evidence.logit is None else evidence.logit
    return np.where(evidence.passes, inside, -CERTAIN).astype(np.float32)
