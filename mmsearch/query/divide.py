"""Divides a tree into what to find and the filters that every hit passes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mmsearch.expression import (
    And,
    Example,
    Field,
    Node,
    Not,
    OneOf,
    Or,
    Run,
    Weighted,
    Words,
    is_filter,
)
from mmsearch.paths import full_path


def divided(node: Node | None) -> tuple[Node | None, Node | None]:
    """What to find, and the filters that every hit passes.

    Filters that are alternatives to words ("dog OR type:video") stay with the words, and what
    they imply together is a filter besides.
    """
    if node is None:
        return None, None
    return _parted(_simplified(node))


def _parted(node: Node) -> tuple[Node | None, Node | None]:
    match node:
        case _ if is_filter(node):
            return None, node
        case Run(parts) | And(parts):
            pairs = [_parted(part) for part in parts]
            kept = [wanted for wanted, _ in pairs if wanted is not None]
            joint = type(node)
            return (
                joint(tuple(kept)) if len(kept) > 1 else next(iter(kept), None),
                both([where for _, where in pairs if where is not None]),
            )
        case _:
            return node, _implied(node)


def _simplified(node: Node) -> Node:
    """The same, with one sentence and one filter of a kind in each run, and full paths."""
    match node:
        case Run(parts):
            simple = [_simplified(part) for part in parts]
            run = run_of(_one_of_each_kind(_one_sentence(simple)))
            assert run is not None
            return run
        case And(parts):
            return _and([_simplified(part) for part in parts])
        case Or(parts):
            return Or(tuple(map(_simplified, parts)))
        case Not(part):
            return Not(_simplified(part))
        case Weighted(part, weight):
            return Weighted(_simplified(part), weight)
        case Words(text, True):
            return Words(text, phrases=(text,))
        case Example(path):
            return Example(str(full_path(path)))
        case _:
            return node


def _and(parts: Sequence[Node]) -> Node:
    """Words joined by AND become one sentence, "a dog and a frisbee".

    That finds both better than two parts do, however they are weighed: a mean average precision
    of .275 on Flickr8k dev, where their mean has .225, their soft minimum .236 and their sentence
    with both .263 (tests/benchmarks/composed.py).
    """
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Run) else (part,))]
    words = [part for part in flat if isinstance(part, Words)]
    others: list[Node] = [part for part in flat if not isinstance(part, Words)]
    joined: list[Node] = [_sentence(words, " and "), *others] if words else others
    return And(tuple(joined)) if len(joined) > 1 else joined[0]


def _one_sentence(parts: Sequence[Node]) -> list[Node]:
    """Words and phrases side by side are embedded as one sentence, in their order.

    Words that count more are in it too, and once more by themselves, because a sentence finds
    more than its words one by one.
    """
    words: list[Words] = []
    stressed: list[Node] = []
    others: list[Node] = []
    for part in parts:
        match part:
            case Words():
                words.append(part)
            case Weighted(Words() as inner, weight) if weight > 1:
                words.append(inner)
                stressed.append(Weighted(inner, weight - 1))
            case _:
                others.append(part)
    if not words:
        return others
    if len(words) == 1 and len(stressed) == 1:  # nothing beside it to count more than
        return list(parts)
    return [_sentence(words, " "), *stressed, *others]


def _sentence(words: Sequence[Words], between: str) -> Words:
    phrases = tuple(phrase for one in words for phrase in one.phrases)
    return Words(between.join(one.text for one in words), phrases=phrases)


def _one_of_each_kind(parts: Sequence[Node]) -> list[Node]:
    """``in:a in:b`` side by side is in either of them; only AND makes it both."""
    by_field: dict[Field, list[OneOf]] = {}
    kept: list[Node] = []
    for part in parts:
        if isinstance(part, OneOf):
            by_field.setdefault(part.field, []).append(part)
        else:
            kept.append(part)
    for field, same in by_field.items():
        values = tuple(dict.fromkeys(value for one in same for value in one.values))
        kept.append(OneOf(field, values))
    return kept


def both(nodes: Iterable[Node | None]) -> Node | None:
    """Filters that all have to be passed as one; None for none."""
    filters = [node for node in nodes if node is not None]
    if len(filters) > 1:
        return And(tuple(filters))
    return filters[0] if filters else None


def _implied(node: Node) -> Node | None:
    """What every hit passes, whatever words it matches; None where that is nothing."""
    match node:
        case _ if is_filter(node):
            return node
        case Weighted(part):
            return _implied(part)
        case Run(parts) | And(parts):
            return both([one for one in map(_implied, parts) if one is not None])
        case Or(parts):
            implied = [_implied(part) for part in parts]
            known = [one for one in implied if one is not None]
            return Or(tuple(known)) if len(known) == len(parts) else None
        case _:
            return None


def run_of(parts: Sequence[Node]) -> Node | None:
    """Parts side by side as one node; None for none."""
    if len(parts) > 1:
        return Run(tuple(parts))
    return parts[0] if parts else None
