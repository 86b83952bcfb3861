"""The guard against libraries in which normalising helps, does nothing, and does harm."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.normalise.bank import LinearMap
from mmsearch.normalise.candidates import Candidate
from mmsearch.normalise.guard import Choice, choose, reciprocal_ranks
from mmsearch.normalise.occurrence import occurrence, skewness
from mmsearch.normalise.probes import Evidence, generated
from mmsearch.normalise.setting import RAW, Setting
from mmsearch.types import F32

DIM, N_ITEM = 24, 120
HELPFUL = Candidate(Setting("nnn"), 0.01, 0.01)
DOUBTFUL = Candidate(Setting("is"), -0.005, 0.02)


def unit(rows: F32) -> F32:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def a_library(hub_strength: float, noise: float = 1.2) -> tuple[F32, F32, F32]:
    """Items some of which lean to where all queries are, a query for each, and how far they do."""
    chance = np.random.default_rng(1)
    common = np.zeros(DIM)
    common[0] = 1
    lean = hub_strength * chance.random(N_ITEM) ** 4
    own = chance.standard_normal((N_ITEM, DIM))
    own[:, 0] = 0
    own = unit(own)
    items = unit(own + lean[:, None] * common)
    said = own + common + noise * chance.standard_normal((N_ITEM, DIM)) / np.sqrt(DIM)
    return items, unit(said), (items[:, 0]).astype(np.float32)


def evidence(queries: F32, *, is_real: bool = True) -> Evidence:
    return Evidence(queries, np.arange(len(queries)), "captions", is_real)


def decide(items: F32, queries: F32, term: F32, *candidates: Candidate) -> Choice:
    return choose(candidates, items, np.arange(len(items)), lambda _: term, [evidence(queries)])


def test_hubs_are_seen_and_normalising_them_pays() -> None:
    items, queries, lean = a_library(hub_strength=2)
    counts = occurrence(queries @ items.T)
    assert skewness(counts) > 2 * abs(skewness(occurrence(queries @ items.T - 0.7 * lean)))

    choice = decide(items, queries, 0.7 * lean, HELPFUL)

    assert choice.setting == HELPFUL.setting
    assert choice.gain > HELPFUL.gain
    assert "120 captions" in choice.reason
    assert "skewness" in choice.reason


def test_a_term_that_does_harm_is_left_out() -> None:
    items, queries, _ = a_library(hub_strength=2)
    wrong = np.random.default_rng(2).standard_normal(N_ITEM).astype(np.float32) * 0.3

    choice = decide(items, queries, wrong, HELPFUL)

    assert choice.setting == RAW
    assert choice.reason.startswith("raw cosines; tried 120 captions")


def test_one_that_makes_hubs_is_left_out_whatever_made_up_queries_say() -> None:
    items, queries, _ = a_library(hub_strength=0, noise=0.2)
    makes_a_hub = np.zeros(N_ITEM, np.float32)
    makes_a_hub[:2] = -0.2
    sure = Candidate(Setting("nnn"), 0.5, 0.001)

    made_up = [evidence(queries, is_real=False)]
    choice = choose([sure], items, np.arange(N_ITEM), lambda _: makes_a_hub, made_up)

    assert choice.setting == RAW


def test_without_evidence_what_was_measured_elsewhere_counts() -> None:
    items, _, lean = a_library(hub_strength=2)

    def choice(*candidates: Candidate) -> Choice:
        return choose(candidates, items, np.arange(N_ITEM), lambda _: lean, [])

    assert choice(DOUBTFUL, HELPFUL).setting == HELPFUL.setting
    assert choice(DOUBTFUL).setting == RAW
    assert choice().setting == RAW


def test_good_evidence_turns_on_what_was_doubtful() -> None:
    items, queries, lean = a_library(hub_strength=2)
    assert decide(items, queries, 0.7 * lean, DOUBTFUL).setting == DOUBTFUL.setting


def test_a_handful_of_pairs_decides_nothing() -> None:
    items, queries, lean = a_library(hub_strength=2)
    few = [evidence(queries[:2])]
    doubtful = choose([DOUBTFUL], items, np.arange(N_ITEM), lambda _: lean * 0.01, few)
    helpful = choose([HELPFUL], items, np.arange(N_ITEM), lambda _: lean * 0.01, few)
    assert doubtful.setting == RAW
    assert helpful.setting == HELPFUL.setting


def test_the_rank_of_a_file_is_that_of_its_best_segment() -> None:
    scores = np.float32([[0.9, 0.1, 0.5, 0.4], [0.1, 0.2, 0.3, 0.4]])
    owner = np.array([7, 7, 8, 9])

    assert reciprocal_ranks(scores, owner, np.array([8, 7])) == pytest.approx([1 / 2, 1 / 3])
    assert reciprocal_ranks(scores, owner, np.array([7, 4])) == pytest.approx([1, 0])


def test_generated_queries_ask_for_the_item_they_were_made_of() -> None:
    items, queries, _ = a_library(hub_strength=1)
    owner = np.arange(N_ITEM) // 2
    as_it_is = LinearMap(np.eye(DIM, dtype=np.float32), np.zeros(DIM, np.float32))

    found = generated(items, owner, as_it_is, real=queries)

    assert np.linalg.norm(found.queries, axis=1) == pytest.approx(1, abs=1e-5)
    assert (found.right == owner).all()
    assert not found.is_real
    chance_level = 1 / N_ITEM
    assert reciprocal_ranks(found.queries @ items.T, owner, owner).mean() > 10 * chance_level
    assert (generated(items, owner, as_it_is, real=queries).queries == found.queries).all()


def test_a_choice_survives_json() -> None:
    choice = Choice(Setting("is", {"beta": 20.0}, 0.5, 0.0), "because", 0.01)
    assert Choice.from_json(choice.to_json()) == choice


def test_occurrence_counts_answers_only() -> None:
    scores = np.float32([[3, 2, 1, -np.inf], [3, 1, 2, -np.inf]])
    assert occurrence(scores, k=2).tolist() == [2, 1, 1, 0]
    assert occurrence(scores, k=9).tolist() == [2, 2, 2, 0]
    assert occurrence(scores[:0]).tolist() == [0, 0, 0, 0]
    assert occurrence(scores[:, :0]).tolist() == []
    assert skewness(np.zeros(0, int)) == 0
