"""Elastic pairs: a large model encodes the files, a small one in the same space the queries.

Files are encoded once, queries while somebody waits. Models that were distilled to a common space
(or cut out of one another, as MatFormer's) can share the work so; nothing has to be encoded anew.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mmsearch.encode.models.folder import folder_of
from mmsearch.encode.models.record import ModelRecord, save_record
from mmsearch.errors import ModelError
from mmsearch.types import F32

LEAST_SHARE = 0.8
"""Of sentences whose nearest among the large model's is the same sentence. Models that have never
heard of each other agree on one in twenty-four."""
_SENTENCES = (
    "a dog on a beach", "two children playing football", "a red car in the rain", "a bowl of soup",
    "snow on a mountain", "a cat asleep on a sofa", "an old church", "a crowded market at night",
    "a woman reading a book", "birds over the sea", "a train in a station", "a birthday cake",
    "heavy traffic", "a piano melody", "thunder and wind", "somebody typing", "a barking dog",
    "read a file line by line", "sort a list of numbers", "connect to a database",
    "a map of a city", "a screenshot of a calendar", "handwritten notes", "flowers in a vase",
)  # fmt: skip


def pair(large: ModelRecord, small: ModelRecord | None) -> ModelRecord:
    """Let the small model encode the queries of the large one, or the large one again (None).

    Returns the record of the large one as it is now. Raises ModelError when the two do not encode
    sentences alike.
    """
    if small is not None and small.id != large.id:
        share = agreement(_texts_of(replace(large.whole, queries_by="")), _texts_of(small.whole))
        if share < LEAST_SHARE:
            raise ModelError(
                f"{small.name} and {large.name} do not share a space: they agree on "
                f"{100 * share:.0f} of 100 sentences.",
                "Only models that were trained for each other can be paired.",
            )
    name = small.id if small is not None and small.id != large.id else ""
    paired = replace(large, queries_by=name)
    try:
        save_record(folder_of(large.id), paired)
    except OSError as error:
        raise ModelError(f"The model {large.id!r} cannot be changed: {error.strerror}.") from error
    return paired


def agreement(of_large: F32, of_small: F32) -> float:
    """How many sentences are nearest to themselves across two models' unit vectors: a share.

    Both (n_sentence, dim); 0 where the dimensions differ.
    """
    if of_large.shape != of_small.shape:
        return 0.0
    nearest = (of_small @ of_large.T).argmax(axis=1)
    return float((nearest == np.arange(len(nearest))).mean())


def _texts_of(record: ModelRecord) -> F32:
    from mmsearch.encode.towers.encoder import TowersEncoder

    return TowersEncoder(record).encode_texts(_SENTENCES)
