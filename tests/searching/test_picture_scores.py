"""Scores of pictures: features made once, kept on disk, and nothing that a bad file can break."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.encode.side_by_side import SideBySide
from mmsearch.errors import QueryError
from mmsearch.evaluate.datasets.film_making import Take, write_film
from mmsearch.searching.picture_scores import PictureFile, PictureScores, token_ids
from mmsearch.types import F32, U8, TimeRange
from tests.conftest import FakeEncoder
from tests.files import BLUE, GREEN, RED, save_picture


class ColourWords:
    """Knows red, green and blue: the mean of the colour channel is the evidence."""

    n_feature, features_name = 3, "colours 1"

    def __init__(self) -> None:
        self.n_seen = 0

    def words_of(self, text: str) -> np.ndarray:
        known = ["red", "green", "blue"]
        return np.array([known.index(word) for word in text.split() if word in known], np.int64)

    def features(self, pictures: Sequence[U8]) -> np.ndarray:
        self.n_seen += len(pictures)
        means = [picture.reshape(-1, 3).mean(axis=0) / 255 for picture in pictures]
        return np.array(means, np.float16).reshape(-1, 3)

    n_word = 3

    def evidence(self, features: np.ndarray) -> F32:
        return features.astype(np.float32)

    def scores(self, words: np.ndarray, features: np.ndarray) -> F32:
        return features[:, words].sum(axis=1).astype(np.float32)


class WordyEncoder(FakeEncoder):
    """An encoder that comes with a reranker."""

    def __init__(self) -> None:
        self.words = ColourWords()
        self.n_opened = 0

    def open_picture_words(self) -> ColourWords:
        self.n_opened += 1
        return self.words


@pytest.fixture
def files(tmp_path: Path) -> list[PictureFile]:
    colours = {"red": RED, "green": GREEN, "blue": BLUE}
    paths = {name: tmp_path / f"{name}.png" for name in colours}
    for name, path in paths.items():
        save_picture(path, colours[name])
    return [PictureFile(path, f"id of {name}") for name, path in paths.items()]


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_each_picture_is_scored_by_the_words(files: list[PictureFile], cache: Path) -> None:
    scores = PictureScores(cache).scores("a red or blue thing", files, WordyEncoder(), 60)
    assert scores == pytest.approx([1, 0, 1], abs=0.05)


def test_features_are_made_once(files: list[PictureFile], cache: Path) -> None:
    first, second = WordyEncoder(), WordyEncoder()
    before = PictureScores(cache).scores("red", files, first, 60)
    after = PictureScores(cache).scores("red", files, second, 60)
    assert np.array_equal(before, after)
    assert (first.words.n_seen, second.words.n_seen) == (3, 0)


def test_features_of_another_backbone_are_not_mixed(files: list[PictureFile], cache: Path) -> None:
    PictureScores(cache).scores("red", files, WordyEncoder(), 60)
    other = WordyEncoder()
    other.words.features_name = "colours 2"
    PictureScores(cache).scores("red", files, other, 60)
    assert other.words.n_seen == 3


def test_damaged_features_are_made_anew(files: list[PictureFile], cache: Path) -> None:
    whole = PictureScores(cache).scores("red", files, WordyEncoder(), 60)
    for kept in (cache / "features").rglob("*.f16"):
        kept.write_bytes(b"half")
    encoder = WordyEncoder()
    again = PictureScores(cache).scores("red", files, encoder, 60)
    assert again == pytest.approx(whole, abs=0.02)  # from a thumbnail, which is a JPEG
    assert encoder.words.n_seen == 3


def test_a_picture_that_cannot_be_read_has_no_score(
    files: list[PictureFile], cache: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    gone = PictureFile(tmp_path / "gone.png", "id of gone")
    asked = [gone, files[0], PictureFile(broken, "id of broken")]
    scores = PictureScores(cache).scores("red", asked, WordyEncoder(), 60)
    assert np.isnan(scores).tolist() == [True, False, True]


def test_a_file_that_went_away_is_scored_by_what_is_kept(
    files: list[PictureFile], cache: Path
) -> None:
    PictureScores(cache).scores("red", files, WordyEncoder(), 60)
    for file in files:
        file.path.unlink()
    assert np.isfinite(PictureScores(cache).scores("red", files, WordyEncoder(), 60)).all()


def test_words_that_it_does_not_know_say_nothing(files: list[PictureFile], cache: Path) -> None:
    encoder = WordyEncoder()
    assert PictureScores(cache).scores("zebra", files, encoder, 60).tolist() == [0, 0, 0]
    assert encoder.words.n_seen == 0


def test_no_time_no_scores(files: list[PictureFile], cache: Path) -> None:
    assert np.isnan(PictureScores(cache).scores("red", files, WordyEncoder(), 0.0)).all()


def test_its_networks_are_opened_once(files: list[PictureFile], cache: Path) -> None:
    pictures, encoder = PictureScores(cache), WordyEncoder()
    for _ in range(2):
        pictures.scores("red", files, encoder, 60)
    assert encoder.n_opened == 1


def test_the_encoder_of_pictures_is_found_among_several(
    files: list[PictureFile], cache: Path
) -> None:
    scores = PictureScores(cache).scores("red", files, SideBySide([WordyEncoder()]), 60)
    assert np.isfinite(scores).all()


def test_another_encoder_has_no_reranker(files: list[PictureFile], cache: Path) -> None:
    with pytest.raises(QueryError, match="fake"):
        PictureScores(cache).scores("red", files, FakeEncoder(), 60)


def test_each_shot_of_a_film_is_scored_by_itself(
    files: list[PictureFile], cache: Path, tmp_path: Path
) -> None:
    write_film(tmp_path / "film.mp4", [Take(file.path, 2.0) for file in files])
    times = [TimeRange(0.0, 2.0), TimeRange(2.0, 4.0), TimeRange(4.0, 6.0)]
    shots = [PictureFile(tmp_path / "film.mp4", "id of film", one) for one in times]
    first, second = WordyEncoder(), WordyEncoder()
    for encoder in (first, second):
        scores = PictureScores(cache).scores("blue", shots, encoder, 60)
        assert scores == pytest.approx([0, 0, 1], abs=0.1)
    assert (first.words.n_seen, second.words.n_seen) == (3, 0)


def test_the_evidence_of_all_words_is_told(
    files: list[PictureFile], cache: Path, tmp_path: Path
) -> None:
    gone = PictureFile(tmp_path / "gone.png", "id of gone")
    found = PictureScores(cache).evidence([*files, gone], WordyEncoder())
    assert found[:3] == pytest.approx(np.eye(3), abs=0.05)
    assert np.isnan(found[3]).all()


def test_only_who_cuts_sentences_tells_tokens() -> None:
    assert token_ids(open_encoder(), "a red bus").tolist()[1:-1] == [1037, 2417, 3902]
    assert len(token_ids(FakeEncoder(), "a red bus")) == 0
