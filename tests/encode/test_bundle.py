"""The mini encoder: what it loads, what it answers, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.mini import bundle
from mmsearch.encode.mini.bundle import MiniEncoder, open_encoder
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8, CodeText, Frames, Modality, Samples


class FakePictures:
    """A tower whose vectors are known: the first pixel's channels, at unit length."""

    def __init__(self) -> None:
        self.batch_sizes: list[int] = []

    def encode(self, pixels: U8) -> F32:
        self.batch_sizes.append(len(pixels))
        vectors = np.zeros((len(pixels), 384), np.float32)
        vectors[:, :3] = pixels[:, 0, 0]
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class BrokenTexts:
    """A tower that answers what is no number."""

    def encode(self, texts: Sequence[str]) -> F32:
        return np.array([[np.nan, 3.0, np.inf, 4.0]] * len(texts), np.float32)


def frames(*colours: tuple[int, int, int]) -> Frames:
    return Frames(np.stack([np.full((224, 224, 3), colour, np.uint8) for colour in colours]))


@pytest.fixture
def fake(entry: CatalogEntry) -> tuple[MiniEncoder, FakePictures]:
    encoder, pictures = MiniEncoder(entry), FakePictures()
    encoder._towers["image"] = pictures
    return encoder, pictures


@pytest.mark.parametrize("modality", [Modality.IMAGE, Modality.VIDEO])
def test_a_segment_is_the_mean_of_its_frames(
    modality: Modality, fake: tuple[MiniEncoder, FakePictures]
) -> None:
    contents = [frames((255, 0, 0)), frames((9, 0, 0), (0, 200, 0)), frames((0, 0, 7))]
    vectors = fake[0].encode_contents(modality, contents)
    half = np.sqrt(0.5)
    np.testing.assert_allclose(vectors[:, :3], [[1, 0, 0], [half, half, 0], [0, 0, 1]], atol=1e-6)
    assert fake[1].batch_sizes == [4]


def test_many_frames_are_encoded_in_bounded_groups(fake: tuple[MiniEncoder, FakePictures]) -> None:
    shot = frames(*[(1, 2, 3)] * 30)
    vectors = fake[0].encode_contents(Modality.VIDEO, [shot] * 5)
    assert fake[1].batch_sizes == [60, 60, 30]
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_contents_no_rows(fake: tuple[MiniEncoder, FakePictures]) -> None:
    assert fake[0].encode_contents(Modality.IMAGE, []).shape == (0, 384)


def test_what_is_no_number_matches_nothing(entry: CatalogEntry) -> None:
    encoder = MiniEncoder(entry)
    encoder._towers["text"] = BrokenTexts()
    np.testing.assert_allclose(encoder.encode_texts(["x"]), [[0, 0.6, 0, 0.8]], atol=1e-6)


def test_content_of_another_kind_is_a_bug_of_the_caller(entry: CatalogEntry) -> None:
    with pytest.raises(TypeError, match="expected Frames, got CodeText"):
        MiniEncoder(entry).encode_contents(Modality.IMAGE, [CodeText("x")])
    with pytest.raises(TypeError, match="expected CodeText, got Samples"):
        MiniEncoder(entry).encode_contents(Modality.CODE, [Samples(np.zeros(9, np.float32))])


@pytest.mark.models
def test_text_query_loads_the_text_tower_alone(entry: CatalogEntry, shared_cache: Path) -> None:
    encoder = MiniEncoder(entry)
    encoder.encode_texts(["a dog"])
    encoder.encode_contents(Modality.CODE, [CodeText("def bark(): ...", "python")])
    assert set(encoder._towers) == {"text"}


@pytest.mark.models
def test_towers_open_once_for_all_threads(entry: CatalogEntry, shared_cache: Path) -> None:
    encoder, vectors = MiniEncoder(entry), []
    threads = [
        threading.Thread(target=lambda: vectors.append(encoder.encode_texts(["a dog"])))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(vectors) == 4
    np.testing.assert_allclose(vectors, [vectors[0]] * 4, atol=1e-6)


@pytest.mark.models
def test_one_space_for_text_code_and_pictures(mini: MiniEncoder) -> None:
    code = mini.encode_contents(
        Modality.CODE,
        [
            CodeText('def mean(numbers):\n    """Average."""\n    return sum(numbers)', "python"),
            CodeText("fn readFile(path: &str) -> String { open(path) }", "rust"),
        ],
    )
    queries = mini.encode_texts(["average of a list", "load the content of a file"])
    assert ((queries @ code.T).argmax(axis=1) == [0, 1]).all()
    assert mini.encode_contents(Modality.IMAGE, [frames((1, 2, 3))]).shape == (1, 384)


@pytest.mark.models
def test_second_start_builds_nothing_and_imports_little(
    shared_cache: Path, mini: MiniEncoder
) -> None:
    """What a search by text imports once the graphs are kept: neither torch nor onnx."""
    mini.encode_texts(["a dog"])
    code = (
        "import sys; from mmsearch.encode.mini.bundle import open_encoder;"
        "open_encoder().encode_texts(['a dog']);"
        "print([name for name in ('torch', 'onnx', 'librosa', 'scipy') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_missing_file_is_told_when_the_encoder_is_opened(
    entry: CatalogEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = replace(entry, files=(*entry.files, replace(entry.files[-1], path="mini/gone")))
    monkeypatch.setattr(bundle, "read_catalog", lambda: {"mini": gone})
    with pytest.raises(ModelError, match="mini/gone is missing"):
        open_encoder()


def test_calibration_covers_text_against_the_kinds(entry: CatalogEntry) -> None:
    calibration = MiniEncoder(entry).calibration
    assert ("text", Modality.IMAGE) in calibration
    for midpoint, scale in calibration.values():
        assert -1 < midpoint < 1
        assert 0 < scale < 1


@pytest.mark.parametrize("content", ["", "{}", '{"pairs": [{"query": "text"}]}', "[1]"])
def test_damaged_calibration_is_a_model_error(
    content: str, entry: CatalogEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "calibration.json").write_text(content)
    monkeypatch.setattr(bundle, "shipped_path", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(ModelError, match="calibration"):
        _ = MiniEncoder(entry).calibration


def test_shipped_calibration_says_what_it_means(entry: CatalogEntry) -> None:
    path = bundle.shipped_path("models", "mini", "calibration.json")
    assert "logit = (cosine - midpoint) / scale" in json.loads(path.read_text())["meaning"]
