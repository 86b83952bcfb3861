"""Thumbs up and down, joined with the results and the preview."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mmsearch.gui.preview_pane import PreviewPane
from mmsearch.gui.quick_look import QuickLook
from mmsearch.gui.verdicts import Verdict, Verdicts
from mmsearch.gui.window_parts import WindowParts


class VerdictFlow(QObject):
    """Says what the person says, and shows it: marks, buttons, the line above the results."""

    def __init__(self, parts: WindowParts, verdicts: Verdicts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._verdicts = verdicts
        for pane in (parts.preview, parts.quick_look):
            self._connect(pane)
        verdicts.shown.connect(self._show)

    def _connect(self, pane: PreviewPane | QuickLook) -> None:
        good, not_this = pane.verdict.good, pane.verdict.not_this
        good.clicked.connect(lambda: self._say_of_shown(pane, Verdict.GOOD))
        not_this.clicked.connect(lambda: self._say_of_shown(pane, Verdict.NOT_THIS))
        pane.hit_changed.connect(self._show_buttons)

    def like(self) -> None:
        """The selected results are right."""
        self._say(Verdict.GOOD)

    def dislike(self) -> None:
        """The selected results are not what was asked for."""
        self._say(Verdict.NOT_THIS)

    def _say(self, verdict: Verdict) -> None:
        if self._parts.quick_look.isVisible():
            self._say_of_shown(self._parts.quick_look, verdict)
            return
        hits = self._parts.results.grid.selected_hits()
        self._verdicts.judge([hit.path for hit in hits], verdict)

    def _say_of_shown(self, pane: PreviewPane | QuickLook, verdict: Verdict) -> None:
        hit = pane.viewer.hit
        if hit is not None:
            self._verdicts.judge([hit.path], verdict)
        if pane is self._parts.quick_look:
            pane.setFocus()

    def _show(self) -> None:
        self._parts.result_model.set_verdicts(self._verdicts.judged())
        self._show_buttons()

    def _show_buttons(self) -> None:
        for pane in (self._parts.preview, self._parts.quick_look):
            hit = pane.viewer.hit
            said = self._verdicts.judged().get(hit.path) if hit is not None else None
            pane.verdict.show_verdict(said)
