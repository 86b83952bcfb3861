"""The gallery as plain files: what a search opens, without importing the database.

A snapshot is derived data. It carries the generation it was taken at and is used only when the
library has not changed since; it can be deleted at any time.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.concepts import Concepts
from mmsearch.gallery import Gallery
from mmsearch.postings import AssetNames, no_names, no_postings
from mmsearch.store.column_files import (
    Texts,
    load_postings,
    load_some,
    load_widened,
    save_numbers,
    save_postings,
    save_some,
    save_texts,
)
from mmsearch.store.row_files import load_rows, save_rows
from mmsearch.vectors import Vectors

_FORMAT = 6
"""A snapshot of an older format is passed over; the next writing session takes a new one."""
_NUMBERS: dict[str, type[np.integer[Any]]] = {
    "kind": np.uint8,
    "first_segment": np.int64,
    "asset_content": np.int64,
    "asset_modality": np.uint8,
    "asset_size_bytes": np.int64,
    "asset_mtime_ns": np.int64,
    "asset_root": np.int32,
    "asset_folder": np.int32,
    "asset_extension": np.int32,
    "asset_day": np.int32,
    "asset_duration_ms": np.int64,
    "asset_camera": np.int32,
    "asset_language": np.int32,
}
"""On disk they are narrower; in memory they are what they are in a gallery from the tables."""
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
_VECTORS = {"codes": np.int8, "rest": np.uint8, "scales": np.float32}


def save_snapshot(folder: Path, gallery: Gallery, generation: int) -> None:
    """Write the gallery under ``folder/snapshot/GENERATION`` and drop older snapshots."""
    target = folder / "snapshot" / str(generation)
    draft = target.with_name(f"{generation}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for name in _VECTORS:
        save_rows(draft / f"{name}.rows", getattr(gallery.vectors, name))
    for name in _NUMBERS:
        save_numbers(draft / name, getattr(gallery, name))
    save_some(draft / "locators", gallery.locators)
    for name in _TEXTS:
        save_texts(draft / name, getattr(gallery, name))
    (draft / "file_names.txt").write_bytes(gallery.file_names.encode())
    save_postings(draft, "words", gallery.words or no_postings(gallery.n_segment))
    names = gallery.names or no_names(gallery.n_asset)
    save_postings(draft, "names", names.words)
    np.save(draft / "name_keys.npy", names.keys)
    if gallery.concepts is not None:
        _save_concepts(draft, gallery.concepts)
    head = {"format": _FORMAT, "space": gallery.space, "root_ids": list(gallery.root_ids)}
    head["dim"] = gallery.vectors.shape[1]
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
        columns: dict[str, Any] = {
            name: load_widened(source / name, kind) for name, kind in _NUMBERS.items()
        }
        columns |= {name: Texts.load(source / name) for name in _TEXTS}
        columns["locators"] = load_some(source / "locators", len(columns["kind"]))
        columns["file_names"] = (source / "file_names.txt").read_bytes().decode()
        vectors = _load_vectors(source, len(columns["kind"]), head["dim"])
        words = load_postings(source, "words")
        names = AssetNames(load_postings(source, "names"), np.load(source / "name_keys.npy"))
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


def _load_vectors(folder: Path, n_segment: int, dim: int) -> Vectors:
    shapes = {
        "codes": (n_segment, dim),
        "rest": (n_segment, (dim + 1) // 2),
        "scales": (n_segment,),
    }
    rows = (load_rows(folder / f"{n}.rows", kind, shapes[n]) for n, kind in _VECTORS.items())
    return Vectors(*rows)


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


def _save_concepts(folder: Path, concepts: Concepts) -> None:
    np.save(folder / "concepts.npy", concepts.places)
    save_texts(folder / "vocabulary", concepts.vocabulary)
    save_postings(folder, "concept_words", concepts.words)


def _load_concepts(folder: Path, fingerprint: str) -> Concepts:
    return Concepts(
        vocabulary=Texts.load(folder / "vocabulary"),
        fingerprint=fingerprint,
        places=np.load(folder / "concepts.npy", mmap_mode="r"),
        words=load_postings(folder, "concept_words"),
    )
