"""Calm pages for the states without results: a title, a sentence or two, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from mmsearch.gui.flow_layout import FlowLayout
from mmsearch.gui.icons import tinted
from mmsearch.gui.layouts import button, column, label, page, row
from mmsearch.gui.texts import kind_within, number_text
from mmsearch.gui.theme import Theme
from mmsearch.types import LibraryStatus, Modality

_TEXT_PX = 560
_N_RECENT = 5
_MOST_LETTERS = 40
Buttons = Sequence[tuple[str, Callable[[], object]]]


class CalmPage(QWidget):
    """An icon, a title, a text and buttons in the middle; the first button is the likely one."""

    def __init__(self, icon_name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._theme = theme
        self._mark = QLabel()
        self.title = label("", "title", wrap=True)
        self.text = label("", "secondary", wrap=True)
        self._buttons = row()
        self.body = page(self)
        self.body.setMaximumWidth(_TEXT_PX)
        self.inner: QVBoxLayout = column(self.body, gap_px=12)
        for widget in (self._mark, self.title, self.text):
            self.inner.addWidget(widget)
        self.inner.addSpacing(4)
        self.inner.addLayout(self._buttons)
        middle = row()
        middle.addStretch(1)
        middle.addWidget(self.body, 4)
        middle.addStretch(1)
        layout = column(self, margin_px=24)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addStretch(3)
        theme.changed.connect(self._tint)
        self._tint()

    def say(self, title: str, text: str, buttons: Buttons = ()) -> None:
        """Show other words and buttons."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        while (item := self._buttons.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for place, (words, act) in enumerate(buttons):
            made = button(words, "primary" if place == 0 else "")
            made.clicked.connect(lambda _checked, act=act: act())
            self._buttons.addWidget(made)
        self._buttons.addStretch(1)

    def buttons(self) -> list[QPushButton]:
        """The buttons shown."""
        items = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, QPushButton)]

    def _tint(self) -> None:
        colour = self._theme.colours.accent_text
        self._mark.setPixmap(tinted(self._icon_name, colour, 40, self.devicePixelRatioF()))


class FirstRunPage(CalmPage):
    """What happens, that nothing leaves the computer, and three ways to begin."""

    add_asked = Signal()
    sample_asked = Signal()
    folder_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("search", theme, parent)
        self.say(
            self.tr("Search your own files by meaning"),
            self.tr(
                "Choose folders: mmsearch reads the pictures, videos, sounds and code in them, and "
                "from then on you find them by describing them, or by an example. Nothing leaves "
                "this computer, and nothing in your folders is changed."
            ),
            (
                (self.tr("Add folders…"), self.add_asked.emit),
                (self.tr("Try the sample collection"), self.sample_asked.emit),
            ),
        )
        self.inner.addSpacing(8)
        self._add_likely_folders()
        self.inner.addWidget(self._made_drop_zone())

    def _add_likely_folders(self) -> None:
        folders = likely_folders()
        if not folders:
            return
        self.inner.addWidget(label(self.tr("LIKELY FOLDERS"), "heading"))
        holder = page(self)
        flow = FlowLayout(holder, gap_px=8)
        for folder in folders:
            made = button(folder.name, "suggestion")
            made.setToolTip(str(folder))
            made.clicked.connect(lambda _checked, folder=folder: self.folder_chosen.emit(folder))
            flow.addWidget(made)
        self.inner.addWidget(holder)
        self.inner.addSpacing(8)

    def _made_drop_zone(self) -> QFrame:
        zone = QFrame(self)
        zone.setObjectName("dropZone")
        text = label(self.tr("or drop folders anywhere in this window"), "secondary")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column(zone, margin_px=24).addWidget(text)
        return zone


def likely_folders() -> list[Path]:
    """Return the user's folders of pictures, films and music that exist and hold something."""
    place = QStandardPaths.StandardLocation
    wanted = (place.PicturesLocation, place.MoviesLocation, place.MusicLocation)
    names = (QStandardPaths.writableLocation(location) for location in wanted)
    folders = [Path(name) for name in dict.fromkeys(names) if name and Path(name) != Path.home()]
    return [folder for folder in folders if folder.is_dir() and any(folder.iterdir())]


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
        counts = [
            f"{number_text(n)} {kind_within(kind)}" for kind, n in status.by_modality.items() if n
        ]
        text = self.tr("In your library: {0}.").format(", ".join(counts)) if counts else ""
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
