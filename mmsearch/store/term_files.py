"""What hubness normalisation keeps with a library, as plain files below ``normalise/``.

Derived data, all of it: a missing, damaged or outdated file costs time, nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mmsearch.atomic import write_atomically

_FORMAT = 1
_FOLDER = "normalise"
_MAX_SEARCHES = 512
_SEARCHES = "searches.f16"
_BANK_PREFIX = "bank-"


@dataclass(frozen=True, slots=True, eq=False)
class TermColumns:
    """Columns of all segments of a generation."""

    generation: int
    keys: NDArray[np.uint64]
    """(n_segment,) which segment each row is of, as from normalise.row_keys."""
    raw: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)
    """By kind of query: (n_segment, 3)."""
    active: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    """By kind of query, where a method asks for it: (n_segment, 2)."""


def save_columns(folder: Path, name: str, identity: str, columns: TermColumns) -> None:
    """Write the columns of a method; older ones go. Raises OSError.

    identity: of all that the columns depend on beside the segments.
    """
    home = folder / _FOLDER
    target = home / f"{name}-{columns.generation}"
    draft = home / f"{target.name}.{os.getpid()}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    np.save(draft / "keys.npy", columns.keys)
    for sort, some in (("raw", columns.raw), ("active", columns.active)):
        for query_kind, column in some.items():
            np.save(draft / f"{sort} {query_kind}.npy", column)
    head = {
        "format": _FORMAT,
        "identity": identity,
        "generation": columns.generation,
        "raw": sorted(columns.raw),
        "active": sorted(columns.active),
    }
    (draft / "head.json").write_text(json.dumps(head), "utf-8")
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    for old in _column_folders(home, name):
        if old != target:
            # A reader may have it mapped; where that forbids deleting, the next run does it.
            shutil.rmtree(old, ignore_errors=True)


def load_columns(folder: Path, name: str, identity: str) -> TermColumns | None:
    """The columns of a method, mapped; None when there are none, or for something else.

    They may be of an older generation: their keys tell whose they are.
    """
    for source in _column_folders(folder / _FOLDER, name):
        try:
            head = json.loads((source / "head.json").read_text("utf-8"))
            if (head["format"], head["identity"]) == (_FORMAT, identity):
                return _read_columns(source, head)
        except (OSError, ValueError, KeyError, EOFError, TypeError):
            continue  # incomplete or damaged derived data: it is computed anew
    return None


def _read_columns(source: Path, head: dict[str, Any]) -> TermColumns:
    def column(file: str) -> Any:
        return np.load(source / f"{file}.npy", mmap_mode="r")

    columns = TermColumns(
        int(head["generation"]),
        column("keys"),
        {query_kind: column(f"raw {query_kind}") for query_kind in head["raw"]},
        {query_kind: column(f"active {query_kind}") for query_kind in head["active"]},
    )
    lengths = {len(some) for some in (*columns.raw.values(), *columns.active.values())}
    if lengths - {len(columns.keys)}:
        raise ValueError("columns of different lengths")
    return columns


def odd_columns(folder: Path, generation: int, n_segment: int) -> list[str]:
    """The names of columns of a generation that cannot be read, or are of so many segments not."""
    odd = []
    for source in (folder / _FOLDER).glob(f"*-{generation}"):
        try:
            head = json.loads((source / "head.json").read_text("utf-8"))
            if len(_read_columns(source, head).keys) != n_segment:
                odd.append(source.name)
        except (OSError, ValueError, KeyError, EOFError, TypeError):
            odd.append(source.name)
    return sorted(odd)


def drop_columns(folder: Path, names: Sequence[str]) -> None:
    """Delete columns by the names that odd_columns gives."""
    for name in names:
        shutil.rmtree(folder / _FOLDER / name, ignore_errors=True)


def _column_folders(home: Path, name: str) -> list[Path]:
    """Newest first; names of methods may hold a dash themselves."""
    found = [path for path in home.glob(f"{name}-*") if path.name[len(name) + 1 :].isdigit()]
    return sorted(found, key=lambda path: -int(path.name[len(name) + 1 :]))


def save_choices(folder: Path, choices: Mapping[str, Any]) -> None:
    """Write what the guard decided. Raises OSError."""
    content = json.dumps({"format": _FORMAT, **choices}, indent=1, ensure_ascii=False)
    write_atomically(folder / _FOLDER / "choices.json", content.encode())


def load_choices(folder: Path) -> dict[str, Any]:
    """What the guard decided; empty when it has not, or cannot be read."""
    try:
        content = json.loads((folder / _FOLDER / "choices.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) and content.get("format") == _FORMAT else {}


def save_bank(folder: Path, identity: str, vectors: Mapping[str, NDArray[Any]]) -> None:
    """Write the library's own bank under its identity; others go. Raises OSError."""
    from safetensors.numpy import save

    home = folder / _FOLDER
    path = home / f"{_BANK_PREFIX}{identity}.safetensors"
    # Not in half precision: they are compared with the vectors of the gallery, bit by bit.
    whole = {name: np.ascontiguousarray(some, np.float32) for name, some in vectors.items()}
    write_atomically(path, save(whole))
    for old in home.glob(f"{_BANK_PREFIX}*"):
        if old != path:
            old.unlink(missing_ok=True)


def load_bank(folder: Path, identity: str) -> dict[str, NDArray[np.float32]]:
    """The bank of this identity; empty when it is not there."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    path = folder / _FOLDER / f"{_BANK_PREFIX}{identity}.safetensors"
    try:
        return {name: some.astype(np.float32) for name, some in load(path.read_bytes()).items()}
    except (OSError, ValueError, SafetensorError):
        return {}


def add_search(folder: Path, vector: NDArray[np.float32]) -> None:
    """Remember the vector of one search, the latest 512 of them. Raises OSError."""
    path = folder / _FOLDER / _SEARCHES
    path.parent.mkdir(exist_ok=True)
    row = vector.astype(np.float16).tobytes()
    if path.exists() and path.stat().st_size >= 2 * _MAX_SEARCHES * len(row):
        write_atomically(path, path.read_bytes()[-_MAX_SEARCHES * len(row) :])
    with path.open("ab") as file:
        file.write(row)


def load_searches(folder: Path, dim: int) -> NDArray[np.float32] | None:
    """The vectors of the latest searches: (n, dim); None when there are none, or they are odd."""
    try:
        content = np.fromfile(folder / _FOLDER / _SEARCHES, np.float16)
    except OSError:
        return None
    whole = len(content) // dim * dim
    rows = content[:whole].reshape(-1, dim)[-_MAX_SEARCHES:].astype(np.float32)
    norms = np.linalg.norm(rows, axis=1)
    sound = rows[np.abs(norms - 1) < 0.01]
    return np.unique(sound, axis=0) if len(sound) else None


def forget_searches(folder: Path) -> None:
    """Delete the vectors of past searches. Raises OSError."""
    (folder / _FOLDER / _SEARCHES).unlink(missing_ok=True)
