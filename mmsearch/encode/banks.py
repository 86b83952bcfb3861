"""The query banks that come with an encoder."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from mmsearch.encode.catalog import CatalogEntry, read_catalog
from mmsearch.errors import ModelError
from mmsearch.types import EncoderSpec, Modality, QueryBanks

ROLE = "query banks"
_MAP = "map "


def shipped_banks(spec: EncoderSpec) -> QueryBanks:
    """The banks for an encoder; none for one without, or when they were made with others.

    Raises ModelError when the file is missing or damaged.
    """
    entry = _entry(spec)
    if entry is None:
        return QueryBanks()
    path = entry.file(ROLE).verify()
    return read_banks(path) if made_with(path) == towers_of(entry) else QueryBanks()


def banks_identity(spec: EncoderSpec) -> str:
    """Which banks shipped_banks would answer, known without reading them."""
    entry = _entry(spec)
    return f"{entry.file(ROLE).sha256[:16]}.{towers_of(entry)}" if entry else "none"


def _entry(spec: EncoderSpec) -> CatalogEntry | None:
    entry = read_catalog().get(spec.id)
    if entry is None or entry.spec.space != spec.space:
        return None
    return entry if any(file.role == ROLE for file in entry.files) else None


def towers_of(entry: CatalogEntry) -> str:
    """Sixteen letters that change with the text tower, in whose space all queries lie.

    Pictures are taken to the sentences for them by every picture tower, so that what was learned
    from the vectors of one serves its successor nearly as well; made anew it serves best.
    """
    made_by = sorted(file.sha256 for file in entry.files if file.role.startswith("text "))
    return hashlib.sha256("".join(made_by).encode()).hexdigest()[:16]


def made_with(path: Path) -> str:
    """towers_of the encoder that the banks were made with."""
    from safetensors import safe_open

    with safe_open(path, "numpy") as file:
        return str((file.metadata() or {}).get("towers", ""))


def read_banks(path: Path) -> QueryBanks:
    """Read a file that models/mini/training/banks wrote; raises ModelError for another one.

    "text image" are sentences that ask for pictures, "map image weight" and "map image bias" take
    a picture to the sentences for it.
    """
    from safetensors.numpy import load_file

    try:
        tensors = {name: some.astype(np.float32) for name, some in load_file(path).items()}
        names = [name.split() for name in tensors if not name.startswith(_MAP)]
        mapped = {name.split()[1] for name in tensors if name.startswith(_MAP)}
        return QueryBanks(
            {(asking, Modality(asked)): tensors[f"{asking} {asked}"] for asking, asked in names},
            {
                Modality(kind): (tensors[f"map {kind} weight"], tensors[f"map {kind} bias"])
                for kind in mapped
            },
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The query banks {path} cannot be read: {error}.") from error
