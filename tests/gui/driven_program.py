"""The real program with a hand at its keyboard and mouse.

    python -m tests.gui.driven_program FOLDER PICTURE

Starts mmsearch as the command does and, once the window is there, drops FOLDER on it, searches and
looks at what is found. Events go in where those of the window system do, and each step waits for
what it needs to see. What is seen is printed, a line of JSON a step. When something does not come,
a picture of the screen is written to PICTURE and the exit code is 3.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable, Generator
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mmsearch.cli.app import main
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.viewer import Viewer
from tests.gui.mime import drag_into, drop_on, mime_of

LOOKS_EVERY_MS = 20
PATIENCE_S = 300
FAILED = 3

Steps = Generator[Callable[[], object], None, None]


class Hand(QObject):
    """Goes through the steps; each yields what it waits for."""

    def __init__(self, steps: Steps, picture: Path) -> None:
        super().__init__()
        self._steps, self._picture = steps, picture
        self._waits_for: Callable[[], object] = lambda: True
        self._since_s = time.monotonic()
        self._timer = QTimer(self, interval=LOOKS_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        self._timer.stop()  # a step lets the window work, and this is not to come in between
        try:
            if self._waits_for():
                self._waits_for, self._since_s = next(self._steps), time.monotonic()
            elif time.monotonic() - self._since_s > PATIENCE_S:
                raise TimeoutError("the window did not get there")
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 - whatever it is ends the program, with a picture of it
            self._give_up()
            return
        self._timer.start()

    def _give_up(self) -> None:
        traceback.print_exc()
        step: Steps | None = self._steps
        while step is not None and step.gi_frame is not None:
            print(f"in {step.__qualname__}, line {step.gi_frame.f_lineno}", file=sys.stderr)
            step = step.gi_yieldfrom
        sys.stderr.flush()
        QApplication.primaryScreen().grabWindow(0).save(str(self._picture))
        QApplication.exit(FAILED)


class Driver:
    """Looks at the window, and moves the mouse and the keys."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window, self._parts, self._folder = window, window.parts, folder

    def steps(self) -> Steps:
        """All of it, from the first page to the end of the program."""
        parts = self._parts
        yield lambda: parts.stack.currentWidget() is parts.first_run
        self._window.activateWindow()
        yield self._window.isActiveWindow
        yield from self._drop_and_index()
        yield from self._search("lighthouse by the sea")
        yield from self._see_preview(lambda: parts.preview.viewer.picture.has_picture())
        self._tell("preview", **self._seen(parts.preview.viewer))
        yield from self._look_quickly()
        yield from self._search("find a value in a sorted list")
        yield from self._see_preview(parts.preview.viewer.code.isVisible)
        self._tell("code", text=parts.preview.viewer.code.toPlainText())
        yield from self._search("heavy rain")
        yield from self._see_preview(parts.preview.viewer.media.isVisible)
        self._tell("sound", name=self._shown_name(parts.preview.viewer))
        self._key(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

    def _drop_and_index(self) -> Steps:
        data, drops = mime_of(self._folder), self._parts.drops
        drag_into(self._window, data)
        yield drops.isVisible
        drop_on(drops, data, QPoint(50, drops.height() // 2))
        yield lambda: self._parts.status.text().startswith("Done")
        names = [root.path.name for root in self._parts.root_model.roots()]
        self._tell("indexed", folders=names, words=self._parts.status.text())

    def _search(self, words: str) -> Steps:
        field, answers = self._parts.search_box.field, list[str]()
        self._click(field)
        yield field.hasFocus
        self._key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        for letter in words:
            self._key(Qt.Key(ord(letter.upper())))
        yield lambda: field.text() == words
        self._window.search.answered.connect(lambda answer: answers.append(answer.query.text))
        self._key(Qt.Key.Key_Return)
        yield lambda: words in answers and self._parts.results.isVisible()
        hits = self._parts.result_model.hits()
        self._tell("found", words=words, names=[hit.path.name for hit in hits[:3]])

    def _see_preview(self, is_there: Callable[[], bool]) -> Steps:
        viewer, hits = self._parts.preview.viewer, self._parts.result_model.hits()
        yield lambda: viewer.hit is hits[0] and is_there() and not self._window.jobs.n_waiting()

    def _look_quickly(self) -> Steps:
        grid, look = self._parts.results.grid, self._parts.quick_look
        self._click(grid.viewport(), grid.visualRect(self._parts.result_model.index(0)).center())
        yield grid.hasFocus
        self._key(Qt.Key.Key_Space)
        yield lambda: look.isVisible() and look.viewer.picture.has_picture()
        yield lambda: not self._window.jobs.n_waiting()
        self._tell("quick look", **self._seen(look.viewer))
        self._key(Qt.Key.Key_Right)
        yield lambda: grid.currentIndex().row() == 1
        self._tell("next", name=self._shown_name(look.viewer))
        self._key(Qt.Key.Key_Space)
        yield lambda: not look.isVisible()

    # Eyes and hands ------------------------------------------------------------------------

    def _tell(self, step: str, **seen: object) -> None:
        print(json.dumps({"step": step, **seen}), flush=True)

    def _shown_name(self, viewer: Viewer) -> str:
        return viewer.hit.path.name if viewer.hit is not None else ""

    def _seen(self, viewer: Viewer) -> dict[str, object]:
        """The name, and the mean colour of the picture as the screen shows it."""
        screen, view = viewer.screen(), viewer.picture
        place = view.mapToGlobal(QPoint(0, 0))
        area = view.target().toRect().translated(place)
        shown = screen.grabWindow(0, area.x(), area.y(), area.width(), area.height())
        mean = QColor(shown.scaled(1, 1, mode=Qt.TransformationMode.SmoothTransformation)
                      .toImage().pixel(0, 0))  # fmt: skip
        return {"name": self._shown_name(viewer), "mean": [mean.red(), mean.green(), mean.blue()]}

    def _click(self, widget: QWidget, at: QPoint | None = None) -> None:
        place = widget.mapTo(self._window, at or widget.rect().center())
        QTest.mouseClick(self._window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)

    def _key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self._window.windowHandle(), key, modifier)


def drive(folder: Path, picture: Path) -> int:
    """Run the program as the command without arguments does."""
    hands: list[Hand] = []
    start = MainWindow.start

    def start_and_drive(window: MainWindow) -> None:
        start(window)
        hands.append(Hand(Driver(window, folder).steps(), picture))

    MainWindow.start = start_and_drive  # type: ignore[method-assign]
    return main([])


if __name__ == "__main__":
    sys.exit(drive(Path(sys.argv[1]), Path(sys.argv[2])))
