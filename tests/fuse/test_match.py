from __future__ import annotations

import numpy as np
import pytest

from mmsearch.fuse import match
from mmsearch.fuse.match import Null, among, log_odds, match_logits, match_strength, null_of
from mmsearch.gallery import MODALITIES
from mmsearch.types import F32, Modality
from tests.galleries import gallery_of

IMAGE, CODE = MODALITIES.index(Modality.IMAGE), MODALITIES.index(Modality.CODE)


def null(logit: F32, kinds: list[Modality] | None = None) -> Null:
    return null_of(gallery_of(segments_per_content=[1] * len(logit), kinds=kinds), logit)


def odds(logit: float, null: Null, kind: int = IMAGE) -> float:
    return float(match_logits(np.float32([logit]), np.array([kind], np.uint8), null)[0])


def test_each_kind_has_its_own_null() -> None:
    chance = np.random.default_rng(0)
    logit = np.concatenate([chance.normal(-6, 1, 5000), chance.normal(-2, 3, 5000)])
    found = null(logit.astype(np.float32), [Modality.IMAGE] * 5000 + [Modality.CODE] * 5000)

    assert found.mean[IMAGE] == pytest.approx(-6, abs=0.1)
    assert found.spread[CODE] == pytest.approx(3, abs=0.1)
    assert found.n.tolist() == [{IMAGE: 5000, CODE: 5000}.get(k, 1) for k in range(4)]


def test_a_few_files_say_little_about_chance() -> None:
    same = null(np.float32([5, 5, 5]))
    assert same.spread[IMAGE] > 0.5
    assert same.mean[IMAGE] < 0


def test_the_same_logit_means_less_among_more() -> None:
    chance = np.random.default_rng(0)
    few, many = (null(chance.normal(-4, 1, n).astype(np.float32)) for n in (30, 10_000))
    assert odds(1, many) < odds(1, few) - 2


@pytest.mark.parametrize(("n_words", "falls"), [(0, False), (1, False), (2, False), (12, True)])
def test_a_word_asks_for_a_sort_of_thing_and_a_long_sentence_for_one(
    n_words: int, falls: bool
) -> None:
    chance = np.random.default_rng(0)
    few, many = (
        among(null(chance.normal(-4, 1, n).astype(np.float32)), np.uint8([IMAGE]), n_words)
        for n in (1000, 300_000)
    )
    assert (odds(3, many) < odds(3, few) - 1) is falls


def test_what_stands_out_means_more() -> None:
    chance = np.random.default_rng(0)
    low, high = (null(chance.normal(mean, 1, 1000).astype(np.float32)) for mean in (-6, -1))
    assert odds(1, low) > odds(1, high) + 0.5


def test_order_within_a_kind_is_kept() -> None:
    logit = np.random.default_rng(0).normal(-4, 2, 500).astype(np.float32)
    kind = np.full(500, IMAGE, np.uint8)
    assert (match_logits(logit, kind, null(logit)).argsort() == logit.argsort()).all()


def test_an_empty_gallery_and_equal_logits_are_finite() -> None:
    for logit in (np.zeros(0, np.float32), np.full(1000, -3, np.float32)):
        assert np.isfinite(odds(0, null(logit)))


def test_match_is_half_at_even_odds_and_stays_in_bounds() -> None:
    assert match_strength(0) == 0.5
    assert 0 <= match_strength(-1e9) < match_strength(-1) < match_strength(1) < 1.0000001
    assert match_strength(1e9) <= 1


@pytest.mark.parametrize("match", [0.001, 0.3, 0.999])
def test_log_odds_are_the_inverse_of_the_match(match: float) -> None:
    assert match_strength(log_odds(match)) == pytest.approx(match)


def test_nothing_is_below_a_match_of_0_or_above_1() -> None:
    assert (log_odds(0), log_odds(1)) == (-np.inf, np.inf)


def test_a_kind_of_few_files_is_no_likelier_than_one_of_many() -> None:
    kinds = [Modality.IMAGE] * 1000 + [Modality.CODE] * 10
    found = null(np.random.default_rng(0).normal(-4.6, 1.8, 1010).astype(np.float32), kinds)

    both = among(found, np.uint8([IMAGE, CODE]), 12)

    apart = abs(odds(2, both, IMAGE) - odds(2, both, CODE))
    assert apart < 1 < odds(2, found, CODE) - odds(2, found, IMAGE)
    assert odds(2, among(found, np.uint8([CODE]), 12), CODE) == pytest.approx(
        odds(2, found, CODE), abs=0.01
    )
    assert among(found, np.zeros(0, np.uint8), 12).n.tolist() == [1] * 4


def test_of_very_many_segments_a_sample_stands_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(0)
    logit = chance.normal(-5, 2, 40_000).astype(np.float32)
    kinds = [Modality.IMAGE, Modality.CODE] * 20_000
    of_all = null(logit, kinds)
    monkeypatch.setattr(match, "_MOST_LOOKED_AT", 10_000)
    of_some = null(logit, kinds)

    assert of_some.n.tolist() == of_all.n.tolist()
    assert of_some.mean != pytest.approx(of_all.mean, abs=1e-6)
    for kind in (IMAGE, CODE):
        assert odds(0, of_some, kind) == pytest.approx(odds(0, of_all, kind), abs=0.03)
