"""A library learns from the reranker of pictures, where names show that it sees right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from mmsearch import learning
from mmsearch.adapt import named
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import F32, U8, Content, Frames, Hit, Modality
from tests.conftest import FakeEncoder
from tests.files import save_picture

THINGS = (
    *("apple", "brick", "cloth", "door", "engine", "flag"),
    *("glove", "house", "island", "jar", "kite", "lamp"),
)
_OF_EACH = 3
_COLOURS = {"red": 0, "green": 1, "blue": 2}
_PIECES = np.array([1000, 1001, 1002])


class Colours:
    """Sees how much of each colour is in a picture, and knows its name."""

    n_feature, n_word, features_name = 3, 3, "colours"
    pieces, weight = _PIECES, 0.2

    def features(self, pictures: Sequence[U8]) -> np.ndarray:
        means = [picture.reshape(-1, 3).mean(axis=0) / 255 for picture in pictures]
        return np.array(means, np.float16).reshape(-1, 3)

    def evidence(self, features: np.ndarray) -> F32:
        return 10 * features.astype(np.float32)


class ColourBlind(FakeEncoder):
    """Its vectors of pictures hold their colours, but those of sentences leave them out."""

    def open_picture_words(self) -> Colours:
        return Colours()

    def token_ids(self, text: str) -> list[int]:
        return [1000 + _COLOURS[word] if word in _COLOURS else 5 for word in text.split()]

    def encode_texts(self, texts: Sequence[str]) -> F32:
        return super().encode_texts(
            [" ".join(word for word in text.split() if word not in _COLOURS) for text in texts]
        )

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        axes = np.random.default_rng(0).standard_normal((4, self.spec.dim))
        frames = [one.pixels for one in contents if isinstance(one, Frames)]
        colours = np.array([pixels.reshape(-1, 3).mean(axis=0) / 255 for pixels in frames])
        noise = np.random.default_rng(int(1e6 * colours.sum())).standard_normal((len(frames), 64))
        vectors = colours @ axes[:3] + 2 * axes[3] + 0.2 * noise
        found = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(found, np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chance = np.random.default_rng(1)
    for thing in THINGS:
        for name, channel in _COLOURS.items():
            for number in range(_OF_EACH):
                colour = chance.integers(0, 120, 3)
                colour[channel] = chance.integers(180, 256)
                place = tmp_path / "pictures" / f"{name} {thing} {number}.png"
                save_picture(place, tuple(colour.tolist()), spot=number)
    return tmp_path / "pictures"


def green(library: Library) -> list[Hit]:
    """Those of the first 20 for "green" that are; a third of all are."""
    hits = library.search(
        "a green thing", by_words=False, normalise="none", grouping=False, limit=20
    )
    return [hit for hit in hits if hit.path.name.startswith("green")]


def test_words_move_sentences_where_names_agree(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (named, learning):
        monkeypatch.setattr(module, "LEAST_PICTURES", 40)
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=ColourBlind(), settings=settings) as library:
        library.add(folder)
        library.index()
        found = library.adapt()
        assert found is not None
        assert found.verdicts[Modality.IMAGE].way in ("words", "both")
        assert library.adaptation() is not None
        n_green = len(green(library))
        assert all(hit.scores["cosine"] > hit.scores["cosine unadapted"] for hit in green(library))
        library.use_adaptation(False)
        assert n_green >= len(green(library)) + 5
