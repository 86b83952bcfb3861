"""Checks a whole library, and mends it by dropping what can be made again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mmsearch.store.checkup import (
    Finding,
    check_tables,
    leftovers,
    snapshot_differs,
    unreadable_tables,
)
from mmsearch.store.folder import change_state, read_state
from mmsearch.store.mending import mend_tables
from mmsearch.store.snapshot import load_snapshot
from mmsearch.store.term_files import drop_columns, odd_columns
from mmsearch.store.told import damaged_files

if TYPE_CHECKING:
    from mmsearch.store.store import Store


def check_store(store: Store) -> list[Finding]:
    """What is wrong with a library that nobody is writing to; empty where all is well.

    Takes some seconds for a million segments.
    """
    found = [Finding(line, is_told=True) for line in damaged_files(store.folder)]
    unreadable = unreadable_tables(store.folder)
    if unreadable:
        return found + unreadable
    root_ids = {root.root_id for root in store.roots()}
    found += check_tables(store.fresh_tables(), store.space, root_ids)
    found += _derived(store)
    return found + leftovers(store.folder)


def _derived(store: Store) -> Iterator[Finding]:
    """What is wrong with what was made of the tables."""
    state, answering = read_state(store.folder), store.answering
    if state.writing or state.snapshot != state.generation:
        yield Finding("session: the last one that wrote was cut off")
        return
    gallery = answering.read_gallery()
    snapshot = load_snapshot(store.folder, state.generation, answering.space)
    if finding := snapshot_differs(snapshot, gallery):
        yield finding
    if odd := odd_columns(store.folder, state.generation, gallery.n_segment):
        yield Finding(f"terms against hubs that do not fit the library: {', '.join(odd)}")


def repair_store(store: Store) -> list[str]:
    """Mend what check_store finds; returns what was wrong and what was done, line by line.

    Only what is derived from the user's files is dropped; what a person told the library, and
    the files themselves, are left as they are. Raises LibraryError when it cannot be written.
    """
    with store.locked():
        found = [finding for finding in check_store(store) if not finding.is_told]
        if not found:
            return []
        done = [finding.message for finding in found] + mend_tables(store.folder)
        store.close_tables()
        # The session then takes nothing for granted: neither the snapshot nor the segments.
        change_state(store.folder, writing=True)
        n_before = store.assets(["asset_id"]).num_rows
        with store.writing():
            _forget_what_is_wrong(store)
        n_gone = n_before - store.assets(["asset_id"]).num_rows
    if n_gone:
        done.append(f"files forgotten, to be read again by mmsearch index: {n_gone:,}")
    _drop_odd_terms(store)
    return done


def _forget_what_is_wrong(store: Store) -> None:
    """To be called in a session; the next run reads the files again whose rows are dropped."""
    root_ids = {root.root_id for root in store.roots()}
    found = list(check_tables(store.fresh_tables(), store.space, root_ids))
    contents = {one for finding in found for one in finding.contents}
    assets = {one for finding in found for one in finding.assets}
    store.forget_contents(contents, assets)


def _drop_odd_terms(store: Store) -> None:
    """They are computed when a search asks for them."""
    generation, gallery = store.answering.gallery()
    drop_columns(store.folder, odd_columns(store.folder, generation, gallery.n_segment))
