"""What a person says about stacks of near-duplicates, joined with the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, Jobs, Lane, Task
from mmsearch.gui.result_model import ResultRole
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import Hit

Pair: TypeAlias = tuple[Path, Path]


class StackFlow(QObject):
    """Takes files out of stacks that they do not belong to."""

    told = Signal()
    """The library knows it: the same search stacks other files now."""

    def __init__(self, parts: WindowParts, jobs: Jobs) -> None:
        super().__init__(parts)
        self._parts = parts
        self._jobs = jobs
        self._library: LibraryDoor | None = None
        self._said: list[list[Pair]] = []
        """What can be taken back, the last at the end."""
        parts.verdicts.changed.connect(self._said.clear)

    def set_library(self, library: LibraryDoor) -> None:
        """Tell this library from now on."""
        self._library = library

    def say_different(self) -> None:
        """Of an open stack the selected files are different from the rest; of a closed one, or
        where all are selected, all are from each other."""
        grid, model = self._parts.results.grid, self._parts.result_model
        members = model.stack_of(grid.currentIndex())
        if self._library is None or not members:
            return
        stack = model.index(grid.currentIndex().row()).data(ResultRole.STACK)
        chosen = [hit for hit in grid.selected_hits() if hit in members] if stack.is_open else []
        pairs = different_pairs(members, chosen)
        if not pairs:
            self._parts.banner.show_note(self.tr("They are copies: byte by byte the same."))
            return
        work = _Tell(self._library.say_different, pairs)
        self._start(work, self._on_told)

    def take_back(self) -> bool:
        """Stack again what was said to be different last; False where there is nothing, or where
        a verdict came after it."""
        if self._library is None or not self._said:
            return False
        work = _Tell(self._library.take_back_different, self._said.pop())
        self._start(work, self._on_taken_back)
        return True

    def _start(self, work: _Tell, on_done: Callable[[list[Pair]], None]) -> None:
        self._jobs.start(Lane.SEARCH, Job(work, on_done, self._parts.banner.show_error))

    def _on_told(self, pairs: list[Pair]) -> None:
        self._said.append(pairs)
        undo = (self.tr("Undo"), self.take_back)
        self._parts.banner.show_offer(self.tr("They are not stacked any more."), undo)
        self.told.emit()

    def _on_taken_back(self, _pairs: list[Pair]) -> None:
        self._parts.banner.show_note(self.tr("They are stacked again."))
        self.told.emit()


def different_pairs(members: Sequence[Hit], chosen: Sequence[Hit]) -> list[Pair]:
    """The pairs to tell apart, each two contents once; copies cannot be told apart.

    members: of the stack; chosen: those that are different from the others, none or all for each
    from each.
    """
    by_content = {hit.content_id: hit.path for hit in members}
    taken = {hit.content_id for hit in chosen}
    is_each = not taken or taken == by_content.keys()
    return [
        (by_content[one], by_content[other])
        for one, other in combinations(by_content, 2)
        if is_each or (one in taken) or (other in taken)
    ]


@dataclass(frozen=True, slots=True)
class _Tell:
    tell: Callable[[Path, Path], None]
    pairs: list[Pair]

    def __call__(self, task: Task) -> list[Pair]:
        """Tell the pairs; return those that were told."""
        told = []
        for one, other in self.pairs:
            if task.stopped():
                break
            self.tell(one, other)
            told.append((one, other))
        return told
