"""Scores of sounds: heard once, kept on disk, and what reranking does with them in a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.side_by_side import SideBySide
from mmsearch.errors import QueryError
from mmsearch.library import open_library
from mmsearch.searching.sound_scores import SoundFile, SoundScores
from mmsearch.settings import Settings
from mmsearch.types import F32, Modality, Query, TimeRange
from tests.conftest import FakeEncoder
from tests.files import BLUE, RED, save_picture
from tests.searching.test_picture_scores import WordyEncoder
from tests.sounds import noise, sine, write_sound


class LoudWords:
    """Knows the word "loud": the level is the evidence."""

    n_feature, features_name = 1, "levels 1"

    def __init__(self) -> None:
        self.n_heard = 0

    def words_of(self, text: str) -> np.ndarray:
        return np.zeros(int("loud" in text.split()), np.int64)

    def features(self, sounds: Sequence[F32]) -> np.ndarray:
        self.n_heard += len(sounds)
        levels = [np.sqrt(np.mean(np.square(sound))) for sound in sounds]
        return np.array(levels, np.float16).reshape(-1, 1)

    def scores(self, words: np.ndarray, features: np.ndarray) -> F32:
        return 9 * features[:, words].sum(axis=1).astype(np.float32)


class ListeningEncoder(FakeEncoder):
    """An encoder that comes with a reranker of sounds."""

    def __init__(self) -> None:
        self.heard = LoudWords()

    def open_sound_words(self) -> LoudWords:
        return self.heard


class WholeEncoder(WordyEncoder):
    """One that comes with both rerankers."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = LoudWords()

    def open_sound_words(self) -> LoudWords:
        return self.heard


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Two seconds that are soft, and two that are loud."""
    parts = [sine(400, 2.0, level=0.1), sine(400, 2.0, level=0.8)]
    return write_sound(tmp_path / "sound.wav", np.concatenate(parts))


def windows(sound: Path) -> list[SoundFile]:
    times = [TimeRange(0.0, 2.0), TimeRange(2.0, 4.0)]
    return [SoundFile(sound, "id of sound", one) for one in times]


def test_each_window_is_heard_by_itself_and_once(sound: Path, cache: Path) -> None:
    for n_heard in (2, 0):
        encoder = ListeningEncoder()
        scores = SoundScores(cache).scores("loud", windows(sound), encoder, 60)
        assert scores / 9 == pytest.approx([0.1 / 2**0.5, 0.8 / 2**0.5], abs=0.01)
        assert encoder.heard.n_heard == n_heard


def test_a_sound_that_cannot_be_read_has_no_score(sound: Path, cache: Path) -> None:
    gone = replace(windows(sound)[0], path=sound.with_name("gone.wav"))
    beyond = replace(windows(sound)[0], window=TimeRange(90.0, 95.0))
    asked = [gone, windows(sound)[0], beyond]
    scores = SoundScores(cache).scores("loud", asked, ListeningEncoder(), 60)
    assert np.isfinite(scores).tolist()[:2] == [False, True]


def test_the_encoder_of_sounds_is_found_among_several(sound: Path, cache: Path) -> None:
    encoder = SideBySide([ListeningEncoder()])
    assert np.isfinite(SoundScores(cache).scores("loud", windows(sound), encoder, 60)).all()


def test_another_encoder_has_no_reranker(sound: Path, cache: Path) -> None:
    with pytest.raises(QueryError, match="fake"):
        SoundScores(cache).scores("loud", windows(sound), FakeEncoder(), 60)


def test_sounds_change_places_among_themselves(tmp_path: Path) -> None:
    """What is loud comes first, whatever the first stage thought; pictures go by their own words,
    and both names of the reranker do the same.
    """
    things = tmp_path / "things"
    save_picture(things / "red.png", RED)
    save_picture(things / "blue.png", BLUE)
    write_sound(things / "hiss.wav", noise(2.0, level=0.9))
    write_sound(things / "hum.wav", sine(300, 2.0, level=0.05))
    settings = Settings(decode_in_process=True, rerank_pictures=True)
    with open_library(tmp_path / "library", encoder=WholeEncoder(), settings=settings) as library:
        library.add(things)
        library.index()
        plain = Query(text="loud red tone", by_words=False, rerank="none", rerank_s=60.0)
        orders = {
            name: [hit.path.name for hit in library.search(replace(plain, rerank=name))]
            for name in ("none", "words", "picture-words")
        }
        only_sounds = replace(plain, rerank="auto", modalities=(Modality.AUDIO,))
        assert library.refined(only_sounds) == replace(only_sounds, rerank="words")
    assert orders["words"] == orders["picture-words"]
    assert _only(orders["none"], ".wav") == ["hum.wav", "hiss.wav"]
    assert _only(orders["words"], ".wav") == ["hiss.wav", "hum.wav"]
    assert _only(orders["words"], ".png") == ["red.png", "blue.png"]


def test_sounds_of_an_encoder_without_a_reranker_stay(tmp_path: Path) -> None:
    things = tmp_path / "things"
    save_picture(things / "red.png", RED)
    write_sound(things / "hum.wav", sine(300, 2.0))
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=WordyEncoder(), settings=settings) as library:
        library.add(things)
        library.index()
        hits = library.search(Query(text="red tone", rerank="words", by_words=False))
    told = {hit.path.name: "rerank words" in hit.scores for hit in hits}
    assert told == {"red.png": True, "hum.wav": False}


def _only(names: list[str], suffix: str) -> list[str]:
    return [name for name in names if name.endswith(suffix)]
