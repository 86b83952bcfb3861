"""The residual against slow oracles, and what it learns."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.adapt import residual
from mmsearch.adapt.adapter import Adapter
from mmsearch.adapt.held_out import Verdict, by_chance, judge
from mmsearch.adapt.named import Named
from mmsearch.adapt.residual import (
    DISLIKED,
    RIDGE,
    STAY,
    TEMPERATURE,
    Ints,
    Pairs,
    learn,
    loss,
    shares_of,
)
from mmsearch.types import F32

DIM = 24


def unit(rows: np.ndarray) -> F32:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def some_pairs(chance: np.random.Generator) -> Pairs:
    texts, items = unit(chance.standard_normal((6, 5))), unit(chance.standard_normal((9, 5)))
    text_of = np.array([0, 1, 2, 3, 4, 5, 0, 0, 3])
    terms = chance.standard_normal(9).astype(np.float32) / 20
    others = unit(chance.standard_normal((4, 5)))
    wrong = np.array([[2, 8], [5, 2], [3, 1]])
    return Pairs(texts, items, terms, text_of, np.arange(9), others, wrong)


def slow_loss(pairs: Pairs, matrix: F32) -> float:
    total = 0.0
    wrong = set(map(tuple, pairs.disliked.tolist()))
    for place, (text, right) in enumerate(
        zip(pairs.texts.astype(float), shares_of(pairs), strict=True)
    ):
        bent = text + text @ matrix.astype(float)
        scores = [
            (float(bent @ item) - float(term)) / TEMPERATURE + DISLIKED * ((place, number) in wrong)
            for number, (item, term) in enumerate(zip(pairs.items, pairs.terms, strict=True))
        ]
        whole = sum(np.exp(score) for score in scores)
        total -= sum(
            share * np.log(np.exp(score) / whole)
            for share, score in zip(right, scores, strict=True)
        )
    for other in pairs.others.astype(float):
        total += (
            STAY / 2 * float(((other @ matrix) ** 2).sum()) * len(pairs.texts) / len(pairs.others)
        )
    return total / len(pairs.texts) + RIDGE / 2 * float((matrix.astype(float) ** 2).sum())


def test_the_loss_and_its_gradient_are_those_of_the_formula() -> None:
    chance = np.random.default_rng(0)
    pairs = some_pairs(chance)
    matrix = chance.standard_normal((5, 5)).astype(np.float32) / 5
    value, slope = loss(pairs, shares_of(pairs), matrix)
    assert value == pytest.approx(slow_loss(pairs, matrix), rel=1e-4)
    for row, column in ((0, 0), (1, 3), (4, 2)):
        more, less = matrix.copy(), matrix.copy()
        more[row, column] += 0.01
        less[row, column] -= 0.01
        by_difference = (slow_loss(pairs, more) - slow_loss(pairs, less)) / 0.02
        assert slope[row, column] == pytest.approx(by_difference, rel=0.02, abs=2e-3)


def test_what_is_learned_has_the_least_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residual, "_MOST_STEPS", 500)
    chance = np.random.default_rng(1)
    pairs = some_pairs(chance)
    found = learn(pairs)
    least, slope = loss(pairs, shares_of(pairs), found)
    start = np.linalg.norm(loss(pairs, shares_of(pairs), np.zeros((5, 5), np.float32))[1])
    assert np.linalg.norm(slope) < 0.02 * start
    for _ in range(20):
        other = found + chance.standard_normal((5, 5)).astype(np.float32) / 10
        assert loss(pairs, shares_of(pairs), other)[0] > least


def test_without_a_residual_sentences_stay_as_they_are() -> None:
    texts = unit(np.random.default_rng(2).standard_normal((3, DIM)))
    assert np.allclose(Adapter(np.zeros((DIM, DIM), np.float32)).bend(texts), texts, atol=1e-6)


def judged(texts: F32, items: F32, text_of: Ints) -> Verdict:
    """Each item named by a sentence, no terms, and no other sentences."""
    n_item = len(items)
    terms, others = np.zeros(n_item, np.float32), np.zeros((0, DIM), np.float32)
    return judge(Named(Pairs(texts, items, terms, text_of, np.arange(n_item), others)))


def turned(chance: np.random.Generator, n: int) -> tuple[F32, F32]:
    """Sentences, and items that lie where a fixed turn of the space and some noise take them."""
    texts = unit(chance.standard_normal((n, DIM)))
    turn = np.linalg.qr(np.eye(DIM) + 0.25 * chance.standard_normal((DIM, DIM)))[0]
    return texts, unit(texts @ turn + 0.15 * chance.standard_normal((n, DIM)))


def test_a_turned_space_is_learned_and_kept() -> None:
    texts, items = turned(np.random.default_rng(3), 300)
    verdict = judged(texts, items, np.arange(300))
    assert verdict.is_better
    assert verdict.after > verdict.before + 0.1
    assert "better on held-out files" in verdict.reason


@pytest.mark.parametrize("seed", range(5))
def test_names_that_say_nothing_are_refused(seed: int) -> None:
    chance = np.random.default_rng(seed)
    texts, items = turned(chance, 300)
    verdict = judged(texts, items, chance.permutation(300))
    assert not verdict.is_better
    assert verdict.reason.startswith("no better")


def test_a_few_names_are_refused() -> None:
    texts, items = turned(np.random.default_rng(4), 300)
    verdict = judged(texts, items, np.zeros(300, np.int64))
    assert not verdict.is_better
    assert "too few: 300 files with 1 names" in verdict.reason


def test_chance_is_that_of_all_flips() -> None:
    gains = np.array([0.5, 0.25, -0.1, 0.2, 0.3])
    flips = [[1 if number >> bit & 1 else -1 for bit in range(5)] for number in range(32)]
    exact = np.mean([np.dot(signs, gains) >= gains.sum() - 1e-12 for signs in flips])
    assert by_chance(gains) == pytest.approx(exact, abs=0.01)


def test_other_sentences_hold_it_back() -> None:
    texts, items = turned(np.random.default_rng(3), 300)
    places, terms = np.arange(300), np.zeros(300, np.float32)
    others = unit(np.random.default_rng(5).standard_normal((40, DIM)))
    free = learn(Pairs(texts, items, terms, places, places, others[:0]))
    held = learn(Pairs(texts, items, terms, places, places, others))
    assert np.linalg.norm(others @ held) < 0.7 * np.linalg.norm(others @ free)


def test_a_part_keeps_what_names_what() -> None:
    pairs = some_pairs(np.random.default_rng(6))
    chosen = np.array([True, False, True, False, False, False, True, True, True])
    part = pairs.part(chosen)
    assert np.array_equal(part.items, pairs.items[chosen])
    named = {
        (tuple(part.texts[text]), tuple(part.items[item]))
        for text, item in zip(part.text_of, part.item_of, strict=True)
    }
    whole = {
        (tuple(pairs.texts[text]), tuple(pairs.items[item]))
        for text, item in zip(pairs.text_of, pairs.item_of, strict=True)
        if chosen[item]
    }
    assert named == whole
    assert len(part.texts) == 3
    assert np.array_equal(part.disliked, [[1, 4]])


def test_what_was_disliked_falls() -> None:
    texts, items = turned(np.random.default_rng(3), 300)
    places, terms = np.arange(300), np.zeros(300, np.float32)
    others = np.zeros((0, DIM), np.float32)
    wrong = np.stack((places, (texts @ items.T - 2 * np.eye(300)).argmax(axis=1)), axis=1)
    scores = [
        float(((Adapter(learn(pairs)).bend(texts) @ items.T)[wrong[:, 0], wrong[:, 1]]).mean())
        for pairs in (
            Pairs(texts, items, terms, places, places, others),
            Pairs(texts, items, terms, places, places, others, wrong),
        )
    ]
    assert scores[1] < scores[0] - 0.003
