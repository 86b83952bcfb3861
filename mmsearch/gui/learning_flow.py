"""Lets the library learn what its owner calls things, beside the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from mmsearch.adapting.adaptation import Adaptation
from mmsearch.errors import UserError
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.learned_section import LearnedSection
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.texts import kind_name
from mmsearch.types import Modality


class LearningFlow(QObject):
    """The section of what was learned, and the library, joined."""

    changed = Signal()
    """Searches may answer otherwise from now on."""

    def __init__(self, section: LearnedSection, jobs: Jobs, library: LibrarySession) -> None:
        super().__init__(section)
        self._section, self._jobs, self._library = section, jobs, library
        self._running: JobHandle | None = None
        self._n_changes = 0
        section.learn_asked.connect(self.learn)
        section.stop_asked.connect(self.stop)
        section.switch_asked.connect(self.switch)
        section.forget_asked.connect(self.forget)

    def show(self) -> None:
        """Show what is learned now."""
        self._do(_read, partial(self._on_read, self._n_changes))

    def learn(self) -> None:
        """Learn, which takes a minute or more; nothing changes until it is done."""
        if self._library.library is None or self._running is not None:
            return
        self._section.show_trouble("")
        self._section.show_busy(self.tr("Learning…"))
        work = _Learn(self._library.library)
        job = Job(work, self._on_learned, self._on_error, self._on_progress)
        self._running = self._jobs.start(Lane.LEARNING, job)

    def stop(self) -> None:
        """End it; what was learned before stays."""
        if self._running is not None:
            self._running.stop()

    def switch(self, on: bool) -> None:
        """Have searches use it or not."""
        self._do(partial(_switch, on), self._on_changed)

    def forget(self) -> None:
        """Throw it away."""
        self._do(_forget, self._on_changed)

    def _do(
        self,
        change: Callable[[LibraryDoor], Adaptation | None],
        done: Callable[[Adaptation | None], None],
    ) -> None:
        """Change or read it between two searches."""
        if self._library.library is not None:
            self._section.show_trouble("")
            work = _Do(self._library.library, change)
            self._jobs.start(Lane.SEARCH, Job(work, done, self._show_trouble))

    def _on_progress(self, there: tuple[Modality, float]) -> None:
        kind, share = there
        self._section.show_busy(self.tr("Learning: {0}").format(kind_name(kind)), share)

    def _on_learned(self, found: Adaptation | None) -> None:
        self._running = None
        self._section.show_busy("")
        if found is not None:  # else it was stopped, and everything is as before
            self._on_changed(found)

    def _on_read(self, n_changes: int, found: Adaptation | None) -> None:
        # What was read before a change may come after it, from another thread.
        if n_changes == self._n_changes:
            self._section.show_learned(found)

    def _on_changed(self, found: Adaptation | None) -> None:
        self._n_changes += 1
        self._section.show_learned(found)
        self.changed.emit()

    def _on_error(self, error: UserError) -> None:
        self._running = None
        self._section.show_busy("")
        self._show_trouble(error)

    def _show_trouble(self, error: UserError) -> None:
        self._section.show_trouble(str(error))


# The work itself, without any QObject ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Learn:
    library: LibraryDoor

    def __call__(self, task: Task) -> Adaptation | None:
        def tell(kind: Modality, done: float) -> None:
            task.report((kind, done))

        return self.library.adapt(on_progress=tell, stop=task.stopped)


@dataclass(frozen=True, slots=True)
class _Do:
    library: LibraryDoor
    change: Callable[[LibraryDoor], Adaptation | None]

    def __call__(self, task: Task) -> Adaptation | None:
        return self.change(self.library)


def _read(library: LibraryDoor) -> Adaptation | None:
    return library.adaptation()


def _switch(on: bool, library: LibraryDoor) -> Adaptation | None:
    return library.use_adaptation(on)


def _forget(library: LibraryDoor) -> None:
    library.forget_adaptation()
