"""Which models are in use together: one for each kind of file."""

from __future__ import annotations

from collections.abc import Sequence

from mmsearch.encode.models.folder import installed_models
from mmsearch.encode.models.record import ModelRecord
from mmsearch.errors import ModelError
from mmsearch.types import Modality


def models_with(chosen: ModelRecord, used: Sequence[str]) -> tuple[str, ...]:
    """The ids to use when one more is chosen: it comes first, and who is left with nothing goes.

    Raises ModelError for a model that encodes nothing.
    """
    if not chosen.is_encoder:
        raise ModelError(
            f"{chosen.id} orders results anew and encodes nothing.", "Choose an encoder."
        )
    installed = installed_models()
    rest = [installed[name] for name in used if name in installed and name != chosen.id]
    return tuple(record.id for record in needed_models([chosen, *rest]))


def needed_models(records: Sequence[ModelRecord]) -> list[ModelRecord]:
    """Those that have a kind for themselves, in order."""
    needed: list[ModelRecord] = []
    for record in records:
        if set(record.modalities) & kinds_left(needed):
            needed.append(record)
    return needed


def kinds_left(records: Sequence[ModelRecord]) -> set[Modality]:
    """The kinds that none of these models encodes: they are the embedded encoder's."""
    return set(Modality).difference(*(record.modalities for record in records))
