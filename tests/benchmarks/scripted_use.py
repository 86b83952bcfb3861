"""What a person does with the window, as a script: a round visits everything once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageOps
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from mmsearch.gui.library_session import Indexing
from mmsearch.gui.media_view import MediaView
from mmsearch.gui.theme import ThemeMode
from mmsearch.gui.view_button import ResultView
from mmsearch.present.arrangement import Order
from mmsearch.types import Modality
from tests.benchmarks.window import Stage

SEARCHES = (
    "a dog on a beach", "city at night", "rain", "sort a list", "photos of mountains -snow",
    "videos of the sea", "a red ball", "church bells", "read a file type:code", "clock",
)  # fmt: skip


class ScriptedUse:
    """One window over a real library; everything happens as fast as the window allows."""

    def __init__(self, stage: Stage, inbox: Path) -> None:
        self._stage, self._inbox = stage, inbox
        self._window, self._parts = stage.window, stage.parts
        self._n_rounds = 0

    def add(self, folders: Sequence[Path]) -> None:
        """Add folders and wait until they are indexed."""
        self._window.library_flow.add(folders)
        self._until_indexed()

    def round(self) -> None:
        """Do everything once."""
        words = SEARCHES[self._n_rounds % len(SEARCHES)]
        self._n_rounds += 1
        for act in (
            lambda: self._search(words),
            self._scroll,
            self._look_at_previews,
            self._look_quickly,
            self._order_and_list,
            self._filter,
            self._judge,
            self._find_similar,
            self._keep_search,
            lambda: self._play(Modality.VIDEO, "the sea"),
            lambda: self._play(Modality.AUDIO, "rain"),
            self._open_menus,
            self._visit_pages,
            self._index_a_change,
        ):
            act()
            self._rest()

    def _act(self, name: str) -> None:
        self._window.actions_by_name[name].trigger()

    def _rest(self) -> None:
        """Until nothing works in the background and what is to be deleted is."""
        self._stage.until(lambda: self._window.jobs.n_waiting() == 0, 300)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _until_indexed(self) -> None:
        self._stage.until(lambda: self._window.library.indexing is Indexing.RUNNING, 60)
        self._stage.until(lambda: self._window.library.indexing is Indexing.IDLE, 600)
        self._rest()

    # Searching ---------------------------------------------------------------------------------

    def _search(self, words: str) -> None:
        field = self._parts.search_box.field
        field.clear()
        field.setFocus()
        for letter in words:
            QTest.keyClicks(field, letter)
            self._stage.run_for(0.01)
        self._stage.ask(lambda: QTest.keyClick(field, Qt.Key.Key_Return))

    def _find_similar(self) -> None:
        self._parts.results.grid.select_row(0)
        self._stage.ask(lambda: self._act("similar"))
        self._act("escape")

    def _filter(self) -> None:
        self._stage.ask(lambda: self._parts.kinds.toggle(Modality.IMAGE))
        self._stage.ask(lambda: self._parts.filters.set_filters("ext:jpg size:<50MB"))
        self._stage.ask(lambda: self._parts.filters.set_filters(""))
        self._stage.ask(self._parts.kinds.clear)

    def _judge(self) -> None:
        self._parts.results.grid.select_row(1)
        for name in ("like", "undo", "dislike", "undo"):
            self._stage.ask(lambda name=name: self._act(name))

    def _keep_search(self) -> None:
        self._search("kept")
        self._act("save_search")
        QTest.keyClick(self._parts.saved.field, Qt.Key.Key_Return)
        self._rest()
        self._parts.saved.forget_asked.emit("kept")

    # Looking -----------------------------------------------------------------------------------

    def _scroll(self) -> None:
        grid = self._parts.results.grid
        for zoom in (0, 4, 2):
            grid.set_zoom(zoom)
            bar = grid.verticalScrollBar()
            for place in (*range(0, bar.maximum(), max(1, grid.viewport().height() // 2)), 0):
                bar.setValue(place)
                self._stage.run_for(0.02)

    def _look_at_previews(self) -> None:
        for row in range(min(8, len(self._parts.result_model.hits()))):
            self._parts.results.grid.select_row(row)
            self._rest()
        self._parts.preview.viewer.picture.toggle_zoom()

    def _look_quickly(self) -> None:
        self._parts.results.grid.select_row(0)
        self._act("quick_look")
        for _ in range(6):
            self._rest()
            QTest.keyClick(self._parts.quick_look, Qt.Key.Key_Right)
        QTest.keyClick(self._parts.quick_look, Qt.Key.Key_Space)

    def _order_and_list(self) -> None:
        for order in (Order.NAME, Order.NEWEST, Order.LARGEST, Order.MATCH):
            self._parts.results.head.set_order(order)
            self._stage.run_for(0.01)
        for _ in ResultView:
            self._act("view")
            self._rest()

    def _play(self, kind: Modality, words: str) -> None:
        self._parts.kinds.toggle(kind)
        self._search(words)
        self._rest()
        media = self._parts.preview.viewer.media
        media.toggle()
        self._mute(media)
        self._stage.run_for(0.6)
        media.release()
        self._stage.ask(self._parts.kinds.clear)

    def _mute(self, media: MediaView) -> None:
        if media._player is not None:
            media._player._sound.setMuted(True)

    # The rest of the window --------------------------------------------------------------------

    def _open_menus(self) -> None:
        grid = self._parts.results.grid
        place = grid.visualRect(self._parts.result_model.index(0)).center()
        root = self._parts.root_model.roots()[0]
        panel = self._parts.folders
        row = panel.list.visualRect(self._parts.root_model.index(0)).center()
        assert root.path
        shows: tuple[Callable[[], object], ...] = (
            lambda: grid.customContextMenuRequested.emit(place),
            lambda: panel.list.customContextMenuRequested.emit(row),
            self._parts.menu_button.click,
        )
        for show in shows:
            show()
            self._stage.run_for(0.05)
            shown = QApplication.activePopupWidget()
            assert isinstance(shown, QMenu)
            shown.close()

    def _visit_pages(self) -> None:
        for mode in (ThemeMode.DARK, ThemeMode.LIGHT):
            self._stage.theme.set_mode(mode)
            for name in ("map", "settings", "errors", "keys"):
                self._act(name)
                self._rest()
                self._stage.run_for(0.05)
                self._zoom_the_map()
                self._act("escape")
        self._parts.settings.hubness_asked.emit()
        self._rest()
        self._act("escape")
        for width in (820, 1600):
            self._window.resize(width, 1000)
            self._stage.run_for(0.05)

    def _zoom_the_map(self) -> None:
        view = self._parts.map.view
        if view.isVisible():
            view.zoom_by(3.0)
            QTest.mouseMove(view, QPoint(view.width() // 2, view.height() // 2))
            self._stage.run_for(0.1)
            view.zoom_by(1 / 3.0)

    def _index_a_change(self) -> None:
        """A changed, a new and a vanished file, and a folder that comes and goes."""
        pictures = sorted(self._inbox.glob("*.jpg"))
        changed = pictures[self._n_rounds % len(pictures)]
        with Image.open(changed) as picture:
            mirrored = ImageOps.mirror(picture.convert("RGB"))
        mirrored.save(changed, quality=90 - self._n_rounds % 10)
        shutil.copy(changed, self._inbox / f"copy {self._n_rounds}.jpg")
        (self._inbox / f"copy {self._n_rounds - 1}.jpg").unlink(missing_ok=True)
        self._act("index")
        self._until_indexed()
