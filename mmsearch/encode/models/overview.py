"""Every model there is for this person: embedded, installed, or to be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.models.choosing import kinds_left
from mmsearch.encode.models.folder import EMBEDDED, installed_models
from mmsearch.encode.models.known import KnownModel, known_models
from mmsearch.encode.models.record import ModelRecord
from mmsearch.encode.models.roles import Role, roles_of
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
    is_encoding: bool = False
    """Whether files are encoded with it."""
    roles: tuple[Role, ...] = ()
    """What it can be asked for beside that."""
    asked_for: tuple[Role, ...] = ()
    """What of it it is asked for."""

    @property
    def is_here(self) -> bool:
        """Whether its files are on this computer."""
        return self.state is not ModelState.AVAILABLE


def all_models(used: Sequence[str], asked: Mapping[Role, str] | None = None) -> list[ModelRow]:
    """The embedded model, the installed ones, then the others of the catalogue.

    used: the ids of the encoders in use beside the embedded model. asked: those of models that are
    asked for something else.
    """
    installed = installed_models()
    in_use = [installed[name] for name in used if name in installed]
    rows = [_embedded(kinds_left(in_use))]
    for record in installed.values():
        asked_for = tuple(role for role, name in (asked or {}).items() if name == record.id)
        is_encoding = record.id in used
        state = ModelState.IN_USE if is_encoding or asked_for else ModelState.INSTALLED
        row = _row(record, state, record.size_bytes, record.source)
        rows.append(replace(row, is_encoding=is_encoding, asked_for=asked_for))
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
        is_encoding=bool(left),
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
        roles=roles_of(model),
    )
