"""What an asset is found by in words: its name, its folders, and what it says about itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from mmsearch.identifiers import name_words
from mmsearch.postings import AssetNames, name_key
from mmsearch.store.postings_table import postings_of

_NAME_COUNTS = 3
_METADATA_COUNTS = 2
"""Times as much as the name of a folder, which says the same of all that is in it. A number in a
name counts as little: mostly a camera has counted."""
_FIELDS = ("title", "artist", "album", "camera", "caption")
_PRINTED = "printed"
"""Of types.Metadata. What is printed in a picture counts once a word, however often it is there."""


def asset_names(relative_paths: Sequence[str], metadata: Sequence[str]) -> AssetNames:
    """Names of all assets. metadata: JSON of types.Metadata, one for each path."""
    words: list[str] = []
    rows: list[int] = []
    keys = np.zeros(len(relative_paths), np.int64)
    # Folders, extensions and cameras repeat.
    words_of = lru_cache(maxsize=10_000)(name_words)
    for row, (path, said) in enumerate(zip(relative_paths, metadata, strict=True)):
        folder, _, name = path.rpartition("/")
        stem, extension = split_name(name)
        own = name_words(stem)
        keys[row] = name_key(own)
        found = [*words_of(folder), *_counted(own), *words_of(extension)]
        for text in _metadata_texts(said):
            found += words_of(text) * _METADATA_COUNTS
        if f'"{_PRINTED}"' in said:
            found += dict.fromkeys(name_words(json.loads(said).get(_PRINTED, "")))
        words += found
        rows += [row] * len(found)
    return AssetNames(postings_of(words, rows, len(relative_paths)), keys)


def split_name(name: str) -> tuple[str, str]:
    """A file's name without and with only its extension, as people see it: (".bashrc", "")."""
    stem, dot, extension = name.rpartition(".")
    return (stem, extension) if dot and stem else (name, "")


def _metadata_texts(metadata: str) -> list[str]:
    """What a file says about itself. metadata: JSON of types.Metadata."""
    if not any(f'"{field}"' in metadata for field in (*_FIELDS, "tags")):
        return []
    said = json.loads(metadata)
    return [*(said[field] for field in _FIELDS if field in said), *said.get("tags", ())]


def _counted(own: list[str]) -> list[str]:
    return [word for word in own for _ in range(1 if word.isdigit() else _NAME_COUNTS)]
