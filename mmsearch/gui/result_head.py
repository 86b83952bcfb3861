"""The line above the results: how many, how strict, in which order, laid out how."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mmsearch.gui.layouts import ElidedLabel, button, label, row, set_role
from mmsearch.gui.order_button import OrderButton
from mmsearch.gui.strictness import Strictness
from mmsearch.gui.theme import Theme
from mmsearch.gui.view_button import ViewButton
from mmsearch.present.arrangement import Order

_ROOMY_PX = 680


class ResultHead(QWidget):
    """Tells what was chosen; what follows from that is the page's part."""

    order_chosen = Signal(object)
    view_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # However long its words are, they do not make the window wider.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.count = ElidedLabel()
        self.count.elide_mode = Qt.TextElideMode.ElideRight
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.count, "secondary")
        self.indexing = label("", "secondary", elide=True)
        self.indexing.hide()
        self._indexing_words = ("", "")
        self.more = button(self.tr("Show more"), "link")
        self.fresh = button(self.tr("Show new"), "link")
        self.fresh.hide()
        self.loosen = button(self.tr("Search without filters"), "link")
        self.loosen.hide()
        self.strictness = Strictness(self)
        self.order_button = OrderButton(self)
        self.order_button.chosen.connect(self.order_chosen)
        self.view_button = ViewButton(theme, self)
        self.view_button.chosen.connect(self.view_chosen)
        self.count.setMinimumHeight(self.more.sizeHint().height())  # nothing jumps for a link
        layout = row(self, gap_px=8)
        layout.setContentsMargins(16, 4, 12, 4)
        layout.addWidget(self.count)
        layout.addWidget(self.more)
        layout.addWidget(self.fresh)
        layout.addWidget(self.loosen)
        layout.addStretch(1)
        layout.addWidget(self.indexing)
        layout.addSpacing(8)
        layout.addWidget(self.strictness)
        layout.addSpacing(8)
        layout.addWidget(self.order_button)
        layout.addWidget(self.view_button)

    def show_indexing(self, words: str, short: str) -> None:
        """Say how much is searched so far, in a few words where there is little room."""
        self._indexing_words = (words, short)
        self._fit_indexing()

    def _fit_indexing(self) -> None:
        words, short = self._indexing_words
        is_roomy = self.width() >= _ROOMY_PX
        self.indexing.setText(words if is_roomy else short)
        self.indexing.setToolTip(words)
        self.indexing.setVisible(bool(words))

    def show_choices(self, shown: bool) -> None:
        """Show how strict and in which order, or leave the line to what it says."""
        self.strictness.setVisible(shown)
        self.order_button.setVisible(shown)

    def order(self) -> Order:
        """The order chosen."""
        return self.order_button.order()

    def set_order(self, order: Order) -> None:
        """Choose another order."""
        self.order_button.set_order(order)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the controls stand for themselves."""
        super().resizeEvent(event)
        self.strictness.show_words(self.width() >= _ROOMY_PX)
        self._fit_indexing()
