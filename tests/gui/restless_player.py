"""Plays a sound and stops again many times, while other threads want the interpreter, too.

python -m tests.gui.restless_player SOUND N_TIMES
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from mmsearch.gui.player import Player


def main(sound: Path, n_times: int) -> None:
    application = QApplication([])
    qInstallMessageHandler(lambda *_: None)
    for _ in range(2):
        threading.Thread(target=_work, daemon=True).start()
    for _ in range(n_times):
        player, positions = Player(), list[float]()
        player.position_changed.connect(positions.append)
        player.play(sound, 0.5)
        while len(positions) < 3:
            application.processEvents()
        player.seek(1.0)
        player.close()
        player.deleteLater()
    print("done", flush=True)
    os._exit(0)  # the other threads never end


def _work() -> None:
    while True:
        sum(range(1000))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
