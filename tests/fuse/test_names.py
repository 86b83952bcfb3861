from __future__ import annotations

import numpy as np
import pytest

from mmsearch.fuse.names import name_logits
from mmsearch.types import F32


def added(
    bm25: list[float],
    *,
    whole: list[int] = (),
    name: list[int] = (),
    phrase: list[int] = (),
    n_terms: int = 1,
) -> F32:
    places = np.arange(len(bm25))
    return name_logits(
        np.float32(bm25),
        n_terms,
        *(np.isin(places, some) for some in (whole, name, phrase)),
        len(bm25),
    )


def test_without_a_word_nothing_is_added() -> None:
    assert added([0, 0]).tolist() == [0, 0]


def test_some_words_never_say_as_much_as_all_and_these_not_as_much_as_the_name() -> None:
    some, everything, name = added([1e6, 1e6, 1e6], whole=[1, 2], name=[2])

    assert some == pytest.approx(4)
    assert everything == pytest.approx(6)
    assert name == pytest.approx(26)


def test_little_evidence_counts_by_its_slope() -> None:
    assert added([0.01], n_terms=4)[0] == pytest.approx(0.2 * 0.01 / 2, rel=1e-2)


def test_a_name_that_many_files_have_says_less() -> None:
    n_asset = 1000
    one, many, all_ = (
        added([0.0] * n_asset, name=list(range(n_name)))[0] for n_name in (1, 100, n_asset)
    )
    assert one == pytest.approx(20)
    assert 5 < many < 8
    assert all_ < 0.01


def test_words_in_their_order_say_the_more_the_more_they_are() -> None:
    gained = [added([0.0], phrase=[0], n_terms=n_terms)[0] for n_terms in (2, 3, 4, 9)]
    assert gained == [4, 8, 12, 12]
    assert added([0.0], n_terms=3)[0] == 0
