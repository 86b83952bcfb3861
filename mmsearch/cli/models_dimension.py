"""``mmsearch models use ID --dimension N``: fewer dimensions, and so smaller libraries."""

from __future__ import annotations

from pathlib import Path

import click

from mmsearch.encode.everyday import everyday_sentences
from mmsearch.encode.models.folder import installed_model
from mmsearch.encode.models.record import ModelRecord
from mmsearch.encode.models.shrinking import Samples, is_nested, shrink
from mmsearch.errors import ModelError
from mmsearch.library import open_library
from mmsearch.sampling import sample_contents
from mmsearch.settings import load_settings

_PER_DIMENSION = 4
_MOST = 2000
"""Things of each kind; with more the main directions hardly change."""


def keep_dimensions(model_id: str, dim: int, library: Path | None) -> None:
    """Keep so many dimensions of an installed model, and say what that costs.

    Unless the model was trained for it, which ones is learned from a sample of the library's files.
    Raises ModelError when too much would be lost; then nothing has changed.
    """
    record = installed_model(model_id)
    if dim in (record.dim, 0):
        return
    samples: Samples = {}
    if not is_nested(record, dim):
        if not record.modalities:
            raise ModelError(f"{model_id} orders results anew and has no dimensions.")
        samples = _samples(record, dim, library)
    shrunk = shrink(record, dim, samples, everyday_sentences())
    told = f"{model_id}: {dim} of {record.whole.dim} dimensions are kept"
    if shrunk.kept is not None:
        told += f"; {100 * shrunk.kept:.0f} of 100 nearest neighbours stay"
    click.echo(f"{told}.")


def _samples(record: ModelRecord, dim: int, library: Path | None) -> Samples:
    """Contents of the library to learn from; ModelError where there is none."""
    n_each = min(_MOST, _PER_DIMENSION * dim)
    click.echo(f"Reading up to {n_each:,} files of each kind to learn from …", err=True)
    settings = load_settings()
    with open_library(library, create=False) as opened:
        return sample_contents(
            opened, record.modalities, n_each, settings, image_px=record.image_px or 224
        )
