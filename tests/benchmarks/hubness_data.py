"""The dev collections that hubness is measured on, as vectors with their right answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.encode.encoder import Encoder
from mmsearch.types import F32, CodeText, Modality, Segment
from models.mini.training.banks.kept import Kept
from models.mini.training.image.features import keep


@dataclass(frozen=True, slots=True, eq=False)
class Collection:
    """Items of one kind, and what is asked of them."""

    name: str
    query_kind: str
    kind: Modality
    items: F32
    """(n_item, dim)"""
    queries: F32
    """(n_query, dim)"""
    right: NDArray[np.bool_]
    """(n_query, n_item)"""
    measure: str
    """"R@1" or "mAP"."""
    is_same: bool = False
    """The queries are the items, which are no answers to themselves."""

    def part(self, chosen: NDArray[np.int64]) -> Collection:
        """Some of the items, with the queries that they answer."""
        right = self.right[:, chosen]
        asked = right.any(axis=1)
        return replace(
            self, items=self.items[chosen], queries=self.queries[asked], right=right[asked]
        )

    def quality(self, scores: F32) -> float:
        """The mean over queries, in [0, 1]; scores: (n_query, n_item)."""
        if self.measure == "R@1":
            return float(self.right[np.arange(len(scores)), scores.argmax(axis=1)].mean())
        order = np.argsort(-scores, axis=1)
        right = np.take_along_axis(self.right, order, axis=1)
        precision = right.cumsum(axis=1) / np.arange(1, right.shape[1] + 1)
        n_right = right.sum(axis=1)
        return float(((precision * right).sum(axis=1) / np.maximum(n_right, 1))[n_right > 0].mean())


def collections(
    data: Path, work: Path, encoder: Encoder, *, with_code: bool
) -> dict[str, Collection]:
    """By name; vectors are kept in the work folder."""
    work.mkdir(parents=True, exist_ok=True)
    kept = Kept(work, encoder)
    found = _flickr8k(data / "flickr8k", kept) | _caltech101(data / "caltech101", kept)
    found["mixed"] = _mixed(found["captions"], found["class names"])
    found["sounds"] = _esc10(data / "esc10", work, encoder, kept)
    if with_code:
        found["code"] = _cosqa(data / "cosqa", work, encoder, kept)
    return found


def _flickr8k(folder: Path, kept: Kept) -> dict[str, Collection]:
    rows = _rows(folder / "dev.jsonl")
    pictures = kept.pictures([folder / row["file"] for row in rows])
    captions = kept.texts([caption for row in rows for caption in row["captions"]])
    owner = np.repeat(np.arange(len(rows)), [len(row["captions"]) for row in rows])
    right = owner[:, None] == np.arange(len(rows))
    name = "Flickr8k, caption → picture"
    back = "Flickr8k, picture → caption"
    image, code = Modality.IMAGE, Modality.CODE
    return {
        "captions": Collection(name, "text", image, pictures, captions, right, "R@1"),
        "pictures": Collection(back, "image", code, captions, pictures, right.T, "R@1"),
    }


def _caltech101(folder: Path, kept: Kept) -> dict[str, Collection]:
    rows = _rows(folder / "labels.jsonl")
    labels = [row["label"] for row in rows]
    names = sorted(set(labels))
    pictures = kept.pictures([folder / row["file"] for row in rows])
    asked = kept.texts([name.replace("_", " ") for name in names])
    right = np.array(names)[:, None] == np.array(labels)
    alike = np.array(labels)[:, None] == np.array(labels)
    np.fill_diagonal(alike, False)
    image = Modality.IMAGE
    name, same = "Caltech-101, name → pictures", "Caltech-101, picture → its class"
    return {
        "class names": Collection(name, "text", image, pictures, asked, right, "mAP"),
        "alike": Collection(same, "image", image, pictures, pictures, alike, "mAP", is_same=True),
    }


def _mixed(captions: Collection, names: Collection) -> Collection:
    """Pictures of both sources in one library, asked with captions."""
    items = np.concatenate([captions.items, names.items])
    none = np.zeros((len(captions.queries), len(names.items)), bool)
    right = np.concatenate([captions.right, none], axis=1)
    return replace(captions, name="both sources, caption → picture", items=items, right=right)


def _esc10(folder: Path, work: Path, encoder: Encoder, kept: Kept) -> Collection:
    rows = [row for row in _rows(folder / "labels.jsonl") if row["fold"] == 4]
    path = work / f"sounds {encoder.spec.revision}.npy"
    if not path.exists():
        keep(path, np.concatenate([_sound(folder / row["file"], encoder) for row in rows]))
    labels = np.array([row["label"] for row in rows])
    names = sorted(set(labels.tolist()))
    asked = kept.texts([f"the sound of {name}" for name in names])
    right = np.array(names)[:, None] == labels
    name = "ESC-10 fold 4, name → sounds"
    return Collection(name, "text", Modality.AUDIO, np.load(path), asked, right, "mAP")


def _sound(path: Path, encoder: Encoder) -> F32:
    """Its first segment: (1, dim)."""
    decoded = decode_file(path, Modality.AUDIO, DecodeOptions())
    first = next(item for item in decoded if isinstance(item, Segment))
    return encoder.encode_contents(Modality.AUDIO, [first.content])


def _cosqa(folder: Path, work: Path, encoder: Encoder, kept: Kept) -> Collection:
    place_of = json.loads((folder / "functions.json").read_text("utf-8"))
    texts = sorted(place_of, key=place_of.__getitem__)
    rows = _rows(folder / "dev.jsonl")
    path = work / f"functions {encoder.spec.revision}.npy"
    if not path.exists():
        contents = [CodeText(text, "python") for text in texts]
        keep(path, _in_batches(contents, encoder))
    place_of_index = {place_of[text]: place for place, text in enumerate(texts)}
    right = np.zeros((len(rows), len(texts)), bool)
    for place, row in enumerate(rows):
        right[place, place_of_index[row["function"]]] = True
    asked = kept.texts([row["query"] for row in rows])
    name = "CoSQA, question → function, vectors alone"
    return Collection(name, "text", Modality.CODE, np.load(path), asked, right, "R@1")


def _in_batches(contents: list[CodeText], encoder: Encoder) -> F32:
    """Those of about the same length together."""
    order = sorted(range(len(contents)), key=lambda place: len(contents[place].text))
    vectors = np.zeros((len(contents), encoder.spec.dim), np.float32)
    for start in range(0, len(order), 16):
        some = order[start : start + 16]
        vectors[some] = encoder.encode_contents(Modality.CODE, [contents[place] for place in some])
    return vectors


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
