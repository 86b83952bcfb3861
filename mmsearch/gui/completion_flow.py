"""The search box, what may come next in it, and what the library remembers, joined."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, QTimer

from mmsearch.expression import Field
from mmsearch.gui.completion_keys import CompletionKeys
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.jobs import Job, Jobs, Lane, Task
from mmsearch.gui.search_session import Answer, SearchSession
from mmsearch.gui.window_parts import WindowParts
from mmsearch.query.completion import Completion, completions
from mmsearch.types import Query

NOTED_AFTER_MS = 1_500
"""A search counts as asked when its answer has been looked at for so long."""


@dataclass(frozen=True, slots=True)
class _Known:
    recent: list[str]
    values: dict[Field, tuple[str, ...]]


class CompletionFlow(QObject):
    """Offers while somebody types, and notes what was searched for."""

    def __init__(self, parts: WindowParts, jobs: Jobs, session: SearchSession) -> None:
        super().__init__(parts)
        self._parts = parts
        self._jobs = jobs
        self._library: LibraryDoor | None = None
        self._known = _Known([], {})
        self._to_note = ""
        self._rests = QTimer(self, singleShot=True, interval=NOTED_AFTER_MS)
        self._rests.timeout.connect(self._note)
        box = parts.search_box
        self._keys = CompletionKeys(box.field, parts.completions, self._open_history)
        box.edited.connect(self._offer)
        box.submitted.connect(parts.completions.hide)
        parts.completions.taken.connect(self._take)
        # The settings may keep no searches any more.
        parts.settings.changed.connect(lambda *_: self.read())
        session.answered.connect(self._on_answer)
        session.cleared.connect(self._rests.stop)

    def set_library(self, library: LibraryDoor) -> None:
        """Complete from what is in this library."""
        self._library = library
        self.read()

    def stop(self) -> None:
        """Note nothing more: the window closes."""
        self._rests.stop()
        self._library = None

    def read(self) -> None:
        """Read anew what was searched for and which values there are."""
        if self._library is not None:
            error = self._parts.banner.show_error
            self._jobs.start(Lane.SEARCH, Job(_Read(self._library), self._on_read, error))

    def _on_read(self, known: _Known) -> None:
        self._known = known
        self._parts.welcome.show_recent(known.recent)

    def _below(self) -> QRect:
        return self._parts.search_box.geometry()

    def _offer(self) -> None:
        field = self._parts.search_box.field
        text = field.text()
        found: list[Completion] = []
        if text.strip():
            values = self._known.values | {Field.FOLDER: self._folders()}
            found = completions(text, field.cursorPosition(), self._known.recent, values)
        self._parts.completions.offer(found, self._below())

    def _folders(self) -> tuple[str, ...]:
        return tuple(root.path.name for root in self._parts.root_model.roots())

    def _open_history(self) -> bool:
        """With an empty box the down key shows what was searched for last."""
        if self._parts.search_box.text() or not self._known.recent:
            return False
        found = completions("", 0, self._known.recent, {})
        self._parts.completions.offer(found, self._below())
        self._parts.completions.step(1)
        return True

    def _take(self, one: Completion) -> None:
        self._parts.search_box.type_text(one.text, one.cursor)

    def _on_answer(self, answer: Answer) -> None:
        if answer.query.text and not answer.again:
            self._to_note = answer.query.text
            self._rests.start()

    def _note(self) -> None:
        if self._library is not None:
            work = _Note(self._library, self._to_note)
            error = self._parts.banner.show_error
            self._jobs.start(Lane.SEARCH, Job(work, self._on_noted, error))

    def _on_noted(self, recent: list[str]) -> None:
        self._on_read(_Known(recent, self._known.values))


@dataclass(frozen=True, slots=True)
class _Read:
    library: LibraryDoor

    def __call__(self, task: Task) -> _Known:
        found = self.library.facets(Query())
        named = {
            Field.EXTENSION: found.extensions,
            Field.CAMERA: found.cameras,
            Field.LANGUAGE: found.languages,
            Field.TAG: found.tags,
        }
        values = {field: tuple(one.value for one in counts) for field, counts in named.items()}
        return _Known(self.library.recent_searches(), values)


@dataclass(frozen=True, slots=True)
class _Note:
    library: LibraryDoor
    text: str

    def __call__(self, task: Task) -> list[str]:
        self.library.note_recent(self.text)
        return self.library.recent_searches()
