from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest

from mmsearch.indexing.batches import Batches, Waiting
from mmsearch.types import F32, CodeText, Content, Frames, Modality, Segment
from tests.conftest import PATIENCE_S, FakeEncoder


def waiting(place: int, content: object | None = None) -> Waiting:
    segment = Segment(content or CodeText(f"word{place}"))  # type: ignore[arg-type]
    return Waiting(f"key{place}", "content", place, segment)


def rest_of(batches: Batches) -> list[str]:
    return [key for keys in batches.rest() for key in keys]


def wait_for(is_encoded: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not is_encoded():
        assert time.monotonic() < deadline_s
        time.sleep(0.01)


@pytest.fixture
def batches(fake_encoder: FakeEncoder) -> Iterator[Batches]:
    with Batches(fake_encoder) as batches:
        yield batches


def test_segments_are_encoded_in_order(batches: Batches) -> None:
    done = [key for place in range(40) for key in batches.add(Modality.CODE, waiting(place))]
    done += rest_of(batches)

    assert done == [f"key{place}" for place in range(40)]
    taken = batches.take_encoded()
    assert [record.ordinal for record in taken] == list(range(40))
    assert batches.take_encoded() == []


def test_a_full_batch_is_encoded_beside(batches: Batches) -> None:
    done = [key for place in range(16) for key in batches.add(Modality.CODE, waiting(place))]
    wait_for(batches.hurry())
    assert done + batches.ready() == [f"key{place}" for place in range(16)]


def test_who_hurries_is_told_when_all_is_encoded(batches: Batches) -> None:
    assert batches.hurry()(), "there is nothing"
    batches.add(Modality.CODE, waiting(0))
    wait_for(batches.hurry())
    assert batches.ready() == ["key0"]


def test_adding_waits_when_the_encoder_does_not_keep_up() -> None:
    free = threading.Event()

    class Held(FakeEncoder):
        def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
            assert free.wait(60)
            return super().encode_contents(modality, contents)

    with Batches(Held()) as batches:
        for place in range(47):
            assert batches.add(Modality.CODE, waiting(place)) == []
        threading.Timer(0.05, free.set).start()
        assert batches.add(Modality.CODE, waiting(47))[:16] == [f"key{n}" for n in range(16)]


def test_who_leaves_waits_only_for_what_is_being_encoded() -> None:
    begun, free = threading.Event(), threading.Event()

    class Held(FakeEncoder):
        def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
            begun.set()
            assert free.wait(PATIENCE_S)
            return super().encode_contents(modality, contents)

    with Batches(Held()) as batches:
        for place in range(40):
            batches.add(Modality.CODE, waiting(place))
        assert begun.wait(PATIENCE_S)
        assert next(batches.rest()) == [], "it lets others look up while nothing is encoded"
        threading.Timer(0.05, free.set).start()
        assert batches.leave() == [f"key{place}" for place in range(16)]
        assert len(batches.take_encoded()) == 16
        assert rest_of(batches) == []


def test_each_tower_has_its_own_batch(fake_encoder: FakeEncoder, batches: Batches) -> None:
    red = Frames(np.full((1, 8, 8, 3), (255, 0, 0), np.uint8))
    batches.add(Modality.CODE, waiting(0))
    batches.add(Modality.IMAGE, waiting(1, red))
    rest_of(batches)

    kinds = {record.kind: record for record in batches.take_encoded()}
    np.testing.assert_allclose(kinds[Modality.IMAGE].vector, fake_encoder.encode_texts(["red"])[0])
    assert set(kinds) == {Modality.CODE, Modality.IMAGE}


def test_an_encoder_that_answers_nonsense_stops_the_run() -> None:
    class Broken(FakeEncoder):
        def encode_contents(self, modality: Modality, contents: object) -> np.ndarray:  # type: ignore[override]
            return np.full((1, 64), np.nan, np.float32)

    with Batches(Broken()) as batches:
        batches.add(Modality.CODE, waiting(0))
        with pytest.raises(RuntimeError, match="not finite"):
            rest_of(batches)


def test_code_is_stored_with_its_words_and_pictures_without(batches: Batches) -> None:
    batches.add(Modality.CODE, waiting(0, CodeText("def read_rows(): pass")))
    batches.add(Modality.IMAGE, waiting(1, Frames(np.zeros((1, 8, 8, 3), np.uint8))))
    rest_of(batches)

    words = {record.kind: record.words for record in batches.take_encoded()}
    assert words[Modality.IMAGE] is None
    assert "read_rows" in (words[Modality.CODE] or "").split()
