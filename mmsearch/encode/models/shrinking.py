"""Keeps fewer dimensions of an installed model's vectors, so that libraries get smaller."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mmsearch.encode.models.folder import folder_of
from mmsearch.encode.models.projection import (
    PROJECTION,
    kept_neighbours,
    learned_projection,
    save_projection,
)
from mmsearch.encode.models.record import ModelFile, ModelRecord, save_record
from mmsearch.encode.towers.encoder import TowersEncoder
from mmsearch.errors import ModelError
from mmsearch.types import F32, Content, Modality

LEAST_KEPT = 0.8
"""Of the ten nearest neighbours; what loses more is not worth having."""
_LEAST_DIM = 8
Samples = Mapping[Modality, Sequence[Content]]


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A model of which fewer dimensions are kept, or all of them again."""

    record: ModelRecord
    kept: float | None = None
    """The share of nearest neighbours that stay; None where it was not learned here."""


def is_nested(record: ModelRecord, dim: int) -> bool:
    """Whether the first so many dimensions say most, because the model was trained for that."""
    least = int(record.options.get("least_dim", 0))
    return dim == record.whole.dim or bool(least and least <= dim <= record.whole.dim)


def shrink(record: ModelRecord, dim: int, samples: Samples, sentences: Sequence[str]) -> Shrunk:
    """Keep so many dimensions from now on, and say so in the model's record.

    samples: contents of the user's own library, by kind; looked at only where the model was not
    trained to have its first dimensions say most. Raises ModelError; then nothing has changed.
    """
    whole = record.whole
    if not _LEAST_DIM <= dim <= whole.dim:
        raise ModelError(
            f"{dim} dimensions cannot be kept of {record.name}.",
            f"It has {whole.dim}; from {_LEAST_DIM} on can be kept.",
        )
    if is_nested(record, dim):
        return Shrunk(_saved(replace(whole, dim=dim, full_dim=whole.dim), None))
    things, said = _encoded(whole, samples), _unit_texts(whole, sentences)
    kept = kept_neighbours(things, dim, said) if len(things) > dim else 0.0
    matrix = learned_projection(things, said, dim)
    if kept < LEAST_KEPT:
        raise ModelError(
            f"With {dim} dimensions only {100 * kept:.0f} of 100 nearest neighbours would stay.",
            f"Keep more of its {whole.dim}.",
        )
    return Shrunk(_saved(replace(whole, dim=dim, full_dim=whole.dim), matrix), kept)


def _encoded(whole: ModelRecord, samples: Samples) -> F32:
    """All samples of kinds that the model encodes, mixed: (n, full_dim) unit vectors."""
    encoder = TowersEncoder(whole)
    made = [
        encoder.encode_contents(kind, contents)
        for kind, contents in samples.items()
        if kind in whole.modalities and contents
    ]
    vectors = np.concatenate([np.zeros((0, whole.dim), np.float32), *made])
    return vectors[np.random.default_rng(0).permutation(len(vectors))]


def _unit_texts(whole: ModelRecord, sentences: Sequence[str]) -> F32:
    if not sentences:
        return np.zeros((0, whole.dim), np.float32)
    return TowersEncoder(whole).encode_texts(sentences)


def _saved(record: ModelRecord, matrix: F32 | None) -> ModelRecord:
    """Write the matrix, then the record that tells of it; without one the record first."""
    folder = folder_of(record.id)
    try:
        if matrix is not None:
            save_projection(folder, matrix)
            content = (folder / PROJECTION).read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            record = replace(record, projection=ModelFile(PROJECTION, digest, len(content)))
        save_record(folder, record)
        if matrix is None:
            (folder / PROJECTION).unlink(missing_ok=True)
    except OSError as error:
        raise ModelError(f"The model {record.id!r} cannot be changed: {error.strerror}.") from error
    return record
