"""ONNX graphs of models: they agree, and are used where they are faster."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.models import exporting
from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.exporting import GRAPHS, Exported, export_model
from mmsearch.encode.models.folder import folder_of, installed_model
from mmsearch.encode.towers.encoder import TowersEncoder
from mmsearch.encode.towers.part import Part
from mmsearch.encode.towers.probes import content_of
from mmsearch.errors import ModelError
from mmsearch.types import F32
from tests.tiny_models import (
    TEXTS,
    needs,
    save_tiny_clap,
    save_tiny_clip,
    save_tiny_codet5p,
    save_tiny_text,
)

pytestmark = needs("torch", "open_clip", "transformers")

SAVE = {
    "clip": save_tiny_clip,
    "clap": save_tiny_clap,
    "codet5p": save_tiny_codet5p,
    "bert": save_tiny_text,
    "nomic": lambda folder: save_tiny_text(folder, "NomicBertModel", pooling="cls_token"),
    "dense": lambda folder: save_tiny_text(folder, "DistilBertModel", dense=True),
}


def vectors_of(name: str) -> F32:
    """What an installed model makes of texts and of contents of other sizes than it was shown."""
    record = installed_model(name)
    encoder = TowersEncoder(record)
    made = [encoder.encode_texts(TEXTS[:2]), encoder.encode_texts([*TEXTS, "cat " * 40])]
    for kind in record.modalities:
        for n in (1, 3):
            contents = [content_of(kind, record.image_px, seed + 50) for seed in range(n)]
            made.append(encoder.encode_contents(kind, contents))
    return np.concatenate(made)


@pytest.mark.parametrize("name", SAVE)
def test_graphs_agree_and_change_no_space(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = add_model(SAVE[name](tmp_path / name))
    expected = vectors_of(name)
    monkeypatch.setattr(Exported, "is_faster", True)
    found = export_model(record)
    assert all(part.cosine > 0.9999 for part in found)
    after = installed_model(name)
    assert [file.path for file in after.graphs] == [f"{GRAPHS}/{part.name}.onnx" for part in found]
    assert after.spec == record.spec
    cosines = (vectors_of(name) * expected).sum(axis=1)
    assert cosines.min() > 0.9999


def test_only_what_is_faster_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = add_model(save_tiny_clip(tmp_path / "clip"))
    monkeypatch.setattr(Exported, "is_faster", property(lambda part: part.name == "pictures"))
    export_model(record)
    assert [file.path for file in installed_model("clip").graphs] == [f"{GRAPHS}/pictures.onnx"]
    assert (folder_of("clip") / GRAPHS / "texts.onnx").is_file()


def test_graphs_that_do_not_agree_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = add_model(save_tiny_clip(tmp_path / "clip"))
    expected = vectors_of("clip")
    monkeypatch.setattr(exporting, "LEAST_COSINE", 1.1)
    with pytest.raises(ModelError, match=r"does not agree with it \(cosine 1\.0000\)"):
        export_model(record)
    assert installed_model("clip") == record
    assert not (folder_of("clip") / GRAPHS).exists()
    np.testing.assert_array_equal(vectors_of("clip"), expected)


def test_what_cannot_be_exported_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = add_model(save_tiny_text(tmp_path / "bert"))

    def refuse(self: Part, path: Path) -> None:
        raise ModelError("Its part for texts cannot be exported: no such operator.")

    monkeypatch.setattr(Part, "export", refuse)
    with pytest.raises(ModelError, match="cannot be exported"):
        export_model(record)
    assert installed_model("bert") == record


def test_a_model_too_large_for_the_format(tmp_path: Path) -> None:
    record = add_model(save_tiny_text(tmp_path / "bert"))
    large = replace(record, files=(replace(record.files[0], size_bytes=3 * 10**9),))
    with pytest.raises(ModelError, match="larger than 2 GB"):
        export_model(large)


def test_a_damaged_graph_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = add_model(save_tiny_text(tmp_path / "bert"))
    monkeypatch.setattr(Exported, "is_faster", True)
    export_model(record)
    path = folder_of("bert") / GRAPHS / "texts.onnx"
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(ModelError, match="was changed or is damaged"):
        TowersEncoder(installed_model("bert")).encode_texts(["a"])
