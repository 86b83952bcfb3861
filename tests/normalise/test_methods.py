"""Every method against the slow reference, by rankings and by values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mmsearch.normalise
from mmsearch.normalise.bank import Bank
from mmsearch.normalise.csls import local_scaling_term
from mmsearch.normalise.dual import gallery_term
from mmsearch.normalise.fit import Banks, activated
from mmsearch.normalise.inverted_softmax import inverted_softmax_term
from mmsearch.normalise.method import METHODS, mean_of_largest, soft_maximum
from mmsearch.normalise.nnn import nearest_neighbour_term
from mmsearch.normalise.sinkhorn import sinkhorn_potentials
from mmsearch.normalise.terms import Factor, Terms, bank_term
from mmsearch.types import F32
from tests.oracles import hubness as oracle

few = settings(max_examples=25, deadline=None)
sizes = st.integers(1, 12)
seeds = st.integers(0, 10_000)


def unit_rows(n: int, seed: int, dim: int = 6) -> F32:
    rows = np.random.default_rng(seed).standard_normal((n, dim)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def cosines(n_item: int, n_query: int, n_bank: int, seed: int) -> tuple[F32, F32]:
    """(n_query, n_item) and (n_item, n_bank)."""
    items, queries = unit_rows(n_item, seed), unit_rows(n_query, seed + 1)
    return queries @ items.T, items @ unit_rows(n_bank, seed + 2).T


def as_lists(matrix: F32) -> list[list[float]]:
    return matrix.astype(float).tolist()


@few
@given(sizes, sizes, sizes, seeds, st.floats(1, 100))
def test_inverted_softmax_ranks_as_the_ratio(
    n_item: int, n_query: int, n_bank: int, seed: int, beta: float
) -> None:
    asked, bank = cosines(n_item, n_query, n_bank, seed)
    slow = oracle.inverted_softmax_scores(as_lists(asked), as_lists(bank.T), beta)

    fast = asked - inverted_softmax_term(bank, beta=beta)

    # The logarithm of the ratio is β times the normalised cosine, up to a constant.
    logs = np.log(np.array(slow)) / beta
    assert fast - fast[:, :1] == pytest.approx(logs - logs[:, :1], abs=1e-4)


@few
@given(sizes, sizes, sizes, seeds, st.integers(1, 20))
def test_csls_is_half_of_the_papers_score_up_to_the_querys_own_part(
    n_item: int, n_query: int, n_bank: int, seed: int, k: int
) -> None:
    asked, bank = cosines(n_item, n_query, n_bank, seed)
    slow = np.array(oracle.csls_scores(as_lists(asked), as_lists(bank.T), k)) / 2

    fast = asked - local_scaling_term(bank, k=k)

    assert fast - fast[:, :1] == pytest.approx(slow - slow[:, :1], abs=1e-5)


@few
@given(sizes, sizes, sizes, seeds, st.integers(1, 20), st.floats(0, 1))
def test_nnn_is_the_papers_score(
    n_item: int, n_query: int, n_bank: int, seed: int, k: int, alpha: float
) -> None:
    asked, bank = cosines(n_item, n_query, n_bank, seed)
    slow = oracle.nnn_scores(as_lists(asked), as_lists(bank.T), k, alpha)

    assert asked - nearest_neighbour_term(bank, k=k, weight=alpha) == pytest.approx(
        np.array(slow), abs=1e-5
    )


@few
@given(sizes, sizes, sizes, seeds)
def test_dynamic_inverted_softmax_touches_only_searches_that_begin_with_a_hub(
    n_item: int, n_query: int, n_bank: int, seed: int
) -> None:
    items, queries, bank = (
        unit_rows(n, seed + more) for more, n in enumerate((n_item, n_query, n_bank))
    )
    scores = as_lists(np.stack([items @ query for query in queries]))
    slow = oracle.dynamic_inverted_softmax_scores(scores, as_lists(bank @ items.T), beta=10)
    hubs = activated(items, np.arange(n_item), Banks(real=Bank(bank)))[:, 0]
    term = inverted_softmax_term(items @ bank.T, beta=10)
    terms = Terms({"text": [Factor(term, hubs)]})

    for query, expected in zip(queries, slow, strict=True):
        asked = items @ query
        off = bank_term(asked, np.zeros(n_item, np.uint8), terms, "text")
        assert off is not None
        fast = asked - off
        is_normalised = expected != as_lists(asked[None])[0]
        slow_one = np.log(expected) / 10 if is_normalised else np.array(expected)
        assert fast - fast[0] == pytest.approx(slow_one - slow_one[0], abs=1e-4)


@few
@given(sizes, sizes, seeds)
def test_sinkhorn_potentials_give_the_plan_of_the_iteration(
    n_item: int, n_query: int, seed: int
) -> None:
    similarity = cosines(n_item, 1, n_query, seed)[1]
    beta = 10.0
    slow = np.array(oracle.sinkhorn_plan(as_lists(similarity), beta, 10))

    potentials = sinkhorn_potentials(similarity, beta=beta)
    rows = np.exp(beta * (similarity - potentials))

    # One more scaling of the rows follows in the term of each item.
    expected = slow / slow.sum(axis=1, keepdims=True)
    assert rows / rows.sum(axis=1, keepdims=True) == pytest.approx(expected, abs=1e-4)


def test_the_gallery_term_is_light() -> None:
    bank = cosines(5, 1, 7, 3)[1]
    assert gallery_term(bank) == pytest.approx(0.1 * soft_maximum(bank, 50.0))


@pytest.mark.parametrize("name", list(METHODS))
def test_a_query_that_does_not_count_is_as_if_it_were_not_there(name: str) -> None:
    method = METHODS.get(name)
    bank = cosines(4, 1, 9, 5)[1]
    with_hole = np.insert(bank, 3, -np.inf, axis=1)

    for term in filter(None, (method.term, method.gallery_term)):
        assert term(with_hole) == pytest.approx(term(bank), abs=1e-6)
        assert term(np.full((2, 3), -np.inf, np.float32)) == pytest.approx([0, 0])
        assert term(np.zeros((2, 0), np.float32)) == pytest.approx([0, 0])
        assert term(np.zeros((0, 3), np.float32)).shape == (0,)


@pytest.mark.parametrize("name", list(METHODS))
def test_terms_are_numbers_on_the_cosine_scale(name: str) -> None:
    method = METHODS.get(name)
    extreme = np.float32([[1, 1, 1], [-1, -1, -1], [0, 0, 0]])

    found = method.term(extreme)

    assert found.dtype == np.float32
    assert np.isfinite(found).all()
    assert (np.abs(found) <= 1 + 1e-6).all()


def test_a_bank_of_one() -> None:
    bank = np.float32([[0.3], [0.1]])
    assert mean_of_largest(bank, 16) == pytest.approx([0.3, 0.1])
    assert soft_maximum(bank, 1000.0) == pytest.approx([0.3, 0.1])


def test_methods_are_registered_with_the_package() -> None:
    assert mmsearch.normalise.__all__
    assert set(METHODS) == {"nnn", "csls", "is", "dis", "dual-is", "dual-dis", "sinkhorn"}
