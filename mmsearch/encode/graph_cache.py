"""Keeps built graphs in the user's cache folder, so that a tower opens without building.

The file name carries the key (what the graph was built from) and the sha256 of its content, so
a damaged or half-written file is noticed and built anew.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import mmsearch
from mmsearch.atomic import write_atomically
from mmsearch.encode.checksum import sha256_of_file
from mmsearch.settings import cache_path

logger = logging.getLogger(__name__)
_warned_folders: set[Path] = set()


def cached_graph(name: str, made_of: Sequence[str], build: Callable[[], bytes]) -> Path | bytes:
    """Return the file of the graph, building it when needed, or its bytes where none can be kept.

    name:    of the tower, for people who look into the folder.
    made_of: everything that decides the content: sha256 of each weight file, version of the code.
    """
    folder = cache_path() / "graphs"
    key = hashlib.sha256("\n".join((mmsearch.__version__, name, *made_of)).encode()).hexdigest()
    stem = f"{name}-{key[:16]}"
    found = _find(folder, stem)
    if found is not None:
        return found
    graph = build()
    path = folder / f"{stem}-{hashlib.sha256(graph).hexdigest()}.onnx"
    try:
        write_atomically(path, graph)
    except OSError as error:
        _warn_once(folder, error)
        return graph
    _remove_others(folder, name, path)
    return path


def _find(folder: Path, stem: str) -> Path | None:
    """Return the undamaged file of this key; remove damaged ones."""
    for path in folder.glob(f"{stem}-*.onnx"):
        try:
            if sha256_of_file(path) == path.stem.rpartition("-")[2]:
                return path
            path.unlink()
        except OSError as error:
            logger.debug("cannot use %s: %s", path, error)
    return None


def _remove_others(folder: Path, name: str, kept: Path) -> None:
    """Drop the graphs of older weights or code; another process may still hold them open."""
    for path in folder.glob(f"{name}-*.onnx"):
        if path != kept:
            try:
                path.unlink()
            except OSError as error:
                logger.debug("cannot remove %s: %s", path, error)


def _warn_once(folder: Path, error: OSError) -> None:
    if folder not in _warned_folders:
        _warned_folders.add(folder)
        logger.warning(
            "cannot keep model graphs in %s (%s); every start will take a second longer",
            folder,
            error.strerror or error,
        )
