"""One window a library: whoever starts another one brings the first to the front."""

from __future__ import annotations

import getpass
import logging
import os
from hashlib import blake2b
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

logger = logging.getLogger(__name__)

_PATIENCE_MS = 1_000
_TOKEN = "XDG_ACTIVATION_TOKEN"
"""Where Wayland hands a starting program the right to come to the front."""


def socket_name(library: Path) -> str:
    """The name of a library's local socket: the same for every path that leads to it."""
    key = f"{getpass.getuser()}\0{os.path.realpath(library)}"
    return f"mmsearch-{blake2b(key.encode('utf-8', 'surrogateescape'), digest_size=8).hexdigest()}"


class SingleInstance(QObject):
    """Owns the library's local socket, or knocks on it. Nothing but this computer can reach it."""

    asked = Signal(str)
    """Another start wants this window in front; with its activation token, which may be empty."""

    def __init__(self, library: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = socket_name(library)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Whether this is the first; if not, the first one has been told to come to the front."""
        if self._knock():
            return False
        if self._server.listen(self._name):
            return True
        # Somebody else has started at this moment, or was killed and left the socket behind.
        if self._knock():
            return False
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            # Better two windows than none; writing is held apart by the library's own lock.
            logger.warning("no local socket %s: %s", self._name, self._server.errorString())
        return True

    def release(self) -> None:
        """Let the next start be the first."""
        self._server.close()

    def _knock(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            return False
        socket.write(f"{os.environ.get(_TOKEN, '')}\n".encode())
        socket.waitForBytesWritten(_PATIENCE_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.canReadLine():
            line = bytes(socket.readLine().data())
            self.asked.emit(line.decode("utf-8", "replace").strip())


def bring_to_front(window: QWidget, token: str) -> None:
    """Show a window above the others, also when it is minimised."""
    if token:
        os.environ[_TOKEN] = token  # Qt takes it from there
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
