"""The library session and everything that shows how the library stands, joined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mmsearch.errors import IndexerLostError, UserError
from mmsearch.gui.door import LibraryDoor
from mmsearch.gui.library_session import Contents, Indexing, LibrarySession
from mmsearch.gui.search_session import SearchSession, is_empty
from mmsearch.gui.window_parts import WindowParts
from mmsearch.gui.window_state import WindowState
from mmsearch.installed import shipped_path
from mmsearch.types import IndexReport, Progress

_REFRESH_MS = 2_000
"""While the indexing runs, counts are read so often, or more rarely where that takes long."""
_REFRESH_SHARE = 20
_REPORT_SHOWN_MS = 8_000


class LibraryFlow(QObject):
    """Chooses the page that fits, and keeps folders, status and errors up to date."""

    reveal_asked = Signal(object)

    def __init__(
        self,
        parts: WindowParts,
        session: LibrarySession,
        search: SearchSession,
        state: WindowState,
        *,
        index_at_start: bool,
    ) -> None:
        super().__init__(parts)
        self._parts = parts
        self._session = session
        self._search = search
        self._state = state
        self._index_at_start = index_at_start
        self._contents: Contents | None = None
        self._asides: tuple[QWidget, ...] = (parts.errors, parts.settings, parts.hubs, parts.map)
        self._before: QWidget | None = None
        """What was shown before such a page."""
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._report_over = QTimer(self, singleShot=True, interval=_REPORT_SHOWN_MS)
        self._connect_session()
        self._connect_parts()
        self._show_opening()

    def _connect_session(self) -> None:
        session = self._session
        session.opened.connect(self._on_opened)
        session.open_failed.connect(self._show_problem)
        session.contents_changed.connect(self._on_contents)
        session.progressed.connect(self._on_progress)
        session.indexing_changed.connect(self._on_indexing)
        session.indexed.connect(self._on_indexed)
        session.failed.connect(self._on_failed)
        self._refresh.timeout.connect(session.refresh)
        self._report_over.timeout.connect(self._parts.status.clear)
        self._search.cleared.connect(self.show_home)

    def _connect_parts(self) -> None:
        parts, session = self._parts, self._session
        parts.first_run.add_asked.connect(self.choose_folders)
        parts.first_run.sample_asked.connect(self.add_samples)
        parts.first_run.folders_chosen.connect(self.add)
        parts.drops.add_dropped.connect(self.add)
        parts.folders.add_asked.connect(self.choose_folders)
        parts.folders.remove_asked.connect(session.remove)
        parts.folders.index_asked.connect(lambda: session.start_indexing())
        parts.status.pause_asked.connect(session.pause)
        parts.status.resume_asked.connect(session.resume)
        parts.status.stop_asked.connect(session.stop)
        parts.status.errors_asked.connect(self.show_errors)
        parts.folders.errors_asked.connect(self.show_errors)
        parts.errors.back_asked.connect(self.leave_aside)
        parts.settings.back_asked.connect(self.leave_aside)

    # What a person asks for ----------------------------------------------------------------

    def add(self, paths: Sequence[Path]) -> None:
        """Add folders or files to the library."""
        if self._session.library is None:
            self._parts.banner.show_note(self.tr("The library is still being opened."))
            return
        self._session.add(paths)

    def add_samples(self) -> None:
        """Add the collection that comes with the program."""
        self.add([shipped_path("resources", "samples")])

    def choose_folders(self) -> None:
        """Let the person pick a folder."""
        title = self.tr("Add a folder to the library")
        dialog = QFileDialog(self._parts.window(), title, str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_errors(self, under: Path | None = None) -> None:
        """Show the list of unreadable files, where those of a folder begin."""
        self.show_aside(self._parts.errors, self._parts.errors.table)
        if under is not None:
            self._parts.errors.select_under(under)

    def show_settings(self) -> None:
        """Show what can be set."""
        self.show_aside(self._parts.settings, self._parts.settings.theme)

    def show_aside(self, page: QWidget, focus: QWidget) -> None:
        """Show a page that answers do not take away; Esc goes back to what was there."""
        if not self._is_aside():
            self._before = self._parts.stack.currentWidget()
        self._parts.stack.setCurrentWidget(page)
        focus.setFocus()

    def leave_aside(self) -> bool:
        """Go back to what was shown before such a page; False when none is shown."""
        if not self._is_aside():
            return False
        self._parts.stack.setCurrentWidget(self._before or self._parts.welcome)
        if self._before is self._parts.results:
            self._parts.results.grid.setFocus()
        else:
            self.show_home()
            self._parts.search_box.focus_input()
        return True

    def _is_aside(self) -> bool:
        return self._parts.stack.currentWidget() in self._asides

    def show_results(self) -> None:
        """An answer has come: show it, unless the person reads another page."""
        if self._is_aside():
            self._before = self._parts.results
        else:
            self._parts.stack.setCurrentWidget(self._parts.results)

    def show_home(self) -> None:
        """Show what fits when there is no query."""
        self._parts.results.clear()
        if self._is_aside() or self._contents is None:
            return
        status = self._contents.status
        home = self._parts.welcome if status.roots else self._parts.first_run
        self._parts.stack.setCurrentWidget(home)

    # What the session tells ----------------------------------------------------------------

    def _on_opened(self, library: LibraryDoor) -> None:
        self._search.set_library(library)

    def _on_contents(self, contents: Contents) -> None:
        before, self._contents = self._contents, contents
        parts, status = self._parts, contents.status
        parts.root_model.set_roots(status.roots)
        parts.welcome.show_status(status)
        parts.errors.show_errors(contents.errors, contents.ignored)
        parts.status.show_failed(status.n_failed)
        parts.status.show_encoding_anew(contents.anew)
        if is_empty(self._search.query):
            self.show_home()
        elif before is not None and before.status != contents.status:
            self._search.repeat()
        if before is None:
            self._begin(contents)
        if self._session.indexing is Indexing.RUNNING:
            self._refresh.start(max(_REFRESH_MS, round(1000 * _REFRESH_SHARE * contents.took_s)))

    def _begin(self, contents: Contents) -> None:
        if not contents.status.roots:
            return
        if self._state.flag("paused", default=False):
            self._session.show_paused()
        elif self._index_at_start:
            self._session.start_indexing()

    def _on_progress(self, progress: Progress) -> None:
        if progress.phase != "scanning":
            self._parts.root_model.set_waiting(dict(progress.waiting))
        # A run that was told to end still says a few things while it does.
        if self._session.indexing is Indexing.RUNNING:
            self._report_over.stop()
            self._parts.status.show_progress(progress)
            self._parts.results.show_progress(progress)
            self._parts.root_model.set_indexing(True, progress.current)

    def _on_indexing(self, indexing: Indexing) -> None:
        self._parts.status.show_indexing(indexing)
        self._state.set_flag("paused", indexing is Indexing.PAUSED)
        if indexing is Indexing.RUNNING:
            self._refresh.start(_REFRESH_MS)
        else:
            self._refresh.stop()
            self._parts.root_model.set_indexing(False)
        if indexing is Indexing.IDLE:
            self._parts.results.show_progress(None)

    def _on_indexed(self, report: IndexReport) -> None:
        if not report.stopped:
            # Who follows another process may miss the last that it says.
            self._parts.root_model.set_waiting({})
        self._parts.status.show_report(report)
        self._report_over.start()

    def _on_failed(self, error: UserError) -> None:
        self._parts.status.clear()
        is_lost = isinstance(error, IndexerLostError)
        again = (self.tr("Start it again"), self._session.start_indexing)
        self._parts.banner.show_error(error, again if is_lost else None)

    # States without a library --------------------------------------------------------------

    def _show_opening(self) -> None:
        self._parts.opening.say(self.tr("Opening the library…"), "")
        self._parts.stack.setCurrentWidget(self._parts.opening)

    def _show_problem(self, error: UserError) -> None:
        def copy() -> None:
            QGuiApplication.clipboard().setText(str(error))

        def again() -> None:
            self._show_opening()
            self._session.open()

        buttons = ((self.tr("Try again"), again), (self.tr("Copy details"), copy))
        self._parts.problem.say(error.message, error.hint, buttons)
        self._parts.stack.setCurrentWidget(self._parts.problem)
