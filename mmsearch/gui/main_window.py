"""The window: its parts, what joins them, its keys, and its manners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from mmsearch.gui.clip_drag import ClipDrag
from mmsearch.gui.completion_flow import CompletionFlow
from mmsearch.gui.door import OpenLibrary
from mmsearch.gui.filter_flow import FilterFlow
from mmsearch.gui.folder_flows import FolderFlows
from mmsearch.gui.hit_actions import HitActions
from mmsearch.gui.hub_flow import HubFlow
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.library_flow import LibraryFlow
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.map_flow import MapFlow
from mmsearch.gui.picture_copy import PictureCopy
from mmsearch.gui.pop_up import pop_up
from mmsearch.gui.saved_flow import SavedFlow
from mmsearch.gui.screen_flow import ScreenFlow
from mmsearch.gui.search_flow import SearchFlow
from mmsearch.gui.search_session import SearchSession
from mmsearch.gui.settings_flow import SettingsFlow
from mmsearch.gui.stack_flow import StackFlow
from mmsearch.gui.theme import Theme, ThemeMode
from mmsearch.gui.trash_flow import TrashFlow
from mmsearch.gui.verdict_flow import VerdictFlow
from mmsearch.gui.window_actions import made_actions
from mmsearch.gui.window_menu import made_menu
from mmsearch.gui.window_parts import WindowParts
from mmsearch.gui.window_state import WindowState
from mmsearch.types import Modality

NARROW_PX = 900
"""Below, there is no room for the preview column; the quick look takes its place."""
_LEAST_PX = 560
"""The folders and two columns of results fit; the preview does not count, as it gives way."""


class MainWindow(QMainWindow):
    """Takes what opens the library, so that the window is there before the library is."""

    def __init__(
        self,
        open_library: OpenLibrary,
        theme: Theme,
        state: WindowState,
        cache_folder: Path,
        *,
        index_at_start: bool = True,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._state = state
        self.setWindowTitle("mmsearch")
        self.setAcceptDrops(True)
        self.setMinimumWidth(_LEAST_PX)
        self.jobs = Jobs(self)
        self.library = LibrarySession(self.jobs, open_library, self)
        self.search = SearchSession(self.jobs, self)
        self.parts = WindowParts(theme, self.jobs, cache_folder)
        self.setCentralWidget(self.parts)
        self.parts.curves.follow(self.library, self.search)
        self.hits = HitActions(self.parts)
        self.search_flow = SearchFlow(self.parts, self.search, cache_folder / "pasted")
        self.screen_flow = ScreenFlow(self.parts, theme, cache_folder / "pasted")
        self.library_flow = LibraryFlow(
            self.parts, self.library, self.search, state, index_at_start=index_at_start
        )
        self.folder_flows = FolderFlows(self.parts, self.jobs, self.library, state, theme)
        self.filter_flow = FilterFlow(self.parts, self.jobs)
        self.filter_flow.asked.connect(self.search_flow.ask)
        self.search.answered.connect(lambda answer: self.filter_flow.count(answer.query))
        self.search.cleared.connect(lambda: self.filter_flow.count(self.search.query))
        self.library.opened.connect(self.filter_flow.set_library)
        self.library.contents_changed.connect(lambda _contents: self.filter_flow.count_again())
        self.settings_flow = SettingsFlow(
            self.parts, self.jobs, self.library, self.search, theme, state, cache_folder
        )
        self.settings_flow.theme_chosen.connect(self._choose_theme)
        self.hub_flow = HubFlow(self.parts, self.jobs, self.library, self.library_flow)
        self.map_flow = MapFlow(self.parts, self.jobs, self.library, self.library_flow)
        self.verdict_flow = VerdictFlow(self.parts, self.parts.verdicts)
        self.clip_drag = ClipDrag(self.parts, self.jobs, cache_folder / "clips")
        self.picture_copy = PictureCopy(self.parts, self.jobs)
        self.trash_flow = TrashFlow(self.parts, self.jobs, self.library, self.search)
        self.stack_flow = StackFlow(self.parts, self.jobs)
        self.library.opened.connect(self.stack_flow.set_library)
        self.stack_flow.told.connect(lambda: self.search.ask(self.search.query))
        self.completion_flow = CompletionFlow(self.parts, self.jobs, self.search)
        self.library.opened.connect(self.completion_flow.set_library)
        self.library.indexed.connect(lambda _report: self.completion_flow.read())
        self.saved_flow = SavedFlow(self.parts, self.jobs, self.search, self.search_flow)
        self.library.opened.connect(self.saved_flow.set_library)
        self.library.indexed.connect(lambda _report: self.saved_flow.look())
        self.search_flow.shown.connect(self.library_flow.show_results)
        views = (self.parts.results.grid, self.parts.results.table)
        local: dict[str, Sequence[QWidget]] = dict.fromkeys(("quick_look", "copy", "stack"), views)
        local["trash"] = (*views, self.parts.quick_look)
        self.actions_by_name = made_actions(self, self._handlers(), local=local)
        self.hits.set_actions(self.actions_by_name)
        self._connect_buttons()
        self._restore()

    def start(self) -> None:
        """Open the library behind the window."""
        self.library.open()
        self.parts.search_box.focus_input()

    def show_bug(self, details: str) -> None:
        """Tell that we made a mistake."""
        self.parts.banner.show_bug(details)

    # Keys and buttons ----------------------------------------------------------------------

    def _handlers(self) -> dict[str, Callable[[], object]]:
        parts, hits = self.parts, self.hits
        grid, kinds = parts.results.grid, parts.kinds
        return {
            "focus_search": parts.search_box.focus_input,
            "escape": self._on_escape,
            "paste": parts.search_box.paste,
            "screen": self.screen_flow.start,
            "similar": hits.find_similar_to_chosen,
            "save_search": self.saved_flow.ask_name,
            "kind_image": lambda: kinds.toggle(Modality.IMAGE),
            "kind_video": lambda: kinds.toggle(Modality.VIDEO),
            "kind_audio": lambda: kinds.toggle(Modality.AUDIO),
            "kind_code": lambda: kinds.toggle(Modality.CODE),
            "leave_out": hits.on_current(hits.leave_out_folder),
            "quick_look": hits.on_current(hits.look),
            "like": self.verdict_flow.like,
            "dislike": self.verdict_flow.dislike,
            "undo": self._undo,
            "save_clip": hits.save_clip,
            "next_moment": lambda: hits.step_moment(1),
            "previous_moment": lambda: hits.step_moment(-1),
            "open": hits.open_chosen,
            "reveal": hits.reveal_chosen,
            "copy": hits.copy_files,
            "copy_picture": hits.on_current(self.picture_copy.copy),
            "copy_path": hits.copy_paths,
            "trash": lambda: self.trash_flow.ask(hits.chosen_paths()),
            "different": self.stack_flow.say_different,
            "stack": parts.results.toggle_stack,
            "view": parts.results.head.view_button.next_view,
            "zoom_in": lambda: grid.set_zoom(grid.zoom + 1),
            "zoom_out": lambda: grid.set_zoom(grid.zoom - 1),
            "left_column": parts.left_button.toggle,
            "right_column": parts.right_button.toggle,
            "index": self.library.start_indexing,
            "map": self.map_flow.show,
            "errors": self.library_flow.show_errors,
            "edit": hits.on_current(self.settings_flow.open_code),
            "settings": self._show_settings,
            "keys": parts.key_sheet.toggle,
            "quit": self.close,
        }

    def _undo(self) -> None:
        if not self.trash_flow.undo() and not self.stack_flow.take_back():
            self.parts.verdicts.undo()

    def _show_settings(self) -> None:
        self.library_flow.show_settings()
        self.settings_flow.show()

    def _connect_buttons(self) -> None:
        parts = self.parts
        parts.left_button.toggled.connect(self._show_columns)
        parts.right_button.toggled.connect(self._show_columns)
        parts.stack.currentChanged.connect(self._show_columns)
        parts.theme_button.clicked.connect(self.next_theme)
        self._theme.changed.connect(self._show_next_theme)
        self._show_next_theme()
        parts.menu_button.clicked.connect(self._show_menu)

    def _on_escape(self) -> None:
        if self.parts.quick_look.isVisible():
            self.parts.quick_look.close_look()
            return
        if self.parts.key_sheet.isVisible():
            self.parts.key_sheet.hide()
            return
        if self.parts.question.leave() or self.library_flow.leave_aside():
            return
        if not self.parts.search_box.is_blank():
            self.parts.search_box.clear()
        self.parts.search_box.focus_input()

    def _show_columns(self) -> None:
        """Show the columns that are wanted, have room, and have something to show."""
        parts = self.parts
        page = parts.stack.currentWidget()
        wide = self.width() >= NARROW_PX
        alone = page in (parts.opening, parts.problem, parts.first_run)
        parts.left.setVisible(parts.left_button.isChecked() and not alone)
        parts.preview.setVisible(parts.right_button.isChecked() and wide and page is parts.results)
        parts.right_button.setEnabled(wide)
        self.hits.show_current()

    def next_theme(self) -> None:
        """Change between light and dark."""
        self._theme.set_mode(ThemeMode.LIGHT if self._theme.is_dark else ThemeMode.DARK)
        self._state.theme_mode = self._theme.mode

    def _show_next_theme(self) -> None:
        if self._theme.is_dark:
            self.parts.theme_button.set_meaning("sun", self.tr("Light colours"))
        else:
            self.parts.theme_button.set_meaning("moon", self.tr("Dark colours"))

    def menu(self) -> QMenu:
        """Return the menu of the window."""
        return made_menu(
            self,
            self.actions_by_name,
            add_folders=self.library_flow.choose_folders,
            colours=self._theme.mode,
            choose_colours=self._choose_theme,
        )

    def _choose_theme(self, mode: ThemeMode) -> None:
        self._theme.set_mode(mode)
        self._state.theme_mode = mode

    def _show_menu(self) -> None:
        button = self.parts.menu_button
        menu = self.menu()
        below = button.mapToGlobal(button.rect().bottomRight())
        pop_up(menu, below - QPoint(menu.sizeHint().width(), -4))

    # Manners -------------------------------------------------------------------------------

    def _restore(self) -> None:
        self.resize(1320, 840)
        geometry, columns = self._state.blob("geometry"), self._state.blob("columns")
        if geometry is not None:
            self.restoreGeometry(geometry)
        if columns is not None:
            self.parts.columns.restoreState(columns)
            self.parts.columns.setHandleWidth(1)
        self.parts.left_button.setChecked(self._state.flag("left", default=True))
        self.parts.right_button.setChecked(self._state.flag("right", default=True))
        self.parts.results.grid.set_zoom(self._state.zoom)
        self.parts.results.restore(self._state)
        self.filter_flow.restore(self._state)
        self.search_flow.show_parts()
        self._show_columns()

    def _remember(self) -> None:
        self._state.set_blob("geometry", self.saveGeometry())
        self._state.set_blob("columns", self.parts.columns.saveState())
        self._state.set_flag("left", self.parts.left_button.isChecked())
        self._state.set_flag("right", self.parts.right_button.isChecked())
        self._state.zoom = self.parts.results.grid.zoom
        self.parts.results.remember(self._state)
        self.filter_flow.remember(self._state)
        self._state.save()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything dragged over the window shows what can be done with it."""
        self.parts.drops.welcome(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has no preview column."""
        super().resizeEvent(event)
        self._show_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Whoever comes back sees what other programs have indexed meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.library.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop everything, wait for it, and let go of the library."""
        self._remember()
        self.hide()
        self.parts.quick_look.viewer.show_hit(None)
        self.parts.preview.viewer.show_hit(None)
        self.search.set_library(None)
        self.completion_flow.stop()
        self.library.leave()
        self.jobs.close()
        self.library.close()
        super().closeEvent(event)
