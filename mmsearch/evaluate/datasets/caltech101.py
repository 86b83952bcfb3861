"""Caltech-101: small pictures of a hundred sorts of thing, from another source than Flickr8k."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mmsearch.evaluate.datasets.adapter import DATASETS, many_right, no_part, read_rows
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Modality, Query


def labelled_pictures(data: Path, shelf: Shelf) -> dict[str, list[Path]]:
    """Put the pictures on the shelf: paths by class name. File names do not tell the class."""
    folder = data / "caltech101"
    by_label: dict[str, list[Path]] = {}
    for number, row in enumerate(read_rows(folder / "labels.jsonl", ("file", "label"))):
        source = folder / row["file"]
        path = shelf.link(f"things/{number:05}{source.suffix}", source)
        by_label.setdefault(row["label"], []).append(path)
    return by_label


@DATASETS.register("caltech101")
def caltech101(data: Path, part: str, shelf: Shelf) -> Iterator[JudgedQuery]:
    """Class names find the pictures of their class (Caltech-101, the out-of-domain check)."""
    no_part("caltech101", part)
    by_label = labelled_pictures(data, shelf)
    n_items = sum(map(len, by_label.values()))
    for label, relevant in sorted(by_label.items()):
        query = Query(text=label, modalities=(Modality.IMAGE,))
        yield many_right(label, query, relevant, "class name → images", n_items=n_items)
