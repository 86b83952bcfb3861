"""Thumbs up and down, joined with the results and the preview."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mmsearch.gui.verdicts import Verdict, Verdicts
from mmsearch.gui.window_parts import WindowParts


class VerdictFlow(QObject):
    """Says what the person says, and shows it: marks, buttons, the line above the results."""

    def __init__(self, parts: WindowParts, verdicts: Verdicts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._verdicts = verdicts
        buttons = parts.preview.verdict
        buttons.good.clicked.connect(lambda: self._say_of_shown(Verdict.GOOD))
        buttons.not_this.clicked.connect(lambda: self._say_of_shown(Verdict.NOT_THIS))
        verdicts.shown.connect(self._show)
        parts.preview.hit_changed.connect(self._show_buttons)

    def like(self) -> None:
        """The selected results are right."""
        self._say(Verdict.GOOD)

    def dislike(self) -> None:
        """The selected results are not what was asked for."""
        self._say(Verdict.NOT_THIS)

    def _say(self, verdict: Verdict) -> None:
        hits = self._parts.results.grid.selected_hits()
        self._verdicts.judge([hit.path for hit in hits], verdict)

    def _say_of_shown(self, verdict: Verdict) -> None:
        hit = self._parts.preview.viewer.hit
        if hit is not None:
            self._verdicts.judge([hit.path], verdict)

    def _show(self) -> None:
        self._parts.result_model.set_verdicts(self._verdicts.judged())
        self._show_buttons()

    def _show_buttons(self) -> None:
        hit = self._parts.preview.viewer.hit
        said = self._verdicts.judged().get(hit.path) if hit is not None else None
        self._parts.preview.verdict.show_verdict(said)
