"""Moves results to the trash: asked first, without a dialog, and taken back by one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from mmsearch.errors import UserError
from mmsearch.gui.jobs import Job, Jobs, Lane
from mmsearch.gui.library_session import Indexing, LibrarySession
from mmsearch.gui.search_session import Answer, SearchSession
from mmsearch.gui.texts import counted
from mmsearch.gui.trash import ForEach, Moved, Trashed, move_to_trash, put_back
from mmsearch.gui.window_parts import WindowParts

_N_NAMED = 3


class TrashFlow(QObject):
    """The only thing of the window that takes files of a person from their place."""

    def __init__(
        self, parts: WindowParts, jobs: Jobs, session: LibrarySession, search: SearchSession
    ) -> None:
        super().__init__(parts)
        self._parts, self._jobs, self._session = parts, jobs, session
        self._answer: Answer | None = None
        self._last: Sequence[Trashed] = ()
        """What went last and can come back; empty when something else was done since."""
        parts.verdicts.changed.connect(lambda: self._remember(()))
        search.answered.connect(self._keep)
        search.cleared.connect(lambda: self._keep(None))

    def _keep(self, answer: Answer | None) -> None:
        self._answer = answer

    def _remember(self, moved: Sequence[Trashed]) -> None:
        self._last = [one for one in moved if one.place is not None]

    def ask(self, paths: Sequence[Path]) -> None:
        """Ask whether these files are to go to the trash."""
        if not paths:
            return
        question = counted(
            len(paths),
            self.tr("Move “{0}” to the trash?").format(paths[0].name),
            self.tr("Move {n} files to the trash?"),
        )
        named = ", ".join(path.name for path in paths[:_N_NAMED])
        more = ", …" if len(paths) > _N_NAMED else ""
        listed = f"{named}{more}\n" if len(paths) > 1 else ""
        hint = self.tr("Nothing is deleted: the trash keeps everything until you empty it.")
        answers = (
            (self.tr("Keep"), lambda: None),
            (self.tr("Move to trash"), lambda: self._move(tuple(paths))),
        )
        self._parts.quick_look.hide()
        self._parts.question.ask(question, listed + hint, answers)
        self._parts.question.take_keyboard()

    def undo(self) -> bool:
        """Put back what went last; False where there is nothing."""
        trashed, self._last = self._last, ()
        if trashed:
            self._put_back(trashed)
        return bool(trashed)

    def _put_back(self, trashed: Sequence[Trashed]) -> None:
        self._last = ()
        work, failed = ForEach(put_back, trashed), self._parts.banner.show_error
        self._jobs.start(Lane.DISK, Job(work, self._on_back, failed))

    def _move(self, paths: tuple[Path, ...]) -> None:
        work, failed = ForEach(move_to_trash, paths), self._parts.banner.show_error
        self._jobs.start(Lane.DISK, Job(work, self._on_moved, failed))

    def _on_moved(self, moved: Moved) -> None:
        self._remember(moved.done)
        self._show_without({one.path for one in moved.done})
        self._learn()
        if moved.errors:
            self._explain(moved.errors)
            return
        words = counted(
            len(moved.done),
            self.tr("“{0}” is in the trash.").format(moved.done[0].path.name),
            self.tr("{n} files are in the trash."),
        )
        offer = self._way_back()
        if offer is not None:
            self._parts.banner.show_offer(words, offer)
        else:
            self._parts.banner.show_note(words)

    def _way_back(self) -> tuple[str, Callable[[], object]] | None:
        return (self.tr("Undo"), partial(self._put_back, self._last)) if self._last else None

    def _on_back(self, moved: Moved) -> None:
        if self._answer is not None and moved.done:
            self._parts.results.show_answer(self._answer)
        self._learn()
        if moved.errors:
            self._explain(moved.errors)
        else:
            self._parts.banner.show_note(self.tr("Everything is back in its place."))

    def _explain(self, errors: Sequence[UserError]) -> None:
        """The first reason, what else is to be known, and the way back for what went."""
        first = errors[0]
        more = counted(
            len(errors) - 1, self.tr("{n} more file stays."), self.tr("{n} more files stay.")
        )
        hint = f"{first.hint} {more}" if len(errors) > 1 else first.hint
        self._parts.banner.show_error(UserError(first.message, hint), self._way_back())

    def _show_without(self, gone: set[Path]) -> None:
        """What has gone is not offered any more, before the library knows it."""
        answer = self._answer
        if answer is not None and gone:
            left = [hit for hit in answer.hits if hit.path not in gone]
            self._parts.results.show_answer(replace(answer, hits=left, again=False))

    def _learn(self) -> None:
        if self._session.indexing is not Indexing.PAUSED:
            self._session.start_indexing()
