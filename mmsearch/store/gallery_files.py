"""A gallery but for its vectors as plain files in a folder: columns, texts and words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.concepts import Concepts
from mmsearch.gallery import Gallery
from mmsearch.postings import AssetNames, no_names, no_postings
from mmsearch.store.column_files import (
    Texts,
    load_numbers,
    load_postings,
    load_some,
    load_widened,
    save_numbers,
    save_postings,
    save_some,
    save_texts,
)
from mmsearch.vectors import Vectors

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


def save_gallery(folder: Path, gallery: Gallery, head: Mapping[str, Any]) -> None:
    """Write all but the vectors. Raises OSError.

    head: what else is to be said about it, as JSON.
    """
    for name in _NUMBERS:
        save_numbers(folder / name, getattr(gallery, name))
    save_some(folder / "locators", gallery.locators)
    for name in _TEXTS:
        save_texts(folder / name, getattr(gallery, name))
    (folder / "file_names.txt").write_bytes(gallery.file_names.encode())
    save_postings(folder, "words", gallery.words or no_postings(gallery.n_segment))
    names = gallery.names or no_names(gallery.n_asset)
    save_postings(folder, "names", names.words)
    np.save(folder / "name_keys.npy", names.keys)
    if gallery.concepts is not None:
        _save_concepts(folder, gallery.concepts)
    own = {
        "space": gallery.space,
        "root_ids": list(gallery.root_ids),
        "vocabulary": gallery.concepts.fingerprint if gallery.concepts else "",
    }
    (folder / "head.json").write_text(json.dumps({**head, **own}), "utf-8")


def load_head(folder: Path) -> dict[str, Any]:
    """What is said about a gallery. Raises OSError or ValueError."""
    head: dict[str, Any] = json.loads((folder / "head.json").read_text("utf-8"))
    return head


def n_segments(folder: Path) -> int:
    """How many segments a gallery has. Raises OSError or ValueError."""
    return len(load_numbers(folder / "kind"))


def load_gallery(folder: Path, head: Mapping[str, Any], vectors: Vectors) -> Gallery:
    """Read what ``save_gallery`` wrote, most of it mapped.

    Raises OSError, ValueError, KeyError or EOFError where files are missing or damaged.
    """
    columns: dict[str, Any] = {
        name: load_widened(folder / name, kind) for name, kind in _NUMBERS.items()
    }
    columns |= {name: Texts.load(folder / name) for name in _TEXTS}
    return Gallery(
        space=head["space"],
        vectors=vectors,
        locators=load_some(folder / "locators", len(columns["kind"])),
        root_ids=tuple(head["root_ids"]),
        file_names=(folder / "file_names.txt").read_bytes().decode(),
        words=load_postings(folder, "words"),
        names=AssetNames(load_postings(folder, "names"), np.load(folder / "name_keys.npy")),
        concepts=_load_concepts(folder, head["vocabulary"]) if head["vocabulary"] else None,
        **columns,
    )


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
