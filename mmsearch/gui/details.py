"""What a file says about itself, and why it was found: rows of names and values."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.layouts import WrappedLabel, label
from mmsearch.gui.texts import decimal_text, kind_of_one, match_name, number_text, size_text
from mmsearch.present.words import clock, date_words, locator_words, match_word
from mmsearch.types import Hit, LineRange, Metadata, TimeRange

Rows = list[tuple[str, str]]
_MOST_SHOWN = 300
"""Letters of the text of a picture; a scanned page has thousands."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)


def detail_rows(hit: Hit) -> Rows:
    """Rows about the file; what is not known is left out."""
    about = hit.metadata
    rows = [
        (_tr("Kind"), kind_of_one(hit.modality)),
        (_tr("Found"), _found_words(hit)),
        (_tr("Folder"), str(hit.path.parent)),
        (_tr("Size"), size_text(hit.size_bytes)),
        (_tr("Dimensions"), _dimensions(about)),
        (_tr("Duration"), clock(about.duration_s) if about.duration_s else ""),
        (_tr("Lines"), number_text(about.n_lines) if about.n_lines else ""),
        (_tr("Language"), about.language or ""),
        (_tr("Title"), about.title or ""),
        (_tr("Artist"), about.artist or ""),
        (_tr("Album"), about.album or ""),
        (_tr("Caption"), about.caption or ""),
        (_tr("Keywords"), ", ".join(about.tags)),
        (_tr("Text"), shorten(about.printed, _MOST_SHOWN, placeholder="…")),
        (_tr("Taken"), (about.taken_at or "").replace("T", " ")),
        (_tr("Camera"), about.camera or ""),
        (_tr("Place"), _place(about)),
        (_tr("Map"), _map_link(about)),
        (_tr("Changed"), date_words(hit.modified_at_s)),
        (_tr("Note"), "\n".join(map(engine_text, about.notes))),
    ]
    return [(name, value) for name, value in rows if value]


def why_rows(hit: Hit) -> Rows:
    """Rows about the scores; the only place where bare numbers are shown."""
    names = {
        "cosine": _tr("Cosine"),
        "normalised": _tr("Normalised"),
        "logit": _tr("Evidence"),
        "bank": _tr("Bank"),
        "meaning": _tr("From content"),
        "words": _tr("From words"),
        "name": _tr("From name"),
        "feedback": _tr("From verdicts"),
        "lexical": _tr("Words (BM25)"),
        "rerank": _tr("Reranked"),
    }
    match = f"{match_name(match_word(hit.match))} ({decimal_text(hit.match, 2)})"
    rows = [(_tr("Match"), match), (_tr("Rank"), str(hit.rank))]
    for name, value in hit.scores.items():
        shown = names.get(name, name.replace("cosine ", _tr("Cosine, ")))
        rows.append((shown, decimal_text(value, 3)))
    return rows


def _found_words(hit: Hit) -> str:
    match hit.locator:
        case TimeRange():
            return locator_words(hit.locator)
        case LineRange(first_line, last_line) if first_line == last_line and not hit.passages:
            return _tr("line {0}").format(first_line)
        case LineRange():
            places = map(locator_words, (hit.locator, *hit.passages))
            return _tr("lines {0}").format(", ".join(places))
        case _:
            return ""


def _dimensions(about: Metadata) -> str:
    if not about.width_px or not about.height_px:
        return ""
    return f"{number_text(about.width_px)} × {number_text(about.height_px)}"


def _place(about: Metadata) -> str:
    if about.latitude is None or about.longitude is None:
        return ""
    return f"{about.latitude:.5f}, {about.longitude:.5f}"


def _map_link(about: Metadata) -> str:
    """Where a map of the place is; a text to copy, as nobody here goes online."""
    if about.latitude is None or about.longitude is None:
        return ""
    place = f"mlat={about.latitude:.5f}&mlon={about.longitude:.5f}"
    return f"https://www.openstreetmap.org/?{place}"


class DetailsTable(QWidget):
    """Names on the left, values on the right; values can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, 80)
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Show other rows."""
        self._clear()
        for place, (name, value) in enumerate(rows):
            shown = WrappedLabel(value)
            shown.make_selectable()
            shown.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(label(name, "secondary"), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(shown, place, 1)

    def values(self) -> dict[str, str]:
        """What is shown, by name."""
        shown: Rows = []
        for place in range(self._grid.rowCount()):
            pair = [self._grid.itemAtPosition(place, column) for column in (0, 1)]
            widgets = [item.widget() for item in pair if item is not None]
            texts = [widget.text() for widget in widgets if isinstance(widget, QLabel)]
            if len(texts) == 2:
                shown.append((texts[0], texts[1]))
        return dict(shown)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
