"""Playing films and sounds through QtMultimedia, which is loaded only when needed."""

from __future__ import annotations

import importlib
import logging
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QCoreApplication, QLoggingCategory, QObject, QUrl, Signal

from mmsearch.errors import UserError

logger = logging.getLogger(__name__)

# What matters comes as a signal; the rest is news about sound servers and decoders that are not
# there. Whoever wants it sets QT_LOGGING_RULES, which goes before this.
_QUIET = "qt.multimedia.*=false"


def _tr(text: str) -> str:
    return QCoreApplication.translate("player", text)


def load_multimedia() -> ModuleType:
    """Import QtMultimedia. Raises UserError when one of its system libraries is missing."""
    QLoggingCategory.setFilterRules(_QUIET)
    try:
        return importlib.import_module("PySide6.QtMultimedia")
    except ImportError as error:
        raise UserError(
            _tr("Playing is not possible here: a system library is missing."),
            _tr("{0}. On Debian or Ubuntu, install libpulse0.").format(error),
        ) from error


def _learn_overrides(one: QObject) -> None:
    """Let PySide learn now that no class of Python overrides disconnectNotify of this object.

    The first time it needs the interpreter to find out. If that time comes when the thread of the
    sound ends, that thread waits for the window to let go of the interpreter, while the window,
    in stop() or setSource(), waits for it: forever, about once in 25 times on a busy machine.
    """
    one.destroyed.connect(_ignore)
    one.destroyed.disconnect(_ignore)


def _ignore() -> None:
    """Nobody wants to know."""


class Player(QObject):
    """One film or sound that starts at a given moment."""

    position_changed = Signal(float)
    playing_changed = Signal(bool)
    duration_known = Signal(float)
    frame_shown = Signal(object)
    """A QImage."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Raise UserError where QtMultimedia cannot be loaded."""
        super().__init__(parent)
        multimedia = load_multimedia()
        self._states = multimedia.QMediaPlayer.PlaybackState
        self._statuses = multimedia.QMediaPlayer.MediaStatus
        self._player = multimedia.QMediaPlayer(self)
        self._sound = multimedia.QAudioOutput(self)
        self._sink = multimedia.QVideoSink(self)
        self._player.setAudioOutput(self._sound)
        self._player.setVideoSink(self._sink)
        self._start_ms = 0
        self._starting = False
        for one in (self._player, self._sound, self._sink):
            _learn_overrides(one)
        self._connect()

    def _connect(self) -> None:
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.positionChanged.connect(lambda ms: self.position_changed.emit(ms / 1000))
        self._player.durationChanged.connect(lambda ms: self.duration_known.emit(ms / 1000))
        self._player.playbackStateChanged.connect(self._on_state)
        self._player.errorOccurred.connect(lambda _error, text: self.failed.emit(text))
        self._sink.videoFrameChanged.connect(self._on_frame)

    def play(self, path: Path, start_s: float) -> None:
        """Open a file and play it from a moment on."""
        self._start_ms = max(0, round(start_s * 1000))
        self._starting = True
        self._player.setSource(QUrl.fromLocalFile(str(path)))

    def toggle(self) -> None:
        """Pause, or go on."""
        if self.is_playing():
            self._player.pause()
        else:
            self._player.play()

    def seek(self, at_s: float) -> None:
        """Go to a moment."""
        self._player.setPosition(max(0, round(at_s * 1000)))

    def is_playing(self) -> bool:
        """Whether it runs."""
        return bool(self._player.playbackState() == self._states.PlayingState)

    def close(self) -> None:
        """Stop and let go of the file."""
        self._starting = False
        self._player.stop()
        self._player.setSource(QUrl())

    def _on_status(self, status: object) -> None:
        ready = (self._statuses.LoadedMedia, self._statuses.BufferedMedia)
        if self._starting and status in ready:
            self._starting = False
            self._player.setPosition(self._start_ms)
            self._player.play()

    def _on_state(self, state: object) -> None:
        self.playing_changed.emit(state == self._states.PlayingState)

    def _on_frame(self, frame: Any) -> None:
        if frame.isValid():
            self.frame_shown.emit(frame.toImage())
