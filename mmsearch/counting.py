"""What is told of all files together: counts, what filters leave, hubs, the map."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mmsearch.answering import Answers
from mmsearch.gallery import Gallery
from mmsearch.normalising.report import PairReport
from mmsearch.present.library_map import LibraryMap, map_positions, map_rows
from mmsearch.present.map_file import load_positions, save_positions
from mmsearch.query.understand import understand
from mmsearch.retrieve.facets import Facets, facets
from mmsearch.retrieve.filters import asset_mask
from mmsearch.searching.empty_filters import empty_filters
from mmsearch.store.told import Told
from mmsearch.types import Query


class Counting:
    """The part of a library that looks at all its files at once."""

    path: Path
    _answers: Answers
    _told: Told

    def count(self, query: Query) -> int:
        """How many files the filters of a query let through; its text and examples do not count."""
        gallery, root_paths = self._current()
        return int(asset_mask(gallery, understand(query).query, root_paths).sum())

    def facets(self, query: Query) -> Facets:
        """What the filters of a query leave, counted by kind, extension, date, size and so on.

        Each list is counted without the query's filters on the same thing, so that it says what
        another choice would give. Text and examples do not count.
        """
        gallery, root_paths = self._current()
        return facets(gallery, understand(query).query, root_paths)

    def why_nothing(self, query: Query) -> tuple[str, ...]:
        """Which filters let nothing through, in sentences; empty where some files pass them all."""
        gallery, root_paths = self._current()
        understood = understand(query).query
        if gallery.n_asset == 0 or asset_mask(gallery, understood, root_paths).any():
            return ()
        return tuple(empty_filters(understood.where, gallery, root_paths))

    def hubness(self, *, decide_anew: bool = False) -> tuple[Gallery, list[PairReport]]:
        """What hubs there are, before and after normalising; the gallery names their files.

        decide_anew: let the guard look at the library again first.
        """
        if decide_anew:
            self._answers.refit(self._told.verdicts(), anew=True)
        return self._answers.report()

    def library_map(self) -> LibraryMap:
        """A map on which files that are alike lie near each other; at most 20,000 of them.

        It takes a second or two, and none while the library stays as it is.
        """
        ready = self._answers.ready()
        gallery = ready.gallery
        rows, n_file = map_rows(gallery)
        positions = load_positions(self.path, ready.generation, rows)
        if positions is None:
            positions = map_positions(gallery, rows)
            save_positions(self.path, ready.generation, rows, positions)
        kinds = gallery.asset_modality[rows]
        return LibraryMap(positions, rows, kinds, n_file, gallery, ready.root_paths)

    def _current(self) -> tuple[Gallery, Mapping[str, Path]]:
        """The newest gallery, and where its roots lie."""
        ready = self._answers.ready()
        return ready.gallery, ready.root_paths
