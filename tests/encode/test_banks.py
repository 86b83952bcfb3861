"""The banks of the embedded encoder: for its weights, whole, and what they are said to be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from mmsearch.encode.banks import (
    ROLE,
    banks_identity,
    made_with,
    read_banks,
    shipped_banks,
    towers_of,
)
from mmsearch.encode.catalog import CatalogEntry
from mmsearch.errors import ModelError
from mmsearch.types import EncoderSpec, Modality

NOBODY = EncoderSpec(id="nobody", revision="1", dim=4, modalities=(), image_px=8)


def test_banks_are_for_the_shipped_weights(entry: CatalogEntry) -> None:
    assert made_with(entry.file(ROLE).locate()) == towers_of(entry), (
        "A tower has changed since the banks were made. Run: python -m models.mini.training.banks"
    )


def test_banks_are_unit_vectors_for_every_kind_of_query(entry: CatalogEntry) -> None:
    banks = read_banks(entry.file(ROLE).verify())

    pairs = {("text", kind) for kind in (Modality.IMAGE, Modality.AUDIO, Modality.CODE)}
    assert set(banks.queries) == pairs | {("image", Modality.CODE)}
    for vectors in banks.queries.values():
        assert len(vectors) >= 200
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=2e-3)
    weight, bias = banks.to_text[Modality.IMAGE]
    assert (weight.shape, bias.shape) == ((384, 384), (384,))


def test_banks_are_small(entry: CatalogEntry) -> None:
    assert entry.file(ROLE).size_bytes < 2_000_000


def test_other_banks_are_no_other_space(entry: CatalogEntry) -> None:
    others = tuple(
        replace(file, sha256="0" * 64) if file.role == ROLE else file for file in entry.files
    )
    assert replace(entry, files=others).spec.space == entry.spec.space


@pytest.mark.parametrize(
    ("role", "matters"), [("text weights", True), ("image head", False), ("audio weights", False)]
)
def test_banks_depend_on_the_text_tower(entry: CatalogEntry, role: str, matters: bool) -> None:
    files = tuple(
        replace(file, sha256="0" * 64) if file.role == role else file for file in entry.files
    )
    assert (towers_of(replace(entry, files=files)) != towers_of(entry)) == matters


def test_an_encoder_without_banks_has_none() -> None:
    assert shipped_banks(NOBODY).queries == {}
    assert banks_identity(NOBODY) == "none"


def test_banks_of_other_weights_are_not_used(entry: CatalogEntry) -> None:
    assert shipped_banks(entry.spec).queries
    assert shipped_banks(replace(entry.spec, revision="another")).queries == {}


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "banks.safetensors"
    save_file({"text smell": np.zeros((2, 4), np.float16)}, path)
    with pytest.raises(ModelError, match="smell"):
        read_banks(path)
