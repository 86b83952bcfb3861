"""Words for vectors, with vocabularies made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from mmsearch.concepts import N_CONCEPTS, NO_CONCEPT, Vocabulary
from mmsearch.types import Modality
from tests.vocabularies import vocabulary_of


def slow_nearest(vocabulary: Vocabulary, kind: Modality, vector: np.ndarray) -> list[int]:
    used = vocabulary.used_for[kind]
    centre = vocabulary.vectors[used].mean(axis=0)

    def score(place: int) -> float:
        direction = vocabulary.vectors[place] - centre
        return float((vector - vocabulary.means[kind]) @ direction / np.linalg.norm(direction))

    return sorted(used.tolist(), key=score, reverse=True)[:N_CONCEPTS]


def test_the_nearest_words_equal_the_slow_way() -> None:
    generator = np.random.default_rng(1)
    vocabulary = vocabulary_of([f"w{place}" for place in range(40)], generator.normal(size=(40, 8)))
    vectors = generator.normal(size=(30, 8)).astype(np.float32)

    for kind in (Modality.IMAGE, Modality.AUDIO):
        found = vocabulary.nearest(kind, vectors).tolist()
        assert found == [slow_nearest(vocabulary, kind, vector) for vector in vectors]


def test_a_word_near_to_everything_is_not_found_everywhere() -> None:
    """Without the mean taken away, "hub" is nearest to each of these."""
    vectors = np.eye(8, dtype=np.float32)
    hub = np.full(8, 1.0, np.float32)
    words = ["hub", *(f"w{place}" for place in range(8))]
    pictures = vectors + 2 * hub

    vocabulary = vocabulary_of(words, np.vstack([hub, vectors]), mean=pictures.mean(axis=0))

    assert vocabulary.nearest(Modality.IMAGE, pictures)[:, 0].tolist() == list(range(1, 9))


def test_of_words_equally_near_the_usual_one_comes_first() -> None:
    vectors = np.eye(6, dtype=np.float32)
    prior = np.float32([0, 0, 0, 0.02, 0, 0])
    vocabulary = vocabulary_of(["a"] * 6, vectors, prior=prior)

    nearest = vocabulary.nearest(Modality.IMAGE, (vectors[1] + vectors[3])[None])[0]

    assert nearest[:2].tolist() == [3, 1]


def test_code_has_no_concepts() -> None:
    vocabulary = vocabulary_of(["a"] * 6, np.eye(6))
    assert (vocabulary.nearest(Modality.CODE, np.eye(6, dtype=np.float32)) == NO_CONCEPT).all()


@pytest.mark.parametrize("n_vector", [0, 1, 5000])
def test_any_number_of_vectors(n_vector: int) -> None:
    vocabulary = vocabulary_of(["a"] * 6, np.eye(6))
    vectors = np.tile(np.eye(6, dtype=np.float32)[2], (n_vector, 1))

    places = vocabulary.nearest(Modality.IMAGE, vectors)

    assert places.shape == (n_vector, N_CONCEPTS)
    assert (places[:, 0] == 2).all()
