"""Flickr8k: photographs with five captions each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mmsearch.evaluate.datasets.adapter import DATASETS, one_right, read_rows
from mmsearch.evaluate.datasets.shelf import Shelf
from mmsearch.evaluate.queries import JudgedQuery
from mmsearch.types import Modality, Query

_CAPTIONS_LOOKED_AT = 100


def picture_rows(data: Path, part: str) -> list[dict[str, Any]]:
    """The rows {"file", "captions"} of a split, files as absolute paths; no part means dev."""
    folder = data.absolute() / "flickr8k"
    rows = read_rows(folder / f"{part or 'dev'}.jsonl", ("file", "captions"))
    return [row | {"file": folder / row["file"]} for row in rows]


@DATASETS.register("flickr8k")
def flickr8k(data: Path, part: str, shelf: Shelf) -> Iterator[JudgedQuery]:
    """Captions find their photograph, photographs their captions (Flickr8k, part: split).

    For image → text every caption becomes a text file of its own, and the photograph is the
    example (``--like``) of a search among texts: what a user with a folder of notes would do.
    Text files are encoded a little differently from query sentences; with the captions' vectors
    as queries the first model had R@1 / R@10 of 25.9 / 66.5, with text files 26.4 / 66.0.
    """
    rows = picture_rows(data, part)
    pictures = [
        shelf.link(f"pictures/{number:05}{row['file'].suffix}", row["file"])
        for number, row in enumerate(rows)
    ]
    notes = [
        [
            shelf.write(f"captions/{number:05}-{place}.txt", caption)
            for place, caption in enumerate(row["captions"])
        ]
        for number, row in enumerate(rows)
    ]
    for number, row in enumerate(rows):
        for place, caption in enumerate(row["captions"]):
            name = f"caption {number}-{place}"
            yield one_right(name, caption, pictures[number], Modality.IMAGE, "text → image")
    for number, picture in enumerate(pictures):
        query = Query(like=(picture,), modalities=(Modality.CODE,), limit=_CAPTIONS_LOOKED_AT)
        name = f"picture {number}"
        yield JudgedQuery(name, query, frozenset(notes[number]), None, "image → text")
