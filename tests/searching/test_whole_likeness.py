"""Examples of many parts: the order by Chamfer, against loops, and what stays where it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmsearch.expression import Example, Words
from mmsearch.gallery import Gallery
from mmsearch.searching.parts import Part
from mmsearch.searching.whole_likeness import by_whole
from mmsearch.types import F32, Modality, Query
from tests.galleries import gallery_of

QUERY = Query(wanted=Example("film.mp4"))


def units(seed: int, n: int, dim: int = 4) -> F32:
    vectors = np.random.default_rng(seed).standard_normal((n, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def asked_for(vectors: F32, kind: str = "image") -> Any:
    part = SimpleNamespace(part=Part("like:1", kind, vectors))
    return SimpleNamespace(parts=[part], odds=np.float32(0))


@settings(max_examples=40)
@given(st.integers(0, 1000), st.integers(2, 8))
def test_films_come_by_how_much_of_the_example_they_show(seed: int, n: int) -> None:
    sizes = np.random.default_rng(seed).integers(1, 6, n).tolist()
    gallery = gallery_of(
        segments_per_content=sizes,
        kinds=[Modality.VIDEO] * n,
        vectors=units(seed, sum(sizes)),
    )
    vectors, rows = units(seed + 1, 5), np.random.default_rng(seed).permutation(n)
    parts = np.split(gallery.vectors[:], np.cumsum(sizes)[:-1])
    told = [np.mean([max(v @ part for part in parts[row]) for v in vectors]) for row in rows]
    allowed = np.random.default_rng(seed + 2).random(n) < 0.7
    allowed[rows[0]] = True
    shown = rows[allowed[rows]][: max(n // 2, 1)]
    found = by_whole(QUERY, gallery, asked_for(vectors), shown, allowed)
    worth = dict(zip(rows.tolist(), told, strict=True))
    best = sorted((worth[row] for row in rows.tolist() if allowed[row]), reverse=True)
    assert [worth[row] for row in found.tolist()] == pytest.approx(best[: len(shown)], abs=1e-5)


def one_good_scene_and_a_whole() -> Gallery:
    """A picture, a film with one scene of the example, another picture, a film that has all."""
    scenes = np.eye(4, dtype=np.float32)
    alike = (scenes + 0.1) / np.linalg.norm(scenes + 0.1, axis=1, keepdims=True)
    vectors = np.concatenate([scenes[:1], scenes[[0, 0]], scenes[:1], alike])
    return gallery_of(
        segments_per_content=[1, 2, 1, 4],
        kinds=[Modality.IMAGE, Modality.VIDEO, Modality.IMAGE, Modality.VIDEO],
        vectors=vectors.astype(np.float32),
    )


def test_other_kinds_keep_their_places() -> None:
    gallery, example = one_good_scene_and_a_whole(), np.eye(4, dtype=np.float32)
    everything = np.ones(4, bool)
    found = by_whole(QUERY, gallery, asked_for(example), np.arange(4), everything)
    assert found.tolist() == [0, 3, 2, 1]
    found = by_whole(QUERY, gallery, asked_for(example), np.array([0, 1, 2]), everything)
    assert found.tolist() == [0, 3, 2], "also one that the best pair did not find"


@pytest.mark.parametrize(
    ("query", "scored"),
    [
        (QUERY, asked_for(np.eye(4, dtype=np.float32)[:3])),
        (QUERY, asked_for(np.eye(4, dtype=np.float32), kind="text")),
        (Query(wanted=Words("a dog")), asked_for(np.eye(4, dtype=np.float32))),
        (Query(wanted=Example("film.mp4"), rerank="none"), asked_for(np.eye(4, dtype=np.float32))),
        (QUERY, SimpleNamespace(parts=2 * asked_for(np.eye(4, dtype=np.float32)).parts)),
    ],
)
def test_anything_else_stays_as_it_is(query: Query, scored: Any) -> None:
    everything = np.ones(4, bool)
    found = by_whole(query, one_good_scene_and_a_whole(), scored, np.arange(4), everything)
    assert found.tolist() == [0, 1, 2, 3]
