"""Calm pages for the states without results: a title, a sentence or two, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mmsearch.gui.flow_layout import FlowLayout
from mmsearch.gui.icons import tinted
from mmsearch.gui.layouts import button, column, label, page, row
from mmsearch.gui.texts import kinds_text
from mmsearch.gui.theme import Theme
from mmsearch.types import LibraryStatus, Modality

_TEXT_PX = 560
_N_RECENT = 5
_MOST_LETTERS = 40
Buttons = Sequence[tuple[str, Callable[[], object]]]


class CalmPage(QWidget):
    """An icon, a title, a text and buttons in the middle; the first button is the likely one."""

    def __init__(
        self, icon_name: str, theme: Theme, parent: QWidget | None = None, *, scrolls: bool = False
    ) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._theme = theme
        self._mark = QLabel()
        self.title = label("", "title", wrap=True)
        self.text = label("", "secondary", wrap=True)
        self._row = page(self)
        self._buttons = FlowLayout(self._row, gap_px=8)
        self.body = page(self)
        self.body.setMaximumWidth(_TEXT_PX)
        self.inner: QVBoxLayout = column(self.body, gap_px=12)
        for widget in (self._mark, self.title, self.text):
            self.inner.addWidget(widget)
        self.inner.addSpacing(4)
        self.inner.addWidget(self._row)
        ground = self._made_scrolling() if scrolls else self
        middle = row()
        middle.addStretch(1)
        middle.addWidget(self.body, 100)  # it takes all it may before the sides get any
        middle.addStretch(1)
        layout = column(ground, margin_px=24)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
        theme.changed.connect(self._tint)
        self._tint()

    def _made_scrolling(self) -> QWidget:
        """Return a ground that may be higher than the window."""
        ground = page(self)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(ground)
        column(self, gap_px=0).addWidget(scroll)
        return ground

    def say(self, title: str, text: str, buttons: Buttons = ()) -> None:
        """Show other words and buttons."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self._buttons.clear()
        self._row.setVisible(bool(buttons))
        for place, (words, act) in enumerate(buttons):
            made = button(words, "primary" if place == 0 else "")
            made.clicked.connect(lambda _checked, act=act: act())
            self._buttons.addWidget(made)

    def buttons(self) -> list[QPushButton]:
        """The buttons shown."""
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def _tint(self) -> None:
        colour = self._theme.colours.accent_text
        self._mark.setPixmap(tinted(self._icon_name, colour, 40, self.devicePixelRatioF()))


class WelcomePage(CalmPage):
    """A library and no query: what is in it, and what one can ask."""

    suggestion_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("search", theme, parent)
        self._recent = page(self)
        self._recent_flow = FlowLayout(self._recent, gap_px=8)
        self._recent_heading = label(self.tr("LAST SEARCHES"), "heading")
        self._recent_shown: tuple[str, ...] = ()
        self._suggestions = page(self)
        self._flow = FlowLayout(self._suggestions, gap_px=8)
        self.inner.addWidget(label(self.tr("YOU CAN ASK"), "heading"))
        self.inner.addWidget(self._suggestions)
        self.inner.addSpacing(8)
        self.inner.addWidget(self._recent_heading)
        self.inner.addWidget(self._recent)
        self._shown: tuple[str, ...] = ()
        self.show_recent(())

    def show_recent(self, texts: Sequence[str]) -> None:
        """Offer what was searched for last, the newest first."""
        shown = tuple(texts[:_N_RECENT])
        self._recent_heading.setVisible(bool(shown))
        self._recent.setVisible(bool(shown))
        if shown == self._recent_shown:
            return
        self._recent_shown = shown
        self._recent_flow.clear()
        for text in shown:
            made = button(_shortened(text), "suggestion")
            made.setToolTip(text)
            made.clicked.connect(lambda _checked, text=text: self.suggestion_chosen.emit(text))
            self._recent_flow.addWidget(made)

    def recent(self) -> list[QPushButton]:
        """The buttons with the last searches."""
        return self._recent.findChildren(QPushButton)

    def show_status(self, status: LibraryStatus) -> None:
        """Show what the library holds."""
        counts = kinds_text(status.by_modality)
        text = self.tr("In your library: {0}.").format(counts) if counts else ""
        self.say(self.tr("What are you looking for?"), text)
        kinds = [kind for kind, n in status.by_modality.items() if n]
        self._suggest(tuple(self._ideas(kinds)))

    def _ideas(self, kinds: Iterable[Modality]) -> list[str]:
        ideas = {
            Modality.IMAGE: [self.tr("a dog on a beach"), self.tr("mountains in the evening")],
            Modality.VIDEO: [self.tr("a car driving in the street")],
            Modality.AUDIO: [self.tr("rain"), self.tr("a crowing rooster")],
            Modality.CODE: [self.tr("read a csv file"), self.tr("sort a list by two keys")],
        }
        return [idea for kind in kinds for idea in ideas[kind]]

    def _suggest(self, ideas: tuple[str, ...]) -> None:
        if ideas == self._shown:
            return
        self._shown = ideas
        self._flow.clear()
        for idea in ideas:
            made = button(idea, "suggestion")
            made.clicked.connect(lambda _checked, idea=idea: self.suggestion_chosen.emit(idea))
            self._flow.addWidget(made)

    def suggestions(self) -> list[QPushButton]:
        """The buttons with ideas."""
        return self._suggestions.findChildren(QPushButton)

    def changeEvent(self, event: QEvent) -> None:
        """Words follow the language when it changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._shown = ()


def _shortened(text: str) -> str:
    """What fits on a button."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _MOST_LETTERS else f"{flat[: _MOST_LETTERS - 1]}…"
