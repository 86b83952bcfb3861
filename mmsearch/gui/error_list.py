"""Every file that could not be read, why, and what one can do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableView,
    QWidget,
)

from mmsearch.gui.error_export import as_lines
from mmsearch.gui.error_model import ErrorModel
from mmsearch.gui.flow_layout import FlowLayout
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import button, column, label, page, row
from mmsearch.gui.pop_up import pop_up
from mmsearch.gui.result_model import AnyIndex
from mmsearch.gui.texts import counted, number_text
from mmsearch.gui.theme import Theme
from mmsearch.types import FailedFile

_WIDTHS_PX = (220, 260, 180)
_FOLDER, _KIND = 1, 2
_ROOMY_PX, _NARROW_PX = 900, 620


class ErrorList(QWidget):
    """Shows the files that count, or those that are ignored; says what is asked for."""

    back_asked = Signal()
    reveal_asked = Signal(object)
    retry_asked = Signal(list)
    """Paths; none means all."""
    ignore_asked = Signal(list)
    heed_asked = Signal(list)
    export_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._errors: tuple[FailedFile, ...] = ()
        self._ignored: tuple[FailedFile, ...] = ()
        self.model = ErrorModel(self)
        self.table = QTableView(self)
        self._title = label("", "large", elide=True)
        self._note = label("", "secondary", wrap=True)
        self.retry, self.reveal = button(self.tr("Try again")), button(self.tr("Show in folder"))
        self.ignore = button(self.tr("Ignore"))
        self.retry_all = button(self.tr("Try all again"))
        self.export = button(self.tr("Export…"))
        self.copy = button(self.tr("Copy list"))
        self.switch = button("", "link")
        self.switch.setCheckable(True)
        self._set_up_table()
        self._lay_out(theme)
        self._connect()
        self.show_errors(())

    def _lay_out(self, theme: Theme) -> None:
        back = IconButton("back", self.tr("Back to the results (Esc)"), theme, self)
        back.clicked.connect(self.back_asked)
        head = row()
        head.addWidget(back)
        head.addWidget(self._title, 1)
        head.addWidget(self.switch)
        layout = column(self, gap_px=8, margin_px=16)
        layout.addLayout(head)
        layout.addWidget(self._note)
        self._all = self._made_row(self.retry_all, self.export, self.copy)
        layout.addWidget(self._all)
        layout.addWidget(self.table, 1)
        self._chosen = self._made_row(self.retry, self.reveal, self.ignore)
        layout.addWidget(self._chosen)
        # Where nothing is wrong, the title stays at the top.
        layout.addStretch()

    def _made_row(self, *buttons: QPushButton) -> QWidget:
        holder = page(self)
        flow = FlowLayout(holder, gap_px=8)
        for one in buttons:
            flow.addWidget(one)
        return holder

    def _connect(self) -> None:
        self.retry_all.clicked.connect(lambda: self.retry_asked.emit([]))
        self.export.clicked.connect(self.export_asked)
        self.copy.clicked.connect(self.copy_all)
        self.retry.clicked.connect(lambda: self.retry_asked.emit(self.selected()))
        self.reveal.clicked.connect(lambda: self._reveal(self.table.currentIndex()))
        self.ignore.clicked.connect(lambda: self._ignore(self.selected()))
        self.switch.toggled.connect(lambda _on: self._show())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_choices())
        self.model.modelReset.connect(self._show_choices)
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.table.doubleClicked.connect(self._reveal)

    def _set_up_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Unreadable files"))
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column_number, width_px in enumerate(_WIDTHS_PX):
            self.table.setColumnWidth(column_number, width_px)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    # What is shown -------------------------------------------------------------------------

    def show_errors(self, errors: Sequence[FailedFile], ignored: Sequence[FailedFile] = ()) -> None:
        """Show other files; the same ones again change nothing."""
        self._errors, self._ignored = tuple(errors), tuple(ignored)
        if not self._ignored:
            self.switch.setChecked(False)
        self._show()

    def shows_ignored(self) -> bool:
        """Whether the ignored files are on show."""
        return self.switch.isChecked()

    def selected(self) -> list[Path]:
        """The paths of the rows that are selected."""
        rows = (self.model.error(index) for index in self.table.selectionModel().selectedRows())
        return [error.path for error in rows if error is not None]

    def select_under(self, folder: Path) -> None:
        """Go to the first file of a folder."""
        for place, error in enumerate(self.model.errors()):
            if error.path.is_relative_to(folder):
                self.table.selectRow(place)
                self.table.scrollTo(self.model.index(place, 0), self.table.ScrollHint.PositionAtTop)
                return

    def copy_all(self) -> None:
        """Put the whole list on the clipboard."""
        QGuiApplication.clipboard().setText(as_lines(self.model.errors()))

    def _show(self) -> None:
        is_ignored = self.shows_ignored()
        shown = self._ignored if is_ignored else self._errors
        self.model.set_errors(shown)
        if is_ignored:
            one, many = self.tr("{n} ignored file"), self.tr("{n} ignored files")
            note = self.tr("They are not tried again, and not counted.")
        else:
            one = self.tr("{n} file could not be read")
            many = self.tr("{n} files could not be read")
            note = self.tr(
                "All other files are in the library. A file is tried again when it changes."
            )
        all_well = self.tr("Every other file could be read") if self._ignored else ""
        all_well = all_well or self.tr("Every file could be read")
        self._title.setText(counted(len(shown), one, many) if shown else all_well)
        self._note.setText(note)
        for part in (self._note, self._all, self.table):
            part.setVisible(bool(shown))
        ignored = self.tr("Ignored: {0}").format(number_text(len(self._ignored)))
        self.switch.setText(self.tr("Back to the others") if is_ignored else ignored)
        self.switch.setAccessibleName(self.switch.text())
        self.switch.setVisible(bool(self._ignored))
        self._show_choices()

    def _show_choices(self) -> None:
        """What can be done, with all and with the rows that are selected."""
        n, is_ignored = len(self.selected()), self.shows_ignored()
        self._chosen.setVisible(n > 0)
        self.reveal.setVisible(n == 1)
        self.ignore.setText(self._ignore_words())
        self.ignore.setAccessibleName(self.ignore.text())
        self.retry.setVisible(not is_ignored)
        self.retry_all.setVisible(not is_ignored)

    def _ignore_words(self) -> str:
        return self.tr("Do not ignore any more") if self.shows_ignored() else self.tr("Ignore")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the reason is what counts; the path is in the tool tip."""
        super().resizeEvent(event)
        self.table.setColumnHidden(_FOLDER, self.width() < _ROOMY_PX)
        self.table.setColumnHidden(_KIND, self.width() < _NARROW_PX)

    # What is asked for ---------------------------------------------------------------------

    def menu_for(self, error: FailedFile) -> QMenu:
        """Return the context menu of a file; what it does, it does to all selected ones."""
        clipboard = QGuiApplication.clipboard()
        chosen = self.selected()
        paths = chosen if error.path in chosen else [error.path]
        menu = QMenu(self)
        if not self.shows_ignored():
            menu.addAction(self.tr("Try again"), lambda: self.retry_asked.emit(paths))
        menu.addAction(self._ignore_words(), lambda: self._ignore(paths))
        menu.addSeparator()
        menu.addAction(self.tr("Show in file manager"), lambda: self.reveal_asked.emit(error.path))
        menu.addAction(self.tr("Copy path"), lambda: clipboard.setText(str(error.path)))
        details = as_lines([error]).replace("\t", "\n")
        menu.addAction(self.tr("Copy details"), lambda: clipboard.setText(details))
        return menu

    def _show_menu(self, at: QPoint) -> None:
        error = self.model.error(self.table.indexAt(at))
        if error is not None:
            pop_up(self.menu_for(error), self.table.viewport().mapToGlobal(at))

    def _ignore(self, paths: list[Path]) -> None:
        (self.heed_asked if self.shows_ignored() else self.ignore_asked).emit(paths)

    def _reveal(self, index: AnyIndex) -> None:
        error = self.model.error(index)
        if error is not None:
            self.reveal_asked.emit(error.path)
