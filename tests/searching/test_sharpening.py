"""Searching by approximate scores finds what the exact ones do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mmsearch import vectors as vectors_module
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.store.records import INDEXED, AssetRecord, RootRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import EncoderSpec, Modality, Query, TimeRange
from tests.conftest import FakeEncoder

_DIM = 96
_KINDS = (Modality.IMAGE, Modality.VIDEO, Modality.CODE, Modality.AUDIO)


class _WideEncoder(FakeEncoder):
    spec = EncoderSpec("fake", "wide", _DIM, tuple(Modality), image_px=32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of all kinds, films of several shots, some of them near-copies."""
    folder = tmp_path_factory.mktemp("sharpening") / "library"
    chance = np.random.default_rng(5)
    store = Store(folder, space=_WideEncoder.spec.space, dim=_DIM)
    assets, segments = [], []
    for place in range(600):
        kind = _KINDS[place % 4]
        for ordinal in range(4 if kind is Modality.VIDEO else 1):
            vector = chance.standard_normal(_DIM).astype(np.float32)
            vector /= np.linalg.norm(vector)
            shot = TimeRange(float(ordinal), float(ordinal + 1))
            locator = shot if kind in (Modality.VIDEO, Modality.AUDIO) else None
            words = "read file" if kind is Modality.CODE and place % 3 else None
            segments.append(SegmentRecord(f"c{place}", ordinal, kind, locator, vector, words))
        assets.append(
            AssetRecord(
                f"a{place}", "root", f"some {place % 9}/{place}.x", kind.value, 1, place,
                f"c{place}", INDEXED, space=_WideEncoder.spec.space,
            )
        )  # fmt: skip
    with store.writing():
        store.put_roots([RootRecord("root", str(folder.parent))])
        store.commit(assets, segments)
    store.close()
    return folder


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with open_library(folder, encoder=_WideEncoder(), settings=Settings()) as library:
        yield library


_QUERIES = (
    Query(text="red dog", limit=20),
    Query(text="read a file", limit=20),
    Query(text="red dog", limit=20, modalities=(Modality.VIDEO,)),
    Query(text="sea -night", limit=20),
    Query(text="(red dog OR blue sea) -grass", limit=20),
    Query(text="red dog type:image", limit=20, normalise="none"),
    Query(text="some 3 dog", limit=20),
    Query(text="red dog", limit=20, min_match=1e-4),
)


@pytest.mark.parametrize("query", _QUERIES, ids=lambda query: query.text)
def test_the_order_is_that_of_exact_scores(
    library: Library, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = library.search(query)
    monkeypatch.setattr(vectors_module, "_MOST_WHOLE", 0)
    found = library.search(query)

    assert [hit.path for hit in found] == [hit.path for hit in exact]
    for one, other in zip(found, exact, strict=True):
        assert one.scores == pytest.approx(other.scores, abs=1e-4)
        assert one.match == pytest.approx(other.match, abs=1e-3)
        assert one.locator == other.locator


def test_likes_and_dislikes_keep_the_order(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = library.search("red dog", limit=5)
    query = Query(text="red dog", liked=(first[1].path,), disliked=(first[0].path,), limit=20)
    exact = library.search(query)
    monkeypatch.setattr(vectors_module, "_MOST_WHOLE", 0)
    assert [hit.path for hit in library.search(query)] == [hit.path for hit in exact]


def test_a_curve_is_that_of_exact_scores(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    film = library.search("red dog type:video", limit=1)[0].path
    exact = library.relevance_curve("red dog", film)
    monkeypatch.setattr(vectors_module, "_MOST_WHOLE", 0)
    found = library.relevance_curve("red dog", film)
    assert found.matches == pytest.approx(exact.matches, abs=1e-3)
