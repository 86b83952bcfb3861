"""What a library has learned from what its things are called, and its file.

One file a space, ``adapt/<hash of the space>.npz`` in the library's folder: arrays and JSON, no
pickle; a matrix is called after its kind, the words and their moves after it and what they are.
Throwing it away is deleting it. A file that cannot be read counts as none.
"""

from __future__ import annotations

import hashlib
import json
import logging
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.adapt.adapter import Adapter
from mmsearch.adapt.held_out import Verdict
from mmsearch.adapt.word_residual import WordResidual
from mmsearch.atomic import write_atomically
from mmsearch.errors import LibraryError
from mmsearch.types import Modality

_FORMAT = 1
_FOLDER = "adapt"
_PIECES, _MOVES = "pieces", "moves"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Adaptation:
    """What was tried for each kind of file, and what of it is kept."""

    verdicts: Mapping[Modality, Verdict]
    """Of each kind of which there are files."""
    adapters: Mapping[Modality, Adapter]
    """Of those kinds that are found better with it."""
    is_on: bool = True

    def to_json(self) -> dict[str, Any]:
        """For people and programs: all but the matrices."""
        kinds = {
            kind.value: {"kept": kind in self.adapters, **asdict(verdict)}
            for kind, verdict in self.verdicts.items()
        }
        return {"on": self.is_on, "kinds": kinds}


def file_of(folder: Path, space: str) -> Path:
    """Where a library keeps what it has learned in a space."""
    return folder / _FOLDER / f"{hashlib.sha256(space.encode()).hexdigest()[:16]}.npz"


def load(path: Path, space: str, dim: int) -> Adaptation | None:
    """What is kept; None where nothing is, or it is damaged, with a note in the log."""
    try:
        with np.load(BytesIO(path.read_bytes()), allow_pickle=False) as kept:
            told = json.loads(str(kept["told"]))
            if (told["format"], told["space"]) != (_FORMAT, space):
                raise ValueError("it is of another program or space")
            verdicts = {Modality(kind): Verdict(**some) for kind, some in told["verdicts"].items()}
            adapters = {
                kind: found for kind in Modality if (found := _adapter(kept, kind)) is not None
            }
            is_on = bool(told["on"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        _log.warning("what was learned in %s is not used: %s", path, error)
        return None
    if not all(one.fits(dim) for one in adapters.values()):
        _log.warning("what was learned in %s is not used: wrong numbers", path)
        return None
    return Adaptation(verdicts, adapters, is_on)


def _adapter(kept: Any, kind: Modality) -> Adapter | None:
    """What an opened file holds for a kind; None for nothing. Raises KeyError for a half."""
    matrix = kept[kind.value] if kind.value in kept.files else None
    words = None
    if f"{kind.value} {_MOVES}" in kept.files:
        words = WordResidual(kept[f"{kind.value} {_PIECES}"], kept[f"{kind.value} {_MOVES}"])
    return None if matrix is None and words is None else Adapter(matrix, words)


def _arrays(adapters: Mapping[Modality, Adapter]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind, one in adapters.items():
        if one.matrix is not None:
            found[kind.value] = one.matrix
        if one.words is not None:
            found[f"{kind.value} {_PIECES}"] = one.words.pieces
            found[f"{kind.value} {_MOVES}"] = one.words.moves
    return found


def save(path: Path, space: str, adaptation: Adaptation) -> None:
    """Keep it in place of what was there. Raises LibraryError when it cannot be written."""
    told = {
        "format": _FORMAT,
        "space": space,
        "on": adaptation.is_on,
        "verdicts": {kind.value: asdict(some) for kind, some in adaptation.verdicts.items()},
    }
    content = BytesIO()
    np.savez(content, told=np.array(json.dumps(told)), **_arrays(adaptation.adapters))
    try:
        write_atomically(path, content.getvalue(), durable=True)
    except OSError as error:
        raise LibraryError(f"What was learned cannot be kept: {error.strerror}.") from error


def forget(path: Path) -> bool:
    """Delete it; whether it was there. Raises LibraryError when it cannot be deleted."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise LibraryError(f"{path} cannot be deleted: {error.strerror}.") from error
    return True


def switched(adaptation: Adaptation, *, on: bool) -> Adaptation:
    """The same, in use or not."""
    return replace(adaptation, is_on=on)
