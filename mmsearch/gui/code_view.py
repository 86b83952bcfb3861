"""Code with colours, line numbers and the found lines marked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from mmsearch.gui.cell_painting import mono_font
from mmsearch.gui.theme import NORMAL_PX, Theme
from mmsearch.present.excerpt import Excerpt

_LINES_ABOVE_HIT = 3


class CodeView(QPlainTextEdit):
    """Read-only; the colours come ready from the job that read the file."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._code = Excerpt((), 0)
        self._colouring = _Colouring(self.document(), theme)
        self._gutter = _Gutter(self)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(mono_font(NORMAL_PX))
        self.setStyleSheet(f"font-family: '{self.font().family()}';")
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Code"))
        self.updateRequest.connect(self._on_update_request)
        theme.changed.connect(self._recolour)

    def show_code(self, code: Excerpt) -> None:
        """Show lines and go to the found ones."""
        self._code = code
        self._colouring.take(code)
        self.setPlainText("\n".join(line.text for line in code.lines))
        self._mark_found()
        self.setViewportMargins(self._gutter.sizeHint().width(), 0, 0, 0)
        self._go_to_found()

    def _mark_found(self) -> None:
        marks = []
        for row, line in enumerate(self._code.lines):
            if line.is_hit:
                mark = QTextEdit.ExtraSelection()
                mark.format.setBackground(self._theme.colour("found"))
                mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
                mark.cursor = QTextCursor(self.document().findBlockByNumber(row))
                marks.append(mark)
        self.setExtraSelections(marks)

    def _go_to_found(self) -> None:
        places = (
            row for row, line in enumerate(self._code.lines) if line.number == self._code.found
        )
        self._go_to(next(places, 0))

    def _go_to(self, row: int) -> None:
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(row)))
        self.verticalScrollBar().setValue(max(0, row - _LINES_ABOVE_HIT))

    def step_found(self, by: int) -> None:
        """Go to the next found place further down, or up; it ends at the last and at the first."""
        marked = [row for row, line in enumerate(self._code.lines) if line.is_hit]
        starts = [row for row in marked if row - 1 not in marked]
        here = self.textCursor().blockNumber()
        below, above = [row for row in starts if row > here], [row for row in starts if row < here]
        if by > 0 and below:
            self._go_to(below[0])
        elif by < 0 and above:
            self._go_to(above[-1])

    def _recolour(self) -> None:
        self._colouring.rehighlight()
        self._mark_found()
        self._gutter.update()

    # Line numbers --------------------------------------------------------------------------

    def number_of_row(self, row: int) -> str:
        """The number in the file of a line shown."""
        lines = self._code.lines
        return str(lines[row].number) if row < len(lines) else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the gutter as high as the text."""
        super().resizeEvent(event)
        area = self.contentsRect()
        width = self._gutter.sizeHint().width()
        self._gutter.setGeometry(QRect(area.left(), area.top(), width, area.height()))

    def _on_update_request(self, area: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())

    def paint_gutter(self, painter: QPainter, area: QRect) -> None:
        """Draw the numbers of the lines in sight."""
        painter.setFont(self.font())
        painter.setPen(QColor(self._theme.colours.secondary))
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        width = self._gutter.width() - 12
        while block.isValid() and top <= area.bottom():
            height = self.blockBoundingRect(block).height()
            number = self.number_of_row(block.blockNumber())
            box = QRect(0, round(top), width, round(height))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, number)
            top += height
            block = block.next()


class _Gutter(QWidget):
    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        lines = self._view.number_of_row(max(0, self._view.blockCount() - 1))
        width = self._view.fontMetrics().horizontalAdvance("0") * max(3, len(lines))
        return QSize(width + 20, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._view.paint_gutter(painter, event.rect())
        painter.end()


class _Colouring(QSyntaxHighlighter):
    """Applies spans that are already known; it never parses."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._code = Excerpt((), 0)

    def take(self, code: Excerpt) -> None:
        self._code = code

    def highlightBlock(self, text: str) -> None:
        row = self.currentBlock().blockNumber()
        if row >= len(self._code.lines):
            return
        start = 0
        for span in self._code.lines[row].spans:
            style = QTextCharFormat()
            style.setForeground(QColor(self._theme.colours.of_token(span.kind)))
            # Qt counts UTF-16 units, Python counts characters.
            length = len(span.text.encode("utf-16-le")) // 2
            self.setFormat(start, length, style)
            start += length
