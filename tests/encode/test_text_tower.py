"""The text tower against the slow reference, and on every awkward text."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.torch import load_file

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.mini import text_tower
from mmsearch.encode.mini.bundle import MiniEncoder
from mmsearch.encode.mini.text_tower import MAX_TOKENS, TextTower, _batches
from tests.oracles import minilm

pytestmark = pytest.mark.models

SENTENCES = [
    "a dog runs on the beach",
    "",
    "Two men in red jackets are climbing a wall of ice, slowly.",
    "naïve café, 東京, ¿qué? 🙂",
    "x",
    "def read_file(path): return open(path).read()",
    "word " * 100,
]


@pytest.fixture
def tower(mini: MiniEncoder) -> TextTower:
    tower = mini._text_tower()
    assert isinstance(tower, TextTower)
    return tower


def test_agrees_with_the_slow_reference(tower: TextTower, entry: CatalogEntry) -> None:
    weights = load_file(entry.file("text weights").verify())
    expected = [minilm.vector(weights, tower.token_ids(text)).numpy() for text in SENTENCES]
    cosines = (tower.encode(SENTENCES) * np.stack(expected)).sum(axis=1)
    assert cosines.min() > 0.99999


def test_vectors_are_unit_float32(tower: TextTower) -> None:
    vectors = tower.encode(SENTENCES)
    assert (vectors.shape, vectors.dtype) == ((len(SENTENCES), 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_does_not_depend_on_its_neighbours(tower: TextTower) -> None:
    alone = np.concatenate([tower.encode([text]) for text in SENTENCES])
    np.testing.assert_allclose(tower.encode(SENTENCES), alone, atol=2e-6)
    np.testing.assert_allclose(tower.encode(SENTENCES[::-1]), alone[::-1], atol=2e-6)


def test_same_text_same_vector(tower: TextTower) -> None:
    np.testing.assert_array_equal(tower.encode(SENTENCES), tower.encode(SENTENCES))


def test_no_text_no_rows(tower: TextTower) -> None:
    assert tower.encode([]).shape == (0, 384)


def test_meaning_is_nearer_than_words(tower: TextTower) -> None:
    dog, puppy, stock = tower.encode(["a dog on the beach", "puppy by the sea", "stock prices"])
    assert dog @ puppy > dog @ stock + 0.3


def test_long_text_is_cut_after_256_tokens(tower: TextTower) -> None:
    start = "the quick brown fox " * 64  # 256 words and more
    first, second = tower.encode([start + "dog " * 50_000, start + "banana " * 50_000])
    np.testing.assert_allclose(first, second, atol=1e-6)
    assert len(tower.token_ids(start)) == MAX_TOKENS


def test_only_the_start_of_a_huge_text_is_tokenised(
    tower: TextTower, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokeniser, lengths = tower._tokenizer, []

    class Recorder:
        def encode(self, text: str) -> object:
            lengths.append(len(text))
            return tokeniser.encode(text)

    monkeypatch.setattr(tower, "_tokenizer", Recorder())
    tower.encode(["x" * 1_000_000, "lorem ipsum " * 1_000_000])
    assert lengths
    assert max(lengths) <= text_tower._MAX_CHARACTERS


@pytest.mark.parametrize(
    "text", ["\ud800 half a character", "\x00", "\u200b\u202e", "[PAD] [MASK]"]
)
def test_odd_text_gives_a_finite_unit_vector(text: str, tower: TextTower) -> None:
    vector = tower.encode([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_batches_hold_similar_lengths_and_every_text_once() -> None:
    lengths = [3, 256, 5, 4, 256, 3] * 40
    batches = _batches(lengths)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    for batch in batches:
        longest = max(lengths[index] for index in batch)
        assert longest * len(batch) <= text_tower._MAX_TOKENS_PER_BATCH
