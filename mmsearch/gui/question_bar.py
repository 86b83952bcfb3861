"""A question above the results that waits for an answer and stops nobody's work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget

from mmsearch.gui.flow_layout import FlowLayout
from mmsearch.gui.icons import ICON_PX, tinted
from mmsearch.gui.layouts import button, column, label, page, row
from mmsearch.gui.theme import Theme

Answers = Sequence[tuple[str, Callable[[], object]]]


class QuestionBar(QFrame):
    """One question at a time; any answer takes it away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._theme = theme
        self._before: QWidget | None = None
        """Who had the keyboard before it was asked for."""
        self._mark = QLabel()
        self._question = label("", wrap=True)
        self._hint = label("", "secondary", wrap=True)
        self._row = page(self, name="surface")
        self._answers = FlowLayout(self._row, gap_px=8)
        words = column(gap_px=4)
        for widget in (self._question, self._hint, self._row):
            words.addWidget(widget)
        words.insertSpacing(2, 4)
        layout = row(self, gap_px=12)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(self._mark)
        layout.addLayout(words, 1)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    def ask(self, question: str, hint: str, answers: Answers) -> None:
        """Show a question; the first answer is the one that changes nothing."""
        self._question.setText(question)
        self._hint.setText(hint)
        self._answers.clear()
        for words, act in answers:
            made = button(words)
            made.clicked.connect(lambda _checked, act=act: self._take(act))
            self._answers.addWidget(made)
        self.show()

    def question(self) -> str:
        """What it asks; empty where it asks nothing."""
        return "" if self.isHidden() else self._question.text()

    def answers(self) -> list[QPushButton]:
        """The buttons."""
        items = (self._answers.itemAt(place) for place in range(self._answers.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def take_keyboard(self) -> None:
        """Let the keyboard answer; it begins at what changes nothing."""
        self._before = self.window().focusWidget()
        self.answers()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def leave(self) -> bool:
        """Go without an answer where the keyboard is here; False where it is elsewhere."""
        focused = self.window().focusWidget()
        if self.isHidden() or focused is None or not self.isAncestorOf(focused):
            return False
        self._go()
        return True

    def _take(self, act: Callable[[], object]) -> None:
        self._go()
        act()

    def _go(self) -> None:
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None

    def _tint(self) -> None:
        colour = self._theme.colours.warning
        self._mark.setPixmap(tinted("warning", colour, ICON_PX, self.devicePixelRatioF()))
