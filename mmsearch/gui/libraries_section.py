"""The libraries on the settings page: others that were opened, opening and making one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from mmsearch.gui.layouts import button, column, label, row


class LibrariesSection(QWidget):
    """Says which library is to be opened in a window of its own."""

    open_asked = Signal(object)
    make_asked = Signal(object)
    forget_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = QWidget(self)
        column(self._recent, gap_px=4)
        self.recent: dict[Path, QPushButton] = {}
        self.open = button(self.tr("Open another…"), "inline")
        self.open.clicked.connect(self._choose)
        self.make = button(self.tr("Make a new one…"), "inline")
        self.make.clicked.connect(self._choose_new)
        self.trouble = label("", "error", wrap=True)
        ways = row(gap_px=16)
        ways.addWidget(self.open)
        ways.addWidget(self.make)
        ways.addStretch(1)
        layout = column(self, gap_px=4)
        layout.addWidget(self._recent)
        layout.addWidget(self.trouble)
        layout.addLayout(ways)
        self.show_trouble("")
        self.show_recent(())

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show which other libraries were opened lately, the last one first."""
        layout = self._recent.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.recent = {}
        for path in paths:
            layout.addWidget(self._made_line(path))
        self._recent.setVisible(bool(paths))

    def show_trouble(self, text: str) -> None:
        """Say why a library could not be opened; an empty text for nothing."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _made_line(self, path: Path) -> QWidget:
        line = QWidget(self)
        made = button(self.tr("Open"), "inline")
        made.setAccessibleName(self.tr("Open {0}").format(path))
        made.clicked.connect(lambda: self.open_asked.emit(path))
        forget = button(self.tr("Forget"), "inline")
        forget.setAccessibleName(self.tr("Forget {0}").format(path))
        forget.setToolTip(self.tr("Leave it out of this list; nothing is deleted"))
        forget.clicked.connect(lambda: self.forget_asked.emit(path))
        layout = row(line, gap_px=12)
        layout.addWidget(label(str(path), elide=True), 1)
        layout.addWidget(made)
        layout.addWidget(forget)
        self.recent[path] = made
        return line

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Open a library"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.open_asked.emit(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_new(self) -> None:
        title = self.tr("Name a new folder for the library")
        dialog = QFileDialog(self.window(), title, str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(self.tr("mmsearch library"))
        dialog.fileSelected.connect(lambda name: self.make_asked.emit(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
