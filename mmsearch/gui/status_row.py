"""The bottom row: how the indexing goes. Only there when there is something to say."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from mmsearch.gui.encoding_anew import EncodingAnew, anew_words
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import button, column, label, row, rule
from mmsearch.gui.library_session import Indexing
from mmsearch.gui.texts import counted, decimal_text, number_text, time_left
from mmsearch.gui.theme import Theme
from mmsearch.types import IndexReport, Progress

_BAR_STEPS = 1000
_ROOMY_PX = 800
_SHOW_EVERY_S = 0.1
"""Numbers that change faster cannot be read."""


class StatusRow(QWidget):
    """Progress with pause and stop, what is encoded anew, and the way to the unreadable files."""

    pause_asked = Signal()
    resume_asked = Signal()
    stop_asked = Signal()
    errors_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._indexing = Indexing.IDLE
        self._n_failed = 0
        self._encoding_anew: EncodingAnew | None = None
        self._shown_at_s = 0.0
        self._anew = label("", "secondary", elide=True)
        self._text = label("", elide=True)
        self._current = label("", "secondary", elide=True)
        self._current_path = ""
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(self.tr("Indexing progress"))
        self._pause = IconButton("pause", self.tr("Pause"), theme, self)
        self._stop = IconButton("stop", self.tr("Stop; what is done is kept"), theme, self)
        self._errors = button("", "link")
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self.stop_asked)
        self._errors.clicked.connect(self.errors_asked)
        self._lay_out()
        self._update()

    def _lay_out(self) -> None:
        inner = row(gap_px=12)
        inner.setContentsMargins(16, 4, 12, 4)
        inner.addWidget(self._bar)
        inner.addWidget(self._text)
        inner.addWidget(self._current, 1)
        inner.addStretch(0)
        inner.addWidget(self._errors)
        inner.addWidget(self._pause)
        inner.addWidget(self._stop)
        layout = column(self, gap_px=0)
        above = row(gap_px=0)
        above.setContentsMargins(16, 6, 12, 0)
        above.addWidget(self._anew)
        layout.addWidget(rule())
        layout.addLayout(above)
        layout.addLayout(inner)

    # What it is told -----------------------------------------------------------------------

    def show_progress(self, progress: Progress) -> None:
        """Show how far the indexing is, at a pace that can be read."""
        now_s = time.monotonic()
        if progress.phase == "indexing" and now_s - self._shown_at_s < _SHOW_EVERY_S:
            return
        self._shown_at_s = now_s
        self._text.setText(self.progress_words(progress))
        self._current_path = progress.current
        self._show_current()
        known = progress.phase != "scanning" and progress.n_todo > 0
        self._bar.setRange(0, _BAR_STEPS if known else 0)
        if known:
            self._bar.setValue(round(_BAR_STEPS * progress.n_done / progress.n_todo))
        if progress.n_failed:
            self.show_failed(max(self._n_failed, progress.n_failed))

    def show_indexing(self, indexing: Indexing) -> None:
        """Show whether it runs."""
        self._indexing = indexing
        if indexing is Indexing.PAUSED:
            self._text.setText(self.tr("Indexing is paused; what is done is kept."))
            self._current_path = ""
            self._show_current()
            self._pause.set_meaning("play", self.tr("Go on"))
        else:
            self._pause.set_meaning("pause", self.tr("Pause"))
        self._update()

    def show_report(self, report: IndexReport) -> None:
        """Say what the run has done."""
        self._text.setText(self.report_words(report))
        self._current_path = ""
        self._show_current()

    def clear(self) -> None:
        """Nothing more to say."""
        if self._indexing is Indexing.IDLE:
            self._text.clear()
            self._update()

    def show_failed(self, n_failed: int) -> None:
        """Show how many files could not be read."""
        self._n_failed = n_failed
        one, many = self.tr("{n} unreadable file"), self.tr("{n} unreadable files")
        self._errors.setText(counted(n_failed, one, many))
        self._errors.setAccessibleName(self._errors.text())
        self._update()

    def show_encoding_anew(self, anew: EncodingAnew | None) -> None:
        """Show what another model has yet to encode; None for nothing."""
        self._encoding_anew = anew
        self._update()

    # Words ---------------------------------------------------------------------------------

    def progress_words(self, progress: Progress) -> str:
        """Say how far it is: files, speed, time left."""
        if progress.phase == "scanning":
            one, many = (
                self.tr("Looking for files: {n} found"),
                self.tr("Looking for files: {n} found"),
            )
            return counted(progress.n_found, one, many)
        if progress.phase == "finishing":
            return self.tr("Finishing…")
        doing = self.tr("Indexing: {0} of {1}")
        if progress.phase == "describing":
            doing = self.tr("Listening and looking: {0} of {1}")
        parts = [doing.format(number_text(progress.n_done), number_text(progress.n_todo))]
        if progress.files_per_s > 0:
            speed = progress.files_per_s
            shown = number_text(round(speed)) if speed >= 10 else decimal_text(speed, 1)
            parts.append(self.tr("{0} files/s").format(shown))
        if progress.eta_s is not None and progress.n_done < progress.n_todo:
            parts.append(time_left(progress.eta_s))
        return " · ".join(parts)

    def report_words(self, report: IndexReport) -> str:
        """Say what a run has done."""
        n_new = report.n_indexed + report.n_reused
        if report.stopped:
            return self.tr("Indexing stopped; {0} files are in the library so far.").format(
                number_text(n_new + report.n_unchanged)
            )
        if n_new == 0 and report.n_removed == 0:
            return self.tr("Everything is up to date.")
        return counted(
            n_new, self.tr("Done: {n} file indexed."), self.tr("Done: {n} files indexed.")
        )

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def anew_text(self) -> str:
        """What it says of files that are encoded anew."""
        return self._anew.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the words and the buttons stay."""
        super().resizeEvent(event)
        self._update()

    # Looks ---------------------------------------------------------------------------------

    def _on_pause(self) -> None:
        if self._indexing is Indexing.PAUSED:
            self.resume_asked.emit()
        else:
            self.pause_asked.emit()

    def _update(self) -> None:
        active = self._indexing is not Indexing.IDLE
        is_running = self._indexing is Indexing.RUNNING
        anew = self._encoding_anew
        self._anew.setText(anew_words(anew, is_running=is_running) if anew else "")
        self._anew.setVisible(anew is not None)
        self._bar.setVisible(is_running and self.width() >= _ROOMY_PX)
        self._current.setVisible(self.width() >= _ROOMY_PX)
        self._pause.setVisible(active)
        self._stop.setVisible(active)
        self._errors.setVisible(self._n_failed > 0)
        says = self._n_failed > 0 or anew is not None or bool(self._text.text())
        self.setVisible(active or says)

    def _show_current(self) -> None:
        name = Path(self._current_path).name if self._current_path else ""
        self._current.setText(name)
        self._current.setToolTip(self._current_path)
        self._update()
