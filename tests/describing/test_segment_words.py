"""Which words belong to which segments."""

from __future__ import annotations

import numpy as np

from mmsearch.describing.segment_words import segment_words
from mmsearch.gallery import Gallery
from mmsearch.types import Description, Modality, Said, TimeRange
from tests.galleries import gallery_of


def windows(*starts_s: float) -> Gallery:
    """One sound in windows of five seconds."""
    kinds = [Modality.AUDIO] * len(starts_s)
    vectors = np.eye(len(starts_s), 8, dtype=np.float32)
    gallery = gallery_of(segments_per_content=[len(starts_s)], vectors=vectors, kinds=kinds)
    gallery.locators[:] = [(start_s, start_s + 5) for start_s in starts_s]
    return gallery


def told(*said: Said) -> Description:
    return Description("content", "whisper", said)


def test_words_are_spread_over_the_time_of_their_phrase() -> None:
    said = told(Said("one two ten four", TimeRange(0, 12.8)))
    found = segment_words(windows(0, 2.5, 5, 7.5), 0, said)
    texts = [found.get(("content", place), "") for place in range(4)]
    assert texts == ["one two", "two", "ten", "ten four"]


def test_what_is_said_between_segments_goes_to_the_nearest() -> None:
    said = told(Said("early", TimeRange(6, 7)), Said("late", TimeRange(18, 18.5)))
    assert segment_words(windows(0, 20), 0, said) == {
        ("content", 0): "early",
        ("content", 1): "late",
    }


def test_what_has_no_time_belongs_to_all() -> None:
    assert len(segment_words(windows(0, 5), 0, told(Said("a red boat")))) == 2
    assert segment_words(windows(0), 0, told()) == {}
