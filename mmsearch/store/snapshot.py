"""The gallery as plain files: what a search opens, without importing the database.

A snapshot is derived data. It carries the generation it was taken at and is used only when the
library has not changed since; it can be deleted at any time. While a session goes on, what has
changed since lies beside it, for readers in other processes.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np

from mmsearch.gallery import Gallery
from mmsearch.store.change import Change, applied
from mmsearch.store.column_files import Texts, save_texts
from mmsearch.store.folder import State
from mmsearch.store.gallery_files import load_gallery, load_head, n_segments, save_gallery
from mmsearch.store.vector_files import load_grown, load_vectors, save_vectors
from mmsearch.vectors import Vectors

_FORMAT = 7
_READABLE = (6, 7)
"""A snapshot of another format is passed over; the next writing session takes a new one."""
_HOME = "snapshot"
_KEPT_CHANGES = 2
"""Somebody may just be reading the last but one."""
_UNREADABLE = (OSError, ValueError, KeyError, EOFError)
"""What incomplete or damaged derived data raise: the tables are read instead."""


def save_snapshot(folder: Path, gallery: Gallery, generation: int) -> None:
    """Write the gallery under ``folder/snapshot/GENERATION``. Raises OSError."""

    def write(draft: Path) -> None:
        n_place = save_vectors(draft, gallery.vectors)
        head = {"n_place": n_place, "dim": gallery.vectors.shape[1]}
        save_gallery(draft, gallery, {"format": _FORMAT, **head})

    _write_folder(_place(folder, generation), write)


def load_snapshot(folder: Path, generation: int, space: str) -> Gallery | None:
    """Read the snapshot of this generation; None if there is none, or of another space."""
    source = _place(folder, generation)
    try:
        head = load_head(source)
        if head["format"] not in _READABLE or head["space"] != space:
            return None
        # The format before knew of no empty places.
        n_place = head["n_place"] if "n_place" in head else n_segments(source)
        return load_gallery(source, head, load_vectors(source, n_place, head["dim"]))
    except _UNREADABLE:
        return None


def is_snapshot_good(folder: Path, generation: int, space: str, vocabulary: str) -> bool:
    """Whether there is a snapshot of this generation and space, as this version writes them.

    vocabulary: the fingerprint of the words that describe its segments; empty for none.
    """
    try:
        head = load_head(_place(folder, generation))
        is_same = (head["space"], head["vocabulary"]) == (space, vocabulary)
        return is_same and head["format"] in _READABLE
    except _UNREADABLE:
        return False


def drop_other_snapshots(folder: Path, generation: int) -> None:
    """Delete all but the snapshot of a generation, once readers are told of that."""
    kept = _place(folder, generation)
    for old in kept.parent.iterdir() if kept.exists() else ():
        if old != kept:
            # A reader may have it mapped; where that forbids deleting, the next run does it.
            shutil.rmtree(old, ignore_errors=True)


def moved_snapshot(folder: Path, state: State, generation: int) -> int:
    """Have the snapshot count for a later generation, in which nothing of it has changed.

    Returns the generation that the snapshot is of, which is that before where it cannot be.
    """
    if state.snapshot != state.generation:
        return state.snapshot
    try:
        _place(folder, state.snapshot).rename(_place(folder, generation))
    except OSError:  # somebody has it mapped, and the system does not like that
        return state.snapshot
    return generation


def save_change(folder: Path, change: Change, *, since: int, generation: int) -> None:
    """Write what has changed since a snapshot, beside it; older changes go. Raises OSError.

    The vectors of what came have to be in the snapshot's files already.
    """

    def write(draft: Path) -> None:
        save_texts(draft / "gone", sorted(change.gone))
        np.save(draft / "dead.npy", np.array(change.dead, np.int64))
        save_gallery(draft, change.new, {"since": since, "n_place": change.n_place})

    target = _change_place(folder, generation)
    _write_folder(target, write)
    others = sorted(_changes(folder), key=lambda path: int(path.stem))
    for old in others[:-_KEPT_CHANGES]:
        shutil.rmtree(old, ignore_errors=True)


def load_changed(folder: Path, since: int, generation: int, space: str) -> Gallery | None:
    """The gallery of a session that goes on: a snapshot and what has changed since.

    None where either is missing. Only to be asked for while the session's process lives: nobody
    has seen to it that changes are on the disk.
    """
    base = load_snapshot(folder, since, space)
    if base is None or generation == since:
        return base
    source = _change_place(folder, generation)
    try:
        head = load_head(source)
        if head["since"] != since:
            return None
        vectors = load_grown(_place(folder, since), base.vectors, head["n_place"])
        new = load_gallery(source, head, Vectors.of(np.zeros((0, base.vectors.shape[1]))))
        gone, dead = frozenset(Texts.load(source / "gone")), np.load(source / "dead.npy")
    except _UNREADABLE:
        return None
    return applied(base, Change(new, gone, tuple(dead.tolist()), head["n_place"]), vectors)


def drop_changes(folder: Path) -> None:
    """Delete what a session left that was cut off."""
    for path in _changes(folder):
        shutil.rmtree(path, ignore_errors=True)


def _changes(folder: Path) -> list[Path]:
    return [path for path in (folder / _HOME).glob("*.new") if path.stem.isdigit()]


def _place(folder: Path, generation: int) -> Path:
    return folder / _HOME / str(generation)


def _change_place(folder: Path, generation: int) -> Path:
    return folder / _HOME / f"{generation}.new"


def _write_folder(target: Path, write: Callable[[Path], None]) -> None:
    """Have a folder with all that is written, or none."""
    draft = target.with_name(f"{target.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    write(draft)
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
