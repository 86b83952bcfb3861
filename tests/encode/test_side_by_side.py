"""Encoders side by side: every dot product is a cosine of one of them, and of the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from mmsearch.concepts import Vocabulary
from mmsearch.encode.side_by_side import SideBySide, encode_examples
from mmsearch.types import F32, CodeText, Content, EncoderSpec, Modality

IMAGE, VIDEO, AUDIO, CODE = Modality


class Counted:
    """Vectors that only depend on the encoder's seed, the kind and how many came before."""

    vocabulary: Vocabulary | None = None

    def __init__(
        self,
        name: str,
        dim: int,
        *kinds: Modality,
        calibration: Mapping[tuple[str, Modality], tuple[float, float]] | None = None,
    ) -> None:
        self.spec = EncoderSpec(name, "1", dim, kinds, 10 * dim)
        self.calibration = calibration or {}

    def encode_texts(self, texts: Sequence[str]) -> F32:
        return self._vectors([f"text {text}" for text in texts])

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        return self._vectors([f"{modality.value} {content}" for content in contents])

    def _vectors(self, names: Sequence[str]) -> F32:
        rows = []
        for name in names:
            seed = int.from_bytes(f"{self.spec.id}{name}".encode()[-32:], "big")
            rows.append(np.random.default_rng(seed).standard_normal(self.spec.dim))
        vectors = np.array(rows, np.float32).reshape(len(names), self.spec.dim)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


PICTURES = Counted("pictures", 5, IMAGE, VIDEO)
ALL = Counted(
    "all",
    3,
    *Modality,
    calibration={("text", IMAGE): (9, 9), ("text", CODE): (0.5, 0.1), ("audio", AUDIO): (0.7, 0.2)},
)


@pytest.fixture
def both() -> SideBySide:
    return SideBySide([PICTURES, ALL])


def contents(n: int) -> list[Content]:
    return [CodeText(f"content {place}") for place in range(n)]


def test_what_the_two_are_together(both: SideBySide) -> None:
    spec = both.spec
    assert (spec.space, spec.dim, spec.image_px) == ("pictures+all@1+1", 8, 50)
    assert set(spec.modalities) == set(Modality)
    assert both.member_for(VIDEO) is PICTURES
    assert both.member_for(AUDIO) is ALL


@pytest.mark.parametrize("kind", Modality)
def test_everything_has_unit_length(both: SideBySide, kind: Modality) -> None:
    for vectors in (
        both.encode_texts(["a", "b"]),
        both.encode_contents(kind, contents(2)),
        both.encode_examples(kind, contents(2)),
    ):
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("kind", Modality)
def test_dot_products_are_cosines_in_the_space_of_the_segment(
    both: SideBySide, kind: Modality
) -> None:
    member = both.member_for(kind)
    segments = member.encode_contents(kind, contents(4))
    expected = member.encode_texts(["a", "b"]) @ segments.T
    found = both.encode_texts(["a", "b"]) @ both.encode_contents(kind, contents(4)).T
    np.testing.assert_allclose(found * both.length_of("text"), expected, atol=1e-6)
    expected = segments @ segments.T
    examples = both.encode_examples(kind, contents(4))
    found = examples @ both.encode_contents(kind, contents(4)).T
    np.testing.assert_allclose(found * both.length_of(kind.value), expected, atol=1e-6)


def test_a_picture_still_finds_sounds_by_the_encoder_that_knows_both(both: SideBySide) -> None:
    sounds = both.encode_contents(AUDIO, contents(3))
    found = encode_examples(both, IMAGE, contents(2)) @ sounds.T
    expected = ALL.encode_contents(IMAGE, contents(2)) @ ALL.encode_contents(AUDIO, contents(3)).T
    np.testing.assert_allclose(found * np.sqrt(2), expected, atol=1e-6)


def test_segments_of_two_spaces_are_never_compared(both: SideBySide) -> None:
    pictures = both.encode_contents(IMAGE, contents(3))
    sounds = both.encode_contents(AUDIO, contents(3))
    assert not (pictures @ sounds.T).any()


def test_calibration_is_that_of_each_segments_encoder(both: SideBySide) -> None:
    two = np.sqrt(2)
    assert both.calibration == {
        ("text", CODE): pytest.approx((0.5 / two, 0.1 / two)),
        ("audio", AUDIO): pytest.approx((0.7, 0.2)),
    }, "what the second says of pictures is not about the first one's"
    assert both.unmeasured == (IMAGE, VIDEO, AUDIO)
    both.learn({("text", IMAGE): (0.1, 0.2)})
    assert both.calibration["text", IMAGE] == (0.1, 0.2)
    assert ("text", CODE) in both.calibration


def test_the_words_stay_with_the_kinds_of_their_encoder(both: SideBySide) -> None:
    assert both.vocabulary is None
    random = np.random.default_rng(0)
    used = {kind: np.arange(6) for kind in (IMAGE, AUDIO)}
    words = Vocabulary(
        words=list("abcdef"),
        vectors=random.standard_normal((6, 3)).astype(np.float32),
        used_for=used,
        means={kind: random.standard_normal(3).astype(np.float32) for kind in used},
        priors={kind: np.zeros(6, np.float32) for kind in used},
        fingerprint="x",
    )
    wordy = Counted("all", 3, *Modality)
    wordy.vocabulary = words
    two = SideBySide([PICTURES, wordy])
    vectors = wordy.encode_contents(AUDIO, contents(4))
    found = two.vocabulary.nearest(AUDIO, two.encode_contents(AUDIO, contents(4)))
    np.testing.assert_array_equal(found, words.nearest(AUDIO, vectors))
    assert IMAGE not in two.vocabulary.used_for


def test_one_encoder_alone_stays_as_it_is() -> None:
    assert encode_examples(ALL, AUDIO, contents(2)).shape == (2, 3)
    alone = SideBySide([replace_spec(ALL)])
    np.testing.assert_allclose(alone.encode_texts(["a"]), ALL.encode_texts(["a"]), atol=1e-6)


def replace_spec(encoder: Counted) -> Counted:
    other = Counted(encoder.spec.id, encoder.spec.dim, *encoder.spec.modalities)
    other.spec = replace(encoder.spec, revision="2")
    return other
