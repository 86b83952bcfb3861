"""What a library has learned from what its things are called, and its file.

One file a space, ``adapt/<hash of the space>.npz`` in the library's folder: arrays and JSON, no
pickle. Throwing it away is deleting it. A file that cannot be read counts as none.
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

from mmsearch.adapt.held_out import Verdict
from mmsearch.atomic import write_atomically
from mmsearch.errors import LibraryError
from mmsearch.types import F32, Modality

_FORMAT = 1
_FOLDER = "adapt"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Adaptation:
    """What was tried for each kind of file, and what of it is kept."""

    verdicts: Mapping[Modality, Verdict]
    """Of each kind of which there are files."""
    residuals: Mapping[Modality, F32]
    """(dim, dim) of those kinds that are found better with it."""
    is_on: bool = True

    def to_json(self) -> dict[str, Any]:
        """For people and programs: all but the matrices."""
        kinds = {
            kind.value: {"kept": kind in self.residuals, **asdict(verdict)}
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
            residuals = {kind: kept[kind.value] for kind in Modality if kind.value in kept.files}
            is_on = bool(told["on"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        _log.warning("what was learned in %s is not used: %s", path, error)
        return None
    for residual in residuals.values():
        if residual.shape != (dim, dim) or not np.isfinite(residual).all():
            _log.warning("what was learned in %s is not used: wrong numbers", path)
            return None
    return Adaptation(verdicts, residuals, is_on)


def save(path: Path, space: str, adaptation: Adaptation) -> None:
    """Keep it in place of what was there. Raises LibraryError when it cannot be written."""
    told = {
        "format": _FORMAT,
        "space": space,
        "on": adaptation.is_on,
        "verdicts": {kind.value: asdict(some) for kind, some in adaptation.verdicts.items()},
    }
    content = BytesIO()
    arrays: dict[str, Any] = {kind.value: some for kind, some in adaptation.residuals.items()}
    np.savez(content, told=np.array(json.dumps(told)), **arrays)
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
