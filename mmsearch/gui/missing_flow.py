"""Asks what to do where so many files have vanished at once that a drive may be missing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from mmsearch.gui.library_session import LibrarySession, Wishes
from mmsearch.gui.texts import number_text
from mmsearch.gui.window_parts import WindowParts
from mmsearch.gui.window_state import WindowState
from mmsearch.types import IndexReport, MissingFiles


class MissingFlow(QObject):
    """What is kept is asked about again only when the number changes."""

    def __init__(self, parts: WindowParts, session: LibrarySession, state: WindowState) -> None:
        super().__init__(parts)
        self._bar, self._session, self._state = parts.question, session, state
        self._asked = ""
        session.indexed.connect(self._on_indexed)

    def _on_indexed(self, report: IndexReport) -> None:
        if report.stopped:
            return
        asked = [one for one in report.missing if self._kept(one) != one.n_missing]
        if asked:
            self._ask(asked)
        elif self._bar.question() == self._asked:
            self._bar.hide()

    def _ask(self, missing: list[MissingFiles]) -> None:
        lines = [
            self.tr("{0} of {1} files of “{2}” are gone.").format(
                number_text(one.n_missing),
                number_text(one.n_known),
                Path(one.path).name or one.path,
            )
            for one in missing
        ]
        hint = self.tr(
            "They stay in the library for now, in case a drive is missing or was emptied by "
            "mistake. Nothing on your disk is touched either way."
        )
        answers = (
            (self.tr("Keep them"), lambda: self._keep(missing)),
            (self.tr("Forget them"), lambda: self._forget(missing)),
        )
        self._asked = "\n".join(lines)
        self._bar.ask(self._asked, hint, answers)

    def _kept(self, one: MissingFiles) -> int:
        return self._state.number(f"kept/{one.root_id}", default=0)

    def _keep(self, missing: list[MissingFiles]) -> None:
        for one in missing:
            self._state.set_number(f"kept/{one.root_id}", one.n_missing)

    def _forget(self, missing: list[MissingFiles]) -> None:
        folders = frozenset(Path(one.path) for one in missing)
        self._session.start_indexing(Wishes(forget=folders))
