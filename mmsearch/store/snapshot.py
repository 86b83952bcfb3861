"""The gallery as plain files: what a search opens, without importing the database.

A snapshot is derived data. It carries the generation it was taken at and is used only when the
library has not changed since; it can be deleted at any time.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.concepts import Concepts
from mmsearch.gallery import Gallery
from mmsearch.postings import AssetNames, Postings, no_names, no_postings

_FORMAT = 4
"""A snapshot of an older format is passed over; the next writing session takes a new one."""
_NUMBERS = (
    "kind",
    "locators",
    "first_segment",
    "asset_content",
    "asset_modality",
    "asset_size_bytes",
    "asset_mtime_ns",
    "asset_root",
    "asset_folder",
    "asset_extension",
    "asset_day",
    "asset_duration_ms",
    "asset_camera",
    "asset_language",
)
_TEXTS = (
    "folders",
    "extensions",
    "cameras",
    "languages",
    "asset_ids",
    "relative_paths",
    "content_ids",
    "metadata",
)
_POSTINGS = ("ends", "rows", "counts", "lengths")


def save_snapshot(folder: Path, gallery: Gallery, generation: int) -> None:
    """Write the gallery under ``folder/snapshot/GENERATION`` and drop older snapshots."""
    target = folder / "snapshot" / str(generation)
    draft = target.with_name(f"{generation}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    np.save(draft / "vectors.npy", gallery.vectors.astype(np.float16))
    for name in _NUMBERS:
        np.save(draft / f"{name}.npy", getattr(gallery, name))
    for name in _TEXTS:
        _save_texts(draft / name, getattr(gallery, name))
    (draft / "file_names.txt").write_bytes(gallery.file_names.encode())
    _save_postings(draft, "words", gallery.words or no_postings(gallery.n_segment))
    names = gallery.names or no_names(gallery.n_asset)
    _save_postings(draft, "names", names.words)
    np.save(draft / "name_keys.npy", names.keys)
    if gallery.concepts is not None:
        _save_concepts(draft, gallery.concepts)
    head = {"format": _FORMAT, "space": gallery.space, "root_ids": list(gallery.root_ids)}
    head["vocabulary"] = gallery.concepts.fingerprint if gallery.concepts else ""
    (draft / "head.json").write_text(json.dumps(head), "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    for old in target.parent.iterdir():
        if old != target:
            # A reader may have it mapped; where that forbids deleting, the next run does it.
            shutil.rmtree(old, ignore_errors=True)


def load_snapshot(folder: Path, generation: int, space: str) -> Gallery | None:
    """Read the snapshot of this generation; None if there is none, or of another space."""
    source = folder / "snapshot" / str(generation)
    try:
        head = json.loads((source / "head.json").read_text("utf-8"))
        if head["format"] != _FORMAT or head["space"] != space:
            return None
        columns: dict[str, Any] = {name: np.load(source / f"{name}.npy") for name in _NUMBERS}
        columns |= {name: Texts.load(source / name) for name in _TEXTS}
        columns["file_names"] = (source / "file_names.txt").read_bytes().decode()
        vectors = np.load(source / "vectors.npy").astype(np.float32)
        words = _load_postings(source, "words")
        names = AssetNames(_load_postings(source, "names"), np.load(source / "name_keys.npy"))
        concepts = _load_concepts(source, head["vocabulary"]) if head["vocabulary"] else None
    except (OSError, ValueError, KeyError, EOFError):
        # Incomplete or damaged derived data: the caller reads the tables instead.
        return None
    root_ids = tuple(head["root_ids"])
    return Gallery(
        space=space,
        vectors=vectors,
        root_ids=root_ids,
        words=words,
        names=names,
        concepts=concepts,
        **columns,
    )


def is_snapshot_good(folder: Path, generation: int, space: str, vocabulary: str) -> bool:
    """Whether there is a snapshot of this generation and space, as this version writes them.

    vocabulary: the fingerprint of the words that describe its segments; empty for none.
    """
    try:
        head = json.loads((folder / "snapshot" / str(generation) / "head.json").read_text("utf-8"))
        expected = {"format": _FORMAT, "space": space, "vocabulary": vocabulary}
        return all(head[name] == value for name, value in expected.items())
    except (OSError, ValueError, KeyError):
        return False


def _save_postings(folder: Path, name: str, postings: Postings) -> None:
    _save_texts(folder / name, postings.terms)
    for column in _POSTINGS:
        np.save(folder / f"{name}_{column}.npy", getattr(postings, column))


def _load_postings(folder: Path, name: str) -> Postings:
    """Mapped, not read: a query needs the postings of its own few words only."""
    columns: dict[str, Any] = {
        column: np.asarray(np.load(folder / f"{name}_{column}.npy", mmap_mode="r"))
        for column in _POSTINGS
    }
    return Postings(terms=Texts.load(folder / name), **columns)


def _save_concepts(folder: Path, concepts: Concepts) -> None:
    np.save(folder / "concepts.npy", concepts.places)
    _save_texts(folder / "vocabulary", concepts.vocabulary)
    _save_postings(folder, "concept_words", concepts.words)


def _load_concepts(folder: Path, fingerprint: str) -> Concepts:
    return Concepts(
        vocabulary=Texts.load(folder / "vocabulary"),
        fingerprint=fingerprint,
        places=np.load(folder / "concepts.npy", mmap_mode="r"),
        words=_load_postings(folder, "concept_words"),
    )


class Texts(Sequence[str]):
    """A column of strings in one buffer; a million of them open in no time."""

    def __init__(self, buffer: bytes, ends: Any) -> None:
        self._buffer = buffer
        self._ends = ends

    @classmethod
    def load(cls, path: Path) -> Texts:
        buffer, ends = path.with_suffix(".utf8").read_bytes(), np.load(path.with_suffix(".npy"))
        if len(buffer) != (ends[-1] if len(ends) else 0):
            raise ValueError(f"{path.name} does not have the length it was written with")
        return cls(buffer, ends)

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        start = int(self._ends[index - 1]) if index else 0
        return self._buffer[start : int(self._ends[index])].decode("utf-8")


def _save_texts(path: Path, texts: Sequence[str]) -> None:
    encoded = [text.encode("utf-8") for text in texts]
    np.save(path.with_suffix(".npy"), np.cumsum([len(text) for text in encoded], dtype=np.int64))
    path.with_suffix(".utf8").write_bytes(b"".join(encoded))
