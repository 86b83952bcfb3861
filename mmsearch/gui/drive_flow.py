"""Notices drives that go and come, without anybody asking."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.library_session import Contents, Indexing, LibrarySession
from mmsearch.gui.window_parts import WindowParts
from mmsearch.types import RootStatus

LOOK_EVERY_MS = 4_000


class DriveFlow(QObject):
    """A cheap look every few seconds; only where it differs, the library is read anew."""

    def __init__(self, parts: WindowParts, jobs: Jobs, session: LibrarySession) -> None:
        super().__init__(parts)
        self._parts, self._jobs, self._session = parts, jobs, session
        self._looking: JobHandle | None = None
        self._sign: object = None
        self._online: dict[str, bool] = {}
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        session.opened.connect(lambda _library: self._timer.start())
        session.contents_changed.connect(self._on_contents)
        parts.result_model.set_away_words(parts.root_model.connect_words)

    def look(self) -> None:
        """Look once, unless the last look still waits for a drive that does not answer."""
        library = self._session.library
        if library is None:
            self._timer.stop()
        elif self._looking is None:
            job = Job(_Look(library), self._on_look, lambda _error: self._on_look(self._sign))
            self._looking = self._jobs.start(Lane.DISK, job)

    def _on_look(self, sign: object) -> None:
        self._looking = None
        before, self._sign = self._sign, sign
        if before is not None and sign != before:
            self._session.refresh()

    def _on_contents(self, contents: Contents) -> None:
        roots = contents.status.roots
        before, self._online = self._online, {root.root_id: root.online for root in roots}
        came = [root for root in roots if root.online and before.get(root.root_id) is False]
        went = [root for root in roots if not root.online and before.get(root.root_id)]
        if came:
            self._on_came(came)
        elif went:
            names = _names(went)
            words = self.tr("{0} is not connected any more. What it holds can still be found.")
            self._parts.banner.show_note(words.format(names))

    def _on_came(self, roots: list[RootStatus]) -> None:
        self._parts.loader.forget_failures()
        words = self.tr("{0} is connected again.")
        self._parts.banner.show_note(words.format(_names(roots)))
        if self._session.indexing is not Indexing.PAUSED:
            self._session.start_indexing()


def _names(roots: list[RootStatus]) -> str:
    """Drives by their names, each once; folders of the computer's own by theirs."""
    names = dict.fromkeys(root.drive or root.path.name or str(root.path) for root in roots)
    return ", ".join(f"“{name}”" for name in names)


@dataclass(frozen=True, slots=True)
class _Look:
    library: LibraryDoor

    def __call__(self, task: Task) -> tuple[object, ...]:
        return self.library.drive_sign()
