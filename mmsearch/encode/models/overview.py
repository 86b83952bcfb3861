"""Every model there is for this person: embedded, installed, or to be had."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.models.choosing import kinds_left
from mmsearch.encode.models.folder import EMBEDDED, installed_models
from mmsearch.encode.models.known import KnownModel, known_models
from mmsearch.encode.models.record import ModelRecord
from mmsearch.types import Modality


class ModelState(StrEnum):
    """How a model stands."""

    EMBEDDED = "embedded"
    IN_USE = "in use"
    INSTALLED = "installed"
    AVAILABLE = "available"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """What a list of models shows of one."""

    id: str
    name: str
    state: ModelState
    size_bytes: int
    """Of its files; of one that is not here about that."""
    kinds: tuple[Modality, ...]
    """Which kinds of file it can encode; none for a reranker."""
    licence: str
    non_commercial: bool
    languages: str
    page: str
    """Where it is from, or may be had."""
    family: str = ""
    used_for: tuple[Modality, ...] = ()
    """Of the embedded model, the kinds that are left to it."""

    @property
    def is_here(self) -> bool:
        """Whether its files are on this computer."""
        return self.state is not ModelState.AVAILABLE


def all_models(used: Sequence[str]) -> list[ModelRow]:
    """The embedded model, the installed ones, then the others of the catalogue.

    used: the ids in use beside the embedded model.
    """
    installed = installed_models()
    in_use = [installed[name] for name in used if name in installed]
    rows = [_embedded(kinds_left(in_use))]
    for record in installed.values():
        state = ModelState.IN_USE if record.id in used else ModelState.INSTALLED
        rows.append(_row(record, state, record.size_bytes, record.source))
    others = (known for known in known_models().values() if known.id not in installed)
    rows.extend(_row(one, ModelState.AVAILABLE, one.about_bytes, one.page) for one in others)
    return rows


def _embedded(left: Set[Modality]) -> ModelRow:
    """left: the kinds that no other model in use encodes."""
    entry = read_catalog()[EMBEDDED]
    return ModelRow(
        id=EMBEDDED,
        name="mmsearch mini",
        state=ModelState.IN_USE if left == set(entry.modalities) else ModelState.EMBEDDED,
        size_bytes=sum(file.size_bytes for file in entry.files),
        kinds=entry.modalities,
        licence=entry.licence,
        non_commercial=False,
        languages="English",
        page=entry.source,
        used_for=tuple(kind for kind in entry.modalities if kind in left),
    )


def _row(
    model: ModelRecord | KnownModel, state: ModelState, size_bytes: int, page: str
) -> ModelRow:
    return ModelRow(
        id=model.id,
        name=model.name,
        state=state,
        size_bytes=size_bytes,
        kinds=model.modalities,
        licence=model.licence,
        non_commercial=model.non_commercial,
        languages=model.languages,
        page=page,
        family=model.family,
    )
