"""What cosines mean of a model that nobody measured."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.side_by_side import SideBySide
from mmsearch.fuse.match import USUAL_MEAN, USUAL_SPREAD
from mmsearch.gallery import Gallery
from mmsearch.normalising import null_calibration
from mmsearch.normalising.null_calibration import (
    FILE,
    chance_sentences,
    found_calibration,
    learn_calibration,
    scale_of,
)
from mmsearch.types import F32, Modality
from tests.conftest import FakeEncoder
from tests.galleries import gallery_of


class Unmeasured(FakeEncoder):
    """An encoder without a calibration, that counts how often it is asked."""

    calibration = {}  # noqa: RUF012
    n_asked = 0

    def encode_texts(self, texts: list[str]) -> F32:  # type: ignore[override]
        self.n_asked += 1
        return super().encode_texts(texts)


def random_vectors(n: int, dim: int = 64) -> F32:
    vectors = np.random.default_rng(n).standard_normal((n, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def pictures(n: int) -> Gallery:
    return gallery_of(segments_per_content=[1] * n, vectors=random_vectors(n))


def test_chance_cosines_get_the_usual_mean_and_spread() -> None:
    cosines = np.random.default_rng(0).normal(0.23, 0.02, 50_000).astype(np.float32)
    midpoint, scale = scale_of(cosines)
    logits = (cosines - midpoint) / scale
    assert logits.mean() == pytest.approx(USUAL_MEAN, abs=0.02)
    assert logits.std() == pytest.approx(USUAL_SPREAD, abs=0.02)


def test_a_handful_of_cosines_does_not_decide() -> None:
    midpoint, scale = scale_of(np.full(3, 0.9, np.float32))
    assert 0.2 < midpoint < 0.9
    assert scale > 0.01
    assert scale_of(np.zeros(0, np.float32))[1] > 0


def test_the_sentences_are_many_and_differ() -> None:
    sentences = chance_sentences()
    assert len(set(sentences)) == len(sentences) > 100


def test_every_kind_of_the_library_gets_a_scale(tmp_path: Path) -> None:
    encoder = SideBySide([Unmeasured()])
    kinds = [Modality.IMAGE] * 40 + [Modality.CODE] * 20
    gallery = gallery_of(segments_per_content=[1] * 60, kinds=kinds, vectors=random_vectors(60))
    learn_calibration(encoder, gallery, tmp_path)
    assert set(encoder.calibration) == {
        ("text", Modality.IMAGE),
        ("image", Modality.IMAGE),
        ("text", Modality.CODE),
        ("code", Modality.CODE),
    }
    found = found_calibration(encoder, gallery, [Modality.CODE])
    assert found["text", Modality.CODE] == encoder.calibration["text", Modality.CODE]


def test_what_was_found_is_kept_until_the_library_has_grown(tmp_path: Path) -> None:
    asked = Unmeasured()
    few = pictures(10)
    learn_calibration(SideBySide([asked]), few, tmp_path)
    assert asked.n_asked == 1
    again = SideBySide([asked])
    learn_calibration(again, pictures(30), tmp_path)
    assert asked.n_asked == 1
    assert ("text", Modality.IMAGE) in again.calibration
    learn_calibration(again, pictures(40), tmp_path)
    assert asked.n_asked == 2


@pytest.mark.parametrize("content", ["", "[]", '{"space": "other"}', '{"space": "unmeasured@1"}'])
def test_a_damaged_file_is_made_anew(content: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(content)
    encoder = SideBySide([Unmeasured()])
    learn_calibration(encoder, pictures(5), tmp_path)
    assert ("text", Modality.IMAGE) in encoder.calibration


def test_a_folder_that_cannot_be_written_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **named: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(null_calibration, "write_atomically", refuse)
    encoder = SideBySide([Unmeasured()])
    learn_calibration(encoder, pictures(5), tmp_path)
    assert ("text", Modality.IMAGE) in encoder.calibration


def test_measured_encoders_are_left_alone(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    learn_calibration(encoder, pictures(5), tmp_path)
    assert not (tmp_path / FILE).exists()
