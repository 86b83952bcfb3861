"""Moves of words against a slow fit, and what they are worth where a teacher sees more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mmsearch.adapt import named, word_residual
from mmsearch.adapt.adapter import Adapter
from mmsearch.adapt.held_out import judge, learned
from mmsearch.adapt.named import Named
from mmsearch.adapt.residual import Pairs
from mmsearch.adapt.word_residual import RIDGE, SHARE, Teacher, learn_words
from mmsearch.types import F32
from tests.adapt.test_residual import unit

DIM, N_WORD, N_PICTURE = 24, 12, 260
PIECES = np.arange(N_WORD) * 3 + 1000


def seen(chance: np.random.Generator, *, weight: float = 0.1) -> Teacher:
    """Pictures in which words can be seen along directions of their own."""
    pictures = unit(chance.standard_normal((N_PICTURE, DIM)) + 0.5)
    evidence = 20 * pictures @ unit(chance.standard_normal((N_WORD, DIM))).T
    items = np.arange(N_PICTURE)
    return Teacher(PIECES, weight, pictures, np.asarray(evidence, np.float32), items)


def slow_moves(teacher: Teacher) -> F32:
    """Each word by itself, by least squares with rows for the ridge."""
    mean = teacher.pictures.mean(axis=0)
    straight = mean / np.linalg.norm(mean)
    apart = np.array(
        [row - mean - straight * ((row - mean) @ straight) for row in teacher.pictures]
    )
    rows = np.concatenate([apart, np.sqrt(RIDGE) * np.eye(DIM)])
    found = []
    for column in teacher.evidence.T:
        wanted = np.concatenate([column - column.mean(), np.zeros(DIM)])
        found.append(np.linalg.lstsq(rows, wanted, rcond=None)[0])
    return np.asarray(SHARE * teacher.weight * np.array(found), np.float32)


def test_the_moves_are_those_of_a_ridge_regression() -> None:
    teacher = seen(np.random.default_rng(0))
    found = learn_words(teacher)
    assert found.moves == pytest.approx(slow_moves(teacher), abs=1e-3)
    assert np.abs(found.moves @ teacher.pictures.mean(axis=0)).max() < 1e-4


def test_pictures_that_cannot_be_read_do_not_count() -> None:
    teacher = seen(np.random.default_rng(1))
    read = np.arange(N_PICTURE) % 5 != 0
    evidence = np.where(read[:, None], teacher.evidence, np.nan)
    part = replace(
        teacher,
        pictures=teacher.pictures[read],
        evidence=teacher.evidence[read],
        item_of=teacher.item_of[read],
    )
    damaged = replace(teacher, evidence=evidence)
    assert damaged.n_read == read.sum()
    assert np.allclose(learn_words(damaged).moves, learn_words(part).moves, atol=1e-5)


def test_a_sentence_is_moved_by_the_words_that_are_known() -> None:
    found = learn_words(seen(np.random.default_rng(2)))
    tokens = np.array([101, PIECES[4], 5, PIECES[0], PIECES[4], 99_999])
    assert np.allclose(found.moved(tokens), found.moves[0] + 2 * found.moves[4], atol=1e-6)
    assert not found.moved(np.zeros(0, np.int64)).any()
    sentence = unit(np.random.default_rng(3).standard_normal((1, DIM)))
    bent = Adapter(words=found).bend(sentence, [tokens])
    assert np.linalg.norm(bent) == pytest.approx(1)
    assert np.allclose(Adapter(words=found).bend(sentence), sentence)


def named_by_words(chance: np.random.Generator, *, telling: bool) -> Named:
    """Sentences of two words that are seen in the picture, with vectors that say little of it."""
    teacher = seen(chance, weight=0.15)
    told = teacher.evidence if telling else chance.permutation(teacher.evidence)
    best = np.argsort(-told, axis=1)[:, :2]
    texts = unit(0.1 * teacher.pictures + 0.1 * chance.standard_normal((N_PICTURE, DIM)))
    places, none = np.arange(N_PICTURE), np.zeros((0, DIM), np.float32)
    pairs = Pairs(texts, teacher.pictures, np.zeros(N_PICTURE, np.float32), places, places, none)
    return Named(pairs, tuple(np.sort(PIECES[row]) for row in best), teacher)


@pytest.fixture
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named, "LEAST_PICTURES", 100)


@pytest.mark.usefixtures("few_are_enough")
def test_what_the_teacher_sees_is_kept_where_names_say_it() -> None:
    pairs = named_by_words(np.random.default_rng(4), telling=True)
    assert pairs.ways == ("names", "words", "both")
    verdict = judge(pairs)
    assert verdict.is_better
    assert verdict.way in ("words", "both")
    assert learned(pairs, verdict.way).words is not None


@pytest.mark.usefixtures("few_are_enough")
def test_what_the_teacher_sees_is_refused_where_names_say_something_else() -> None:
    assert not judge(named_by_words(np.random.default_rng(5), telling=False)).is_better


def test_held_out_pictures_teach_nothing() -> None:
    teacher = seen(np.random.default_rng(6))
    teacher = replace(teacher, item_of=np.where(np.arange(N_PICTURE) < 200, teacher.item_of, -1))
    held = np.zeros(200, bool)
    held[:50] = True
    left = teacher.without(held)
    assert len(left.pictures) == N_PICTURE - 50
    assert np.array_equal(left.evidence, teacher.evidence[50:])


def test_few_pictures_are_no_teacher() -> None:
    teacher = seen(np.random.default_rng(7))
    few = replace(
        teacher, evidence=np.where(np.arange(N_PICTURE)[:, None] < 50, teacher.evidence, np.nan)
    )
    assert few.n_read < word_residual.LEAST_PICTURES
    pairs = named_by_words(np.random.default_rng(7), telling=True)
    assert replace(pairs, teacher=few).ways == ("names",)
