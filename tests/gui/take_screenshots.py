"""Grabs the window in its states, from the real program over real folders, to look at.

    python -m tests.gui.take_screenshots --out shots [--platform xcb] [--language de] FOLDER...
    python -m tests.gui.take_screenshots --out resources --words "waves by the sea" FOLDER...

Indexes the folders into a fresh library and writes one PNG a state.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

WAIT_S = 600.0


class Camera:
    """A window over a fresh library, and what one does to bring it into a state."""

    def __init__(self, work: Path, out: Path, size: tuple[int, int], language: str) -> None:
        from mmsearch.gui.main_window import MainWindow
        from mmsearch.gui.running import library_opener, the_application
        from mmsearch.gui.theme import Theme, ThemeMode
        from mmsearch.gui.translating import install_language
        from mmsearch.gui.window_state import WindowState

        self.application = the_application()
        install_language(self.application, language)
        self.theme = Theme(self.application, ThemeMode.LIGHT)
        self.out = out
        out.mkdir(parents=True, exist_ok=True)
        self.window = MainWindow(
            library_opener(work / "library"),
            self.theme,
            WindowState(work / "window.ini"),
            work / "cache",
        )
        self.window.resize(*size)
        self.window.show()
        self.window.start()
        self.parts = self.window.parts
        self.wait_until(lambda: self.parts.stack.currentWidget() is not self.parts.opening)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        deadline_s = time.monotonic() + WAIT_S
        while not condition():
            if time.monotonic() > deadline_s:
                raise TimeoutError("the window did not get there")
            self.application.processEvents()
            time.sleep(0.002)

    def settle(self, least_s: float = 0.4) -> None:
        """Wait until nothing is being read or shown any more."""
        until_s = time.monotonic() + least_s
        self.wait_until(lambda: time.monotonic() > until_s and self.window.jobs.n_waiting() == 0)

    def shoot(self, name: str, *, settle: bool = True) -> None:
        if settle:
            self.settle()
        target = self.out / f"{name}.png"
        self.window.grab().save(str(target))
        click.echo(target)

    def index(self, folders: list[Path]) -> None:
        from mmsearch.gui.library_session import Indexing

        self.window.library_flow.add(folders)
        self.wait_until(lambda: self.parts.root_model.rowCount() == len(folders))
        self.wait_until(lambda: self._share_done() > 0.4)
        self.search("a dog")
        soon_s = time.monotonic() + 0.5
        self.wait_until(lambda: time.monotonic() > soon_s)
        self.shoot("indexing", settle=False)
        self.parts.search_box.clear()
        self.wait_until(lambda: self.window.library.indexing is Indexing.IDLE)

    def _share_done(self) -> float:
        found = re.search(r"([\d,.]+) (?:of|von) ([\d,.]+)", self.parts.status.text())
        if found is None:
            return 0.0
        n_done, n_all = (int(re.sub(r"[,.]", "", number)) for number in found.groups())
        return n_done / n_all

    def search(self, text: str, *, like: Path | None = None) -> None:
        box = self.parts.search_box
        act = partial(box.search_like, [like]) if like else partial(box.set_text, text)
        self.ask(act)

    def by_kind(self) -> None:
        from mmsearch.gui.view_button import ResultView

        self.ask(partial(self.parts.results.head.view_button.set_view, ResultView.KINDS))

    def ask(self, act: Callable[[], None]) -> None:
        """Do what asks something, and wait for the answer."""
        answers: list[object] = []
        connection = self.window.search.answered.connect(answers.append)
        act()
        self.wait_until(lambda: bool(answers))
        self.window.search.answered.disconnect(connection)

    def only(self, kind: str | None) -> None:
        from mmsearch.types import Modality

        self.parts.kinds.clear()
        if kind is not None:
            self.parts.kinds.toggle(Modality(kind))

    def close(self) -> None:
        self.window.close()


def shoot_states(camera: Camera, folders: list[Path]) -> None:
    """Bring the window into one state after the other."""
    from PySide6.QtCore import QMimeData, QUrl

    from mmsearch.gui.theme import ThemeMode
    from mmsearch.gui.view_button import ResultView

    parts = camera.parts
    camera.shoot("first-run")
    camera.index(folders)
    camera.shoot("home")
    camera.search("a dog running on grass")
    camera.shoot("results")
    camera.window.next_theme()
    camera.shoot("results-dark")
    parts.results.grid.set_zoom(0)
    camera.shoot("results-small-dark")
    camera.theme.set_mode(ThemeMode.LIGHT)
    parts.results.grid.set_zoom(4)
    camera.shoot("results-large")
    parts.results.grid.set_zoom(2)
    parts.results.head.view_button.set_view(ResultView.LIST)
    camera.shoot("list")
    parts.results.head.view_button.set_view(ResultView.ROWS)
    camera.shoot("shapes")
    camera.by_kind()
    camera.shoot("kinds")
    camera.window.next_theme()
    camera.shoot("kinds-dark")
    camera.theme.set_mode(ThemeMode.LIGHT)
    parts.results.head.view_button.set_view(ResultView.GRID)
    camera.search("photos of the sea without people size:<50MB")
    camera.shoot("chips")
    parts.search_box.type_text("the sea date:", 13)
    camera.shoot("completion")
    parts.completions.hide()
    parts.filters.set_filters("ext:jpg")
    camera.search("a dog running on grass")
    camera.window.actions_by_name["save_search"].trigger()
    camera.shoot("filters")
    parts.saved.field.left.emit()
    parts.filters.reset()
    shots = (
        ("code", "read a json file"),
        ("video", "a car on a road"),
        ("audio", "rain and thunder"),
    )
    for kind, words in shots:
        camera.only(kind)
        camera.search(words)
        camera.shoot(kind)
        camera.window.next_theme()
        camera.shoot(f"{kind}-dark")
        camera.theme.set_mode(ThemeMode.LIGHT)
    camera.window.actions_by_name["quick_look"].trigger()
    camera.shoot("quick-look")
    parts.quick_look.close_look()
    camera.only(None)
    camera.search("zzz qqq xyzzy")
    camera.shoot("far")
    example = next((hit.path for hit in parts.result_model.hits()), None)
    if example is not None:
        camera.search("", like=example)
        camera.shoot("example")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder)) for folder in folders])
    parts.drops.offer(data)
    camera.shoot("drop")
    parts.drops.hide()
    camera.window.library_flow.show_errors()
    camera.shoot("errors")
    camera.window.library_flow.leave_aside()
    camera.window.actions_by_name["settings"].trigger()
    camera.shoot("settings")
    camera.window.library_flow.leave_aside()
    camera.window.actions_by_name["map"].trigger()
    camera.wait_until(parts.map.view.isVisible)
    camera.shoot("map")
    camera.window.library_flow.leave_aside()
    camera.window.actions_by_name["keys"].trigger()
    camera.shoot("keys")
    parts.key_sheet.hide()
    camera.window.resize(820, 700)
    camera.search("a dog")
    camera.shoot("narrow")


def shoot_results(camera: Camera, folders: list[Path], words: str) -> None:
    """One picture, as for README."""
    from mmsearch.gui.library_session import Indexing

    camera.window.library_flow.add(folders)
    camera.wait_until(lambda: camera.parts.status.text().startswith(("Done", "Fertig")))
    camera.wait_until(lambda: camera.window.library.indexing is Indexing.IDLE)
    camera.search(words)
    camera.settle()
    camera.parts.status.clear()
    camera.shoot("results")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--platform", default="offscreen")
    parser.add_argument("--size", default="1320x840")
    parser.add_argument("--language", default="en", help="en or de")
    parser.add_argument("--words", help="grab only one picture, of the results for these words")
    arguments = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = arguments.platform
    width, height = (int(side) for side in arguments.size.split("x"))
    with tempfile.TemporaryDirectory() as work:
        camera = Camera(Path(work), arguments.out, (width, height), arguments.language)
        try:
            folders = [folder.absolute() for folder in arguments.folders]
            if arguments.words:
                shoot_results(camera, folders, arguments.words)
            else:
                shoot_states(camera, folders)
        finally:
            camera.close()


if __name__ == "__main__":
    sys.exit(main())
