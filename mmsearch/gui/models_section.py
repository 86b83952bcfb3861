"""The models on the settings page: those that are here, those that may be had, one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from mmsearch.encode.models.overview import ModelRow
from mmsearch.gui.layouts import button, column, label, row
from mmsearch.gui.model_line import ModelLine
from mmsearch.gui.question_bar import QuestionBar
from mmsearch.gui.texts import about_time, counted
from mmsearch.gui.theme import Theme


class ModelsSection(QWidget):
    """Shows models and says what is asked for; it changes nothing itself."""

    use_asked = Signal(str)
    switch_asked = Signal(str)
    """To use a model, after its cost was shown."""
    role_asked = Signal(str, object)
    """To ask a model for something beside encoding, or no more."""
    remove_asked = Signal(str)
    get_asked = Signal(str)
    add_asked = Signal(object)
    stop_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[ModelLine] = []
        self._here = column(gap_px=4)
        self._others = QWidget(self)
        column(self._others, gap_px=4)
        self.more = button("", "inline")
        self.more.clicked.connect(lambda: self._show_others(not self._others.isVisibleTo(self)))
        self.add = button(self.tr("Add from file…"), "inline")
        self.add.clicked.connect(self._choose)
        self.question = QuestionBar(theme, self)
        self.question.setObjectName("question")  # without the margins that it has above results
        self.trouble = label("", "error", wrap=True)
        self.busy = label("", "secondary", wrap=True)
        self.stop = button(self.tr("Stop"), "inline")
        self.stop.clicked.connect(self.stop_asked)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Download"))
        self._lay_out()
        self.show_busy("")
        self.show_trouble("")
        self._show_others(False)

    def show_models(self, models: Sequence[ModelRow]) -> None:
        """Show other models; which part of the list is open stays."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._made_line(model) for model in models]
        others = self._others.layout()
        assert others is not None
        for line in self.lines:
            (self._here if line.model.is_here else others).addWidget(line)
        self._show_others(self._others.isVisibleTo(self))

    def ask_switch(self, model: ModelRow, n_files: int, time_s: float) -> None:
        """Say what it costs to use a model, and ask whether it is to be done."""
        question = self.tr("Use “{0}” from now on?").format(model.name)
        if n_files:
            files = counted(n_files, self.tr("{n} file"), self.tr("{n} files"))
            hint = self.tr(
                "{0} will be encoded anew, which takes {1}. Until then the model before answers."
            ).format(files, about_time(time_s))
        else:
            hint = self.tr("The library is empty: it costs nothing.")
        answers = (
            (self.tr("Leave it"), lambda: None),
            (self.tr("Use it"), lambda: self.switch_asked.emit(model.id)),
        )
        self.question.ask(question, hint, answers)

    def ask_remove(self, model: ModelRow) -> None:
        """Ask before a model is deleted: a download may have taken long."""
        question = self.tr("Delete “{0}” from this computer?").format(model.name)
        answers = (
            (self.tr("Keep it"), lambda: None),
            (self.tr("Delete it"), lambda: self.remove_asked.emit(model.id)),
        )
        self.question.ask(question, "", answers)

    def show_busy(self, text: str, share: float | None = None, *, stoppable: bool = False) -> None:
        """Say what is being done, and how much of it is done; an empty text for nothing."""
        self.busy.setText(text)
        self.busy.setVisible(bool(text))
        self.stop.setVisible(bool(text) and stoppable)
        self.progress.setVisible(bool(text) and share is not None)
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * (share or 0)))
        self.add.setEnabled(not text)
        for line in self.lines:
            line.setEnabled(not text)

    def show_trouble(self, text: str) -> None:
        """Say why something did not go; an empty text for nothing."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def line(self, model_id: str) -> ModelLine:
        """The line of a model."""
        return next(line for line in self.lines if line.model.id == model_id)

    def _made_line(self, model: ModelRow) -> ModelLine:
        line = ModelLine(model, self)
        line.use_asked.connect(self.use_asked)
        line.role_asked.connect(self.role_asked)
        line.remove_asked.connect(lambda _id: self.ask_remove(model))
        line.get_asked.connect(self.get_asked)
        return line

    def _show_others(self, shown: bool) -> None:
        n = sum(not line.model.is_here for line in self.lines)
        more = counted(n, self.tr("{n} model to download…"), self.tr("{n} models to download…"))
        self.more.setText(self.tr("Hide models to download") if shown else more)
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(n > 0)
        self._others.setVisible(shown)

    def _choose(self) -> None:
        title = self.tr("Choose a file of the model: its configuration or its weights")
        models = "*.json *.safetensors *.bin *.pt *.pth *.ckpt"
        dialog = QFileDialog(
            self.window(), title, str(Path.home()), self.tr("Models ({0})").format(models)
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.add_asked.emit(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        layout = column(self, gap_px=4)
        layout.addLayout(self._here)
        layout.addWidget(self.question)
        layout.addWidget(self.trouble)
        working = row(gap_px=12)
        working.addWidget(self.busy, 1)
        working.addWidget(self.stop)
        layout.addLayout(working)
        layout.addWidget(self.progress)
        ways = row(gap_px=16)
        ways.addWidget(self.add)
        ways.addWidget(self.more)
        ways.addStretch(1)
        layout.addLayout(ways)
        layout.addWidget(self._others)
