"""Half the bits only where that is faster and says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.folder import folder_of, installed_model
from mmsearch.encode.models.record import save_record
from mmsearch.encode.towers import encoder as encoder_module
from mmsearch.encode.towers import precision
from mmsearch.encode.towers.encoder import TowersEncoder
from mmsearch.encode.towers.precision import set_best_precision
from mmsearch.encode.towers.text_towers import open_towers
from mmsearch.errors import ModelError
from mmsearch.types import F32, Content, Modality
from tests.tiny_models import TEXTS, needs, save_tiny_text


class Towers:
    """Says in float32 what it says, and something near it in less."""

    dim, image_px, modalities, parts = 4, 0, (Modality.CODE,), ()

    def __init__(self, error: float, *, fails: bool = False, n_parameters: int = 10**8) -> None:
        self._error, self._fails = error, fails
        self.runner = SimpleNamespace(
            device=SimpleNamespace(type="cpu"), precision="float32", n_parameters=n_parameters
        )

    def texts(self, texts: Sequence[str]) -> F32:
        vectors = np.random.default_rng(0).standard_normal((len(texts), 4)).astype(np.float32)
        if self.runner.precision == "float32":
            return vectors
        if self._fails:
            raise RuntimeError("not implemented for 'BFloat16'")
        noise = np.random.default_rng(1).standard_normal(vectors.shape).astype(np.float32)
        return vectors + self._error * noise

    def contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        return self.texts([""] * len(contents))


@pytest.mark.parametrize(
    ("towers", "ratio", "expected"),
    [
        (Towers(0.001), 0.5, "bfloat16"),
        (Towers(0.001), 0.95, "float32"),
        (Towers(0.5), 0.5, "float32"),
        (Towers(float("nan")), 0.5, "float32"),
        (Towers(0.001, fails=True), 0.5, "float32"),
        (Towers(0.001, n_parameters=10**6), 0.5, "float32"),
    ],
    ids=["faster", "hardly faster", "another answer", "no numbers", "cannot", "too small"],
)
def test_the_choice(
    towers: Towers, ratio: float, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(precision, "lower_precision", lambda device: "bfloat16")
    times_s = iter([1.0, ratio])
    monkeypatch.setattr(precision, "timed", lambda encode: (encode(), next(times_s)))
    assert set_best_precision(towers) == expected  # type: ignore[arg-type]
    assert towers.runner.precision == expected


@needs("torch", "transformers")
def test_a_real_model_in_half_the_bits(tmp_path: Path) -> None:
    folder = save_tiny_text(tmp_path / "tiny")
    full = open_towers(folder, {"device": "cpu"}).texts(TEXTS)
    half = open_towers(folder, {"device": "cpu", "precision": "bfloat16"}).texts(TEXTS)
    cosines = (full * half).sum(1) / (np.linalg.norm(full, axis=1) * np.linalg.norm(half, axis=1))
    assert cosines.min() > 0.999
    assert not np.array_equal(full, half)


@needs("torch", "transformers")
def test_it_is_found_out_once_for_each_sort_of_device(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = add_model(save_tiny_text(tmp_path / "tiny"))
    assert record.precision == {"cpu": "float32"}, "found when it was tried"
    save_record(folder_of("tiny"), replace(record, precision={"cuda": "bfloat16"}))
    asked: list[str] = []

    def found(towers: object) -> str:
        asked.append("asked")
        return "float32"

    monkeypatch.setattr(encoder_module, "set_best_precision", found)
    for _ in range(2):
        TowersEncoder(installed_model("tiny")).encode_texts(TEXTS)
    assert asked == ["asked"]
    known = installed_model("tiny")
    assert known.precision == {"cuda": "bfloat16", "cpu": "float32"}
    assert known.spec.space == record.spec.space, "the same vectors"


@needs("torch", "transformers")
def test_a_device_that_is_not_there_is_said(tmp_path: Path) -> None:
    record = add_model(save_tiny_text(tmp_path / "tiny"))
    with pytest.raises(ModelError, match="has no cuda that torch can use"):
        TowersEncoder(record, device="cuda").encode_texts(TEXTS)
