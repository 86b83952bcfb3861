"""How close a result has to be: four steps, from everything to only strong matches."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSlider, QWidget

from mmsearch.gui.layouts import label, row
from mmsearch.present.words import MatchWord, least_match

_STEPS = (MatchWord.WEAK, MatchWord.FAIR, MatchWord.GOOD, MatchWord.STRONG)
_RESTS_MS = 120
_SLIDER_PX = 72


class Strictness(QWidget):
    """A slider whose word says what is shown."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, len(_STEPS) - 1)
        self.slider.setPageStep(1)
        self.slider.setFixedWidth(_SLIDER_PX)
        self.slider.setAccessibleName(self.tr("How close results have to be"))
        self._text = label("", "secondary")
        self._text.setBuddy(self.slider)
        layout = row(self, gap_px=8)
        layout.addWidget(self._text)
        layout.addWidget(self.slider)
        self._rests = QTimer(self, singleShot=True, interval=_RESTS_MS)
        self._rests.timeout.connect(self.changed)
        self.slider.valueChanged.connect(self._on_moved)
        self._show()

    def step(self) -> int:
        """How strict, from 0 (everything) to 3."""
        return self.slider.value()

    def set_step(self, step: int) -> None:
        """Be so strict; a step that there is not is the nearest one."""
        self.slider.setValue(step)

    def show_step(self, step: int) -> None:
        """Be so strict and tell nobody: whoever asks for it knows."""
        self.set_step(step)
        self._rests.stop()

    def set_min_match(self, least: float) -> None:
        """Be as strict as a Query.min_match, or the next step below, and tell nobody."""
        steps = [step for step, word in enumerate(_STEPS) if least_match(word) <= least]
        self.show_step(steps[-1])

    def min_match(self) -> float:
        """As Query.min_match."""
        return least_match(_STEPS[self.step()])

    def text(self) -> str:
        """What the label says."""
        return self._text.text()

    def show_words(self, shown: bool) -> None:
        """Show or hide the label; the tool tip says it, too."""
        self._text.setVisible(shown)

    def _on_moved(self) -> None:
        self._show()
        self._rests.start()

    def _show(self) -> None:
        shown = {
            MatchWord.WEAK: self.tr("All matches"),
            MatchWord.FAIR: self.tr("Fair and better"),
            MatchWord.GOOD: self.tr("Good and better"),
            MatchWord.STRONG: self.tr("Strong only"),
        }
        least = self.min_match()
        self._text.setText(shown[_STEPS[self.step()]])
        hint = (
            self.tr("Only results that are right with a chance of {0} % or more").format(
                round(100 * least)
            )
            if least
            else self.tr("Also what is only the nearest")
        )
        self.setToolTip(hint)
        self.slider.setAccessibleDescription(f"{self._text.text()}. {hint}")
