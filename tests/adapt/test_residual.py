"""The residual against slow oracles, and what it learns."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.adapt import residual
from mmsearch.adapt.held_out import by_chance, judge, named_of
from mmsearch.adapt.residual import RIDGE, TEMPERATURE, Named, adapted, learn, loss
from mmsearch.types import F32

DIM = 24


def unit(rows: np.ndarray) -> F32:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def some_named(chance: np.random.Generator) -> Named:
    texts, items = unit(chance.standard_normal((6, 5))), unit(chance.standard_normal((9, 5)))
    text_of = np.array([0, 1, 2, 3, 4, 5, 0, 0, 3])
    terms = chance.standard_normal(9).astype(np.float32) / 20
    return named_of(texts, items, terms, text_of, np.arange(9))


def slow_loss(named: Named, matrix: F32) -> float:
    total = 0.0
    for text, right in zip(named.texts.astype(float), named.right, strict=True):
        bent = text + text @ matrix.astype(float)
        scores = [
            (float(bent @ item) - float(term)) / TEMPERATURE
            for item, term in zip(named.items, named.terms, strict=True)
        ]
        whole = sum(np.exp(score) for score in scores)
        total -= sum(
            share * np.log(np.exp(score) / whole)
            for share, score in zip(right, scores, strict=True)
        )
    return total / len(named.texts) + RIDGE / 2 * float((matrix.astype(float) ** 2).sum())


def test_the_loss_and_its_gradient_are_those_of_the_formula() -> None:
    chance = np.random.default_rng(0)
    named = some_named(chance)
    matrix = chance.standard_normal((5, 5)).astype(np.float32) / 5
    value, slope = loss(named, matrix)
    assert value == pytest.approx(slow_loss(named, matrix), rel=1e-4)
    for row, column in ((0, 0), (1, 3), (4, 2)):
        more, less = matrix.copy(), matrix.copy()
        more[row, column] += 0.01
        less[row, column] -= 0.01
        by_difference = (slow_loss(named, more) - slow_loss(named, less)) / 0.02
        assert slope[row, column] == pytest.approx(by_difference, rel=0.02, abs=2e-3)


def test_what_is_learned_has_the_least_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residual, "_MOST_STEPS", 500)
    chance = np.random.default_rng(1)
    named = some_named(chance)
    found = learn(named)
    least, slope = loss(named, found)
    start = np.linalg.norm(loss(named, np.zeros((5, 5), np.float32))[1])
    assert np.linalg.norm(slope) < 0.02 * start
    for _ in range(20):
        other = found + chance.standard_normal((5, 5)).astype(np.float32) / 10
        assert loss(named, other)[0] > least


def test_without_a_residual_sentences_stay_as_they_are() -> None:
    texts = unit(np.random.default_rng(2).standard_normal((3, DIM)))
    assert np.allclose(adapted(texts, np.zeros((DIM, DIM), np.float32)), texts, atol=1e-6)


def turned(chance: np.random.Generator, n: int) -> tuple[F32, F32]:
    """Sentences, and items that lie where a fixed turn of the space and some noise take them."""
    texts = unit(chance.standard_normal((n, DIM)))
    turn = np.linalg.qr(np.eye(DIM) + 0.25 * chance.standard_normal((DIM, DIM)))[0]
    return texts, unit(texts @ turn + 0.15 * chance.standard_normal((n, DIM)))


def test_a_turned_space_is_learned_and_kept() -> None:
    texts, items = turned(np.random.default_rng(3), 300)
    places = np.arange(300)
    verdict = judge(texts, items, np.zeros(300, np.float32), places, places)
    assert verdict.is_better
    assert verdict.after > verdict.before + 0.1
    assert "better on held-out files" in verdict.reason


@pytest.mark.parametrize("seed", range(5))
def test_names_that_say_nothing_are_refused(seed: int) -> None:
    chance = np.random.default_rng(seed)
    texts, items = turned(chance, 300)
    verdict = judge(
        texts, items, np.zeros(300, np.float32), chance.permutation(300), np.arange(300)
    )
    assert not verdict.is_better
    assert verdict.reason.startswith("no better")


def test_a_few_names_are_refused() -> None:
    texts, items = turned(np.random.default_rng(4), 300)
    one_name = np.zeros(300, np.int64)
    verdict = judge(texts, items, np.zeros(300, np.float32), one_name, np.arange(300))
    assert not verdict.is_better
    assert "too few: 300 files with 1 names" in verdict.reason


def test_chance_is_that_of_all_flips() -> None:
    gains = np.array([0.5, 0.25, -0.1, 0.2, 0.3])
    flips = [[1 if number >> bit & 1 else -1 for bit in range(5)] for number in range(32)]
    exact = np.mean([np.dot(signs, gains) >= gains.sum() - 1e-12 for signs in flips])
    assert by_chance(gains) == pytest.approx(exact, abs=0.01)
