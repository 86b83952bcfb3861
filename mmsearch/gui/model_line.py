"""One model on the settings page: what it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mmsearch.encode.models.folder import EMBEDDED
from mmsearch.encode.models.overview import ModelRow, ModelState
from mmsearch.encode.models.roles import Role
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.texts import kind_name, kind_within, size_text
from mmsearch.types import Modality


class ModelLine(QWidget):
    """Its name and state, what it encodes, its size and licence, and a button or two."""

    use_asked = Signal(str)
    remove_asked = Signal(str)
    get_asked = Signal(str)
    role_asked = Signal(str, object)
    """To ask the model for something beside encoding, or no more."""

    def __init__(self, model: ModelRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.use = self._made_button(self.tr("Use"), self.use_asked)
        self.remove = self._made_button(self.tr("Remove"), self.remove_asked)
        self.get = self._made_button(self.tr("Download"), self.get_asked)
        self.roles = {role: self._made_role(role) for role in model.roles if model.is_here}
        self._lay_out()
        is_embedded, is_used = model.id == EMBEDDED, model.state is ModelState.IN_USE
        is_chosen = is_used if is_embedded else model.is_encoding
        self.use.setVisible(model.is_here and bool(model.kinds) and not is_chosen)
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

    def _made_role(self, role: Role) -> QPushButton:
        is_asked = role in self.model.asked_for
        text = self.tr("Stop using") if is_asked else self.tr("Use")
        if self.model.kinds:
            names = {
                Role.CAPTIONS: (self.tr("Use for captions"), self.tr("Stop captions")),
                Role.RERANKER: (self.tr("Use to reorder"), self.tr("Stop reordering")),
            }
            text = names[role][is_asked]
        made = button(text, "inline")
        made.setAccessibleName(f"{text}: {self.model.name}")
        made.clicked.connect(lambda: self.role_asked.emit(self.model.id, role))
        return made

    def _lay_out(self) -> None:
        words = column(gap_px=2)
        head = row(gap_px=8)
        head.addWidget(label(self._name(), "strong", elide=True))
        for tag in self._tags():
            head.addWidget(label(tag, "key"))
        head.addStretch(1)
        words.addLayout(head)
        words.addWidget(label(self._about(), "secondary", wrap=True))
        if self.roles and self.model.kinds:
            ways = row(gap_px=12)
            for made in self.roles.values():
                ways.addWidget(made)
            ways.addStretch(1)
            words.addLayout(ways)
        layout = row(self, gap_px=12)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addLayout(words, 1)
        own = () if self.model.kinds else self.roles.values()
        for made in (self.use, *own, self.get, self.remove):
            layout.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)

    def _tags(self) -> list[str]:
        """What it is in use for."""
        model = self.model
        if model.used_for and model.state is not ModelState.IN_USE:
            return [self.tr("in use for the rest")]
        if not model.kinds or not model.asked_for:
            return [self.tr("in use")] if model.state is ModelState.IN_USE else []
        names = {
            Role.CAPTIONS: self.tr("in use for captions"),
            Role.RERANKER: self.tr("in use to reorder"),
        }
        own = [self.tr("in use")] if model.is_encoding else []
        return [*own, *(names[role] for role in model.asked_for)]

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
            names = {
                Role.SPEECH: self.tr("Writes down what is said"),
                Role.CAPTIONS: self.tr("Says what pictures show"),
                Role.RERANKER: self.tr("Orders results anew"),
            }
            return ", ".join(names[role] for role in self.model.roles) or names[Role.RERANKER]
        first, *rest = kinds
        return ", ".join((kind_name(first), *map(kind_within, rest)))
