from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.concepts import N_CONCEPTS
from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.mini import vocabulary as module
from mmsearch.encode.mini.bundle import MiniEncoder
from mmsearch.encode.mini.vocabulary import read_vocabulary
from mmsearch.errors import ModelError
from mmsearch.types import Modality


def test_the_shipped_words_fit_the_encoder() -> None:
    vocabulary = read_vocabulary()

    assert vocabulary.vectors.shape == (len(vocabulary.words), read_catalog()["mini"].spec.dim)
    assert np.linalg.norm(vocabulary.vectors, axis=1) == pytest.approx(1, abs=1e-3)
    assert len(set(vocabulary.words)) == len(vocabulary.words)
    for kind in (Modality.IMAGE, Modality.VIDEO, Modality.AUDIO):
        assert len(vocabulary.used_for[kind]) > 500 > N_CONCEPTS
        assert 0 < np.linalg.norm(vocabulary.means[kind]) < 1
    assert Modality.CODE not in vocabulary.used_for


@pytest.mark.models
def test_the_words_of_sentences_are_in_them() -> None:
    encoder = MiniEncoder(read_catalog()["mini"], n_threads=1)
    said = {
        Modality.IMAGE: ["a dog runs on the beach", "a red car in the snow"],
        Modality.AUDIO: ["the sound of rain", "a siren of an ambulance"],
    }
    expected = [{"dog", "beach"}, {"car", "snow"}, {"rain"}, {"siren", "ambulance"}]
    vocabulary = encoder.vocabulary

    found = [
        {vocabulary.words[place] for place in places}
        for kind, texts in said.items()
        for places in vocabulary.nearest(kind, encoder.encode_texts(texts)).tolist()
    ]

    assert all(words & some for words, some in zip(expected, found, strict=True)), found


@pytest.mark.parametrize("content", [b"", b"nonsense", None], ids=["empty", "nonsense", "gone"])
def test_a_damaged_file_is_a_model_error(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "concepts.safetensors"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(module, "shipped_path", lambda *parts: path)

    with pytest.raises(ModelError, match="words"):
        read_vocabulary()
