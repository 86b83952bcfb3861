"""One model on the settings page: what it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mmsearch.encode.models.folder import EMBEDDED
from mmsearch.encode.models.overview import ModelRow, ModelState
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.texts import kind_name, kind_within, size_text
from mmsearch.types import Modality


class ModelLine(QWidget):
    """Its name and state, what it encodes, its size and licence, and a button or two."""

    use_asked = Signal(str)
    remove_asked = Signal(str)
    get_asked = Signal(str)

    def __init__(self, model: ModelRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.use = self._made_button(self.tr("Use"), self.use_asked)
        self.remove = self._made_button(self.tr("Remove"), self.remove_asked)
        self.get = self._made_button(self.tr("Download"), self.get_asked)
        self._lay_out()
        is_embedded, is_used = model.id == EMBEDDED, model.state is ModelState.IN_USE
        self.use.setVisible(model.is_here and bool(model.kinds) and not is_used)
        if is_embedded:
            self.use.setText(self.tr("Use it alone"))
        self.remove.setVisible(model.is_here and not is_used and not is_embedded)
        self.get.setVisible(not model.is_here)

    def words(self) -> str:
        """Everything that it says about the model."""
        return f"{self._name()} {self._about()}"

    def _made_button(self, text: str, asked: object) -> QPushButton:
        made = button(text, "inline")
        made.setAccessibleName(f"{text}: {self.model.name}")
        made.clicked.connect(lambda: asked.emit(self.model.id))  # type: ignore[attr-defined]
        return made

    def _lay_out(self) -> None:
        words = column(gap_px=2)
        head = row(gap_px=8)
        head.addWidget(label(self._name(), "strong", elide=True))
        if self.model.state is ModelState.IN_USE:
            head.addWidget(label(self.tr("in use"), "key"))
        elif self.model.used_for:
            head.addWidget(label(self.tr("in use for the rest"), "key"))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(label(self._about(), "secondary", wrap=True))
        layout = row(self, gap_px=12)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addLayout(words, 1)
        for made in (self.use, self.get, self.remove):
            layout.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)

    def _name(self) -> str:
        if self.model.id == EMBEDDED:
            return self.tr("mini, which comes with mmsearch")
        return self.model.name

    def _about(self) -> str:
        model = self.model
        size = size_text(model.size_bytes)
        licence = model.licence.partition(";")[0] or self.tr("licence not stated")
        if model.non_commercial:
            licence = self.tr("{0}, not for commercial use").format(licence)
        size = size if model.is_here else self.tr("about {0}").format(size)
        return " · ".join((self._kinds(), size, licence))

    def _kinds(self) -> str:
        kinds = self.model.kinds
        if set(kinds) == set(Modality):
            return self.tr("Everything")
        if not kinds:
            return self.tr("Orders results anew")
        first, *rest = kinds
        return ", ".join((kind_name(first), *map(kind_within, rest)))
