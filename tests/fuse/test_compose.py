"""Composed queries: what each sign does, and any tree against the slow way."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    leaves,
)
from mmsearch.fuse.compose import CERTAIN, compose, soft_maximum

DOG, BEACH, PEOPLE = Words("dog"), Words("beach"), Words("people")
FILM = OneOf(Field.TYPE, ("video",))


def f32(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def test_what_is_wanted_is_averaged_by_weight() -> None:
    dog, beach = f32(4, -2, 1), f32(2, 2, -3)
    assert compose(DOG, [dog]).tolist() == [4, -2, 1]
    assert compose(Run((DOG, BEACH)), [dog, beach]) == pytest.approx([3, 0, -1])
    assert compose(And((Weighted(DOG, 3), BEACH)), [dog, beach]) == pytest.approx([3.5, -1, 0])


def test_what_is_avoided_takes_away_as_much_as_it_is_there() -> None:
    dog, people = f32(3, 3, 3), f32(-20, -3, 20)
    expected = [3, 3 - 2 * math.log(2), 3 - 2 * 23]
    assert compose(Run((DOG, Not(PEOPLE))), [dog, people]) == pytest.approx(expected, abs=1e-5)
    twice = compose(Run((DOG, Not(Weighted(PEOPLE, 2)))), [dog, people])
    assert twice == pytest.approx([3, 3 - 4 * math.log(2), 3 - 4 * 23], abs=1e-4)


def test_words_count_more_than_the_example_beside_them() -> None:
    both = compose(Run((DOG, Example("a.jpg"))), [f32(3, 0), f32(0, 3)])
    assert both == pytest.approx([2, 1])
    but_not = compose(Run((DOG, Not(Example("a.jpg")))), [f32(3, 0), f32(-20, -20)])
    assert but_not == pytest.approx([3, 0], abs=1e-4)
    alone = compose(Run((Example("a.jpg"), Example("b.jpg"))), [f32(3, 0), f32(0, 3)])
    assert alone == pytest.approx([1.5, 1.5])


def test_only_what_to_avoid_ranks_by_its_absence() -> None:
    assert compose(Not(PEOPLE), [f32(-2, 5)]).tolist() == [2, -5]
    both = compose(Run((Not(PEOPLE), Not(DOG))), [f32(-4, 4), f32(-4, -4)])
    assert both[0] > 3
    assert both[1] < -4


def test_either_is_a_little_more_than_the_better() -> None:
    either = compose(Or((DOG, BEACH)), [f32(5, -3, 0), f32(-9, -3, 0)])
    assert either == pytest.approx([5, -2.29, math.log(3)], abs=0.01)


def test_not_twice_is_wanted() -> None:
    assert compose(Not(Not(DOG)), [f32(2)]).tolist() == [2]


def test_filters_beside_words_in_an_alternative() -> None:
    films = np.array([True, False])
    alone = compose(Or((DOG, FILM)), [f32(1, 1), films])
    assert alone[0] >= CERTAIN
    assert alone[1] == pytest.approx(1, abs=0.01)
    within = compose(Or((Run((DOG, FILM)), BEACH)), [f32(5, 5), films, f32(-9, -9)])
    assert within == pytest.approx([5, -9], abs=0.1)
    without = compose(Or((Run((DOG, Not(FILM))), BEACH)), [f32(5, 5), films, f32(-9, -9)])
    assert without == pytest.approx([-9, 5], abs=0.1)
    but_not = compose(Run((BEACH, Not(Run((DOG, FILM))))), [f32(1, 1), f32(8, 8), films])
    assert but_not == pytest.approx([1 - 2 * 11, 1], abs=0.01)


LEAVES = st.sampled_from([DOG, BEACH, PEOPLE, FILM])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Run(tuple(parts))),
        inner.map(Not),
        inner.map(lambda part: Weighted(part, 0.5)),
    ),
    max_leaves=8,
)


def log_not(logit: float) -> float:
    return -max(logit, 0) - math.log1p(math.exp(-abs(logit)))


class Slow:
    """One segment at a time, with None for what says nothing."""

    def __init__(self, values: Iterator[float | bool]) -> None:
        self.values = values

    def logit(self, node: Node) -> float:
        logit, passes = self.both(node)
        if passes is None:
            assert logit is not None
            return logit
        return (float(CERTAIN) if logit is None else logit) if passes else -float(CERTAIN)

    def both(self, node: Node) -> tuple[float | None, bool | None]:
        match node:
            case Words():
                return float(next(self.values)), None
            case OneOf():
                return None, bool(next(self.values))
            case Or(parts):
                none = sum(log_not(self.logit(part)) for part in parts)
                return math.log(-math.expm1(none)) - none, None
            case Run(parts) | And(parts):
                return self.together(parts)
            case _:
                return self.together((node,))

    def together(self, parts: tuple[Node, ...]) -> tuple[float | None, bool | None]:
        wanted, avoided, masks = [], [], []
        for part in parts:
            weight, sign = 1.0, True
            while isinstance(part, Not | Weighted):
                weight *= part.weight if isinstance(part, Weighted) else 1
                sign ^= isinstance(part, Not)
                part = part.part
            logit, passes = self.both(part)
            if logit is None:
                masks.append(bool(passes) == sign)
            elif sign:
                wanted.append((weight, logit))
                masks += [] if passes is None else [passes]
            else:
                surely = logit if passes in (None, True) else -float(CERTAIN)
                avoided.append((weight, surely))
        passes = all(masks) if masks else None
        if wanted:
            total = sum(w * logit for w, logit in wanted) / sum(w for w, _ in wanted)
            return total + sum(2 * w * log_not(logit + 3) for w, logit in avoided), passes
        if avoided:
            none = sum(log_not(logit) for _, logit in avoided)
            return none - math.log(-math.expm1(none)), passes
        return None, passes


@settings(deadline=None)
@given(TREES, st.data())
def test_any_tree_equals_the_slow_way(tree: Node, data: st.DataObject) -> None:
    n_segment = 3
    values = []
    for leaf in leaves(tree):
        is_text = isinstance(leaf, Words)
        one = st.floats(-8, 8, width=32) if is_text else st.booleans()
        drawn = data.draw(st.lists(one, min_size=n_segment, max_size=n_segment))
        values.append(np.array(drawn, np.float32 if is_text else bool))

    found = compose(tree, values)

    slow = [Slow(iter([some[place] for some in values])).logit(tree) for place in range(n_segment)]
    assert found.dtype == np.float32
    assert found == pytest.approx(slow, abs=2e-3, rel=1e-3)


def test_extreme_logits_stay_finite() -> None:
    extreme = f32(-1e4, 1e4, 0)
    for tree in (Or((DOG, BEACH)), Run((DOG, Not(BEACH))), Not(DOG)):
        values = [extreme] * len(list(leaves(tree)))
        assert np.isfinite(compose(tree, values)).all()
    assert soft_maximum([extreme]).tolist() == extreme.tolist()
