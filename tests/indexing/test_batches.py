from __future__ import annotations

import numpy as np
import pytest

from mmsearch.indexing.batches import Batches, Waiting
from mmsearch.types import CodeText, Frames, Modality, Segment
from tests.conftest import FakeEncoder


def waiting(place: int, content: object | None = None) -> Waiting:
    segment = Segment(content or CodeText(f"word{place}"))  # type: ignore[arg-type]
    return Waiting(f"key{place}", "content", place, segment)


def test_segments_are_encoded_when_a_batch_is_full_or_flushed(fake_encoder: FakeEncoder) -> None:
    batches = Batches(fake_encoder)
    done = [key for place in range(40) for key in batches.add(Modality.CODE, waiting(place))]

    assert done == [f"key{place}" for place in range(32)]
    assert batches.flush() == [f"key{place}" for place in range(32, 40)]
    taken = batches.take_encoded()
    assert [record.ordinal for record in taken] == list(range(40))
    assert batches.take_encoded() == []


def test_each_tower_has_its_own_batch(fake_encoder: FakeEncoder) -> None:
    batches = Batches(fake_encoder)
    red = Frames(np.full((1, 8, 8, 3), (255, 0, 0), np.uint8))
    batches.add(Modality.CODE, waiting(0))
    batches.add(Modality.IMAGE, waiting(1, red))
    batches.flush()

    kinds = {record.kind: record for record in batches.take_encoded()}
    np.testing.assert_allclose(kinds[Modality.IMAGE].vector, fake_encoder.encode_texts(["red"])[0])
    assert set(kinds) == {Modality.CODE, Modality.IMAGE}


def test_an_encoder_that_answers_nonsense_stops_the_run() -> None:
    class Broken(FakeEncoder):
        def encode_contents(self, modality: Modality, contents: object) -> np.ndarray:  # type: ignore[override]
            return np.full((1, 64), np.nan, np.float32)

    batches = Batches(Broken())
    batches.add(Modality.CODE, waiting(0))
    with pytest.raises(RuntimeError, match="not finite"):
        batches.flush()


def test_code_is_stored_with_its_words_and_pictures_without(fake_encoder: FakeEncoder) -> None:
    batches = Batches(fake_encoder)
    batches.add(Modality.CODE, waiting(0, CodeText("def read_rows(): pass")))
    batches.add(Modality.IMAGE, waiting(1, Frames(np.zeros((1, 8, 8, 3), np.uint8))))
    batches.flush()

    words = {record.kind: record.words for record in batches.take_encoded()}
    assert words[Modality.IMAGE] is None
    assert "read_rows" in (words[Modality.CODE] or "").split()
