"""The right column: one hit large, what it is, and why it was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from mmsearch.gui.clip_row import ClipRow
from mmsearch.gui.details import DetailsTable, detail_rows
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import column, label, page, row
from mmsearch.gui.theme import Theme
from mmsearch.gui.verdict_line import VerdictButtons
from mmsearch.gui.viewer import Preview, Viewer
from mmsearch.gui.why_panel import WhyPanel
from mmsearch.types import Hit, Modality

_ICON_INSET_PX = 6
"""Flat buttons have so much air around their icons; texts stand under the icons."""
_LEAST_PX, _SOUND_PX, _CONTROLS_PX = 120, 216, 96


class PreviewPane(QWidget):
    """Follows the current hit of the grid."""

    open_asked = Signal(object)
    reveal_asked = Signal(object)
    similar_asked = Signal(object)
    copy_path_asked = Signal(object)
    edit_asked = Signal(object)
    hit_changed = Signal()

    def __init__(self, preview: Preview, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(260)
        self.setAccessibleName(self.tr("Preview"))
        self.viewer = Viewer(preview, theme, self)
        self.clip = ClipRow(preview.jobs, theme, self)
        self.viewer.media.clip_asked.connect(self.clip.ask_where)
        self.details = DetailsTable(self)
        self.why = WhyPanel(theme, self)
        self.edit = IconButton("edit", self.tr("Open in the editor at the found line (E)"), theme)
        self.edit.clicked.connect(lambda: self._ask(self.edit_asked))
        self.verdict = VerdictButtons(theme, self)
        self._name = label("", "large", elide=True)
        self._buttons = self._made_buttons(theme)
        self._body = page(self)
        self._nothing = label(self.tr("Select a result to see it here."), "secondary", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.show_hit(None)

    def _made_buttons(self, theme: Theme) -> QWidget:
        made = QWidget(self)
        layout = row(made, gap_px=4)
        wanted = (
            ("open", self.tr("Open (Enter)"), self.open_asked),
            ("reveal", self.tr("Show in folder (Ctrl+Enter)"), self.reveal_asked),
            ("copy", self.tr("Copy path (Ctrl+Shift+C)"), self.copy_path_asked),
            ("similar", self.tr("Find similar (Ctrl+F)"), self.similar_asked),
        )
        for icon_name, text, signal in wanted:
            made_button = IconButton(icon_name, text, theme, made)
            made_button.clicked.connect(lambda _checked, signal=signal: self._ask(signal))
            layout.addWidget(made_button)
        layout.addStretch(1)
        return made

    def _ask(self, signal: SignalInstance) -> None:
        if self.viewer.hit is not None:
            signal.emit(self.viewer.hit)

    def _lay_out(self) -> None:
        words = page(self)
        texts = column()
        texts.setContentsMargins(_ICON_INSET_PX, 8, 0, 0)
        texts.addWidget(label(self.tr("WHY THIS RESULT"), "heading"))
        texts.addWidget(self.why)
        texts.addSpacing(8)
        texts.addWidget(label(self.tr("DETAILS"), "heading"))
        texts.addWidget(self.details)
        texts.addStretch(1)
        name = row()
        name.setContentsMargins(_ICON_INSET_PX, 0, 0, 0)
        name.addWidget(self._name, 1)
        inner = column(words)
        inner.setContentsMargins(16 - _ICON_INSET_PX, 8, 16, 16)
        inner.addLayout(name)
        buttons = row(gap_px=4)
        buttons.addWidget(self._buttons)
        buttons.addWidget(self.edit)
        buttons.addStretch(1)
        buttons.addWidget(self.verdict)
        inner.addLayout(buttons)
        inner.addLayout(texts)
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.tr("Details"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(words)
        body = column(self._body, gap_px=8)
        body.setContentsMargins(0, 12, 0, 0)
        holder = row()
        holder.setContentsMargins(16, 0, 16, 0)
        holder.addWidget(self.viewer)
        body.addLayout(holder)
        clip = row()
        clip.setContentsMargins(16, 0, 16, 0)
        clip.addWidget(self.clip)
        body.addLayout(clip)
        body.addWidget(scroll, 1)
        layout = column(self, gap_px=0)
        layout.addWidget(self._body)
        layout.addWidget(self._nothing)

    def show_hit(self, hit: Hit | None) -> None:
        """Show another hit, or say that there is none."""
        self._body.setVisible(hit is not None)
        self._nothing.setVisible(hit is None)
        self.viewer.show_hit(hit)
        if hit is not None:
            self.details.show_rows(detail_rows(hit))
            self.why.show_hit(hit)
            self.edit.setVisible(hit.modality is Modality.CODE)
            self._name.setText(hit.path.name)
            self._fit_viewer()
        self.hit_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture."""
        super().resizeEvent(event)
        self._fit_viewer()

    def _fit_viewer(self) -> None:
        """As high as the picture needs at this width; code gets more than half of the column."""
        hit = self.viewer.hit
        if hit is None:
            return
        width, most = self.width() - 32, self.height() * 6 // 10
        about = hit.metadata
        if hit.modality is Modality.CODE:
            wanted = most
        elif hit.modality is Modality.AUDIO:
            wanted = _SOUND_PX
        elif about.width_px and about.height_px:
            wanted = width * about.height_px // about.width_px
        else:
            wanted = width * 3 // 4
        if hit.modality is Modality.VIDEO:
            wanted += _CONTROLS_PX
        self.viewer.setFixedHeight(max(_LEAST_PX, min(most, wanted)))
