"""What one can do with results: open, reveal, copy, look, find similar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from mmsearch.errors import UserError
from mmsearch.gui.file_manager import open_file, reveal
from mmsearch.gui.picture_copy import HAVE_PICTURES
from mmsearch.gui.pop_up import pop_up
from mmsearch.gui.search_box import MAX_EXAMPLES
from mmsearch.gui.texts import number_text
from mmsearch.gui.viewer import Viewer
from mmsearch.gui.window_parts import WindowParts
from mmsearch.query.printing import value_text
from mmsearch.types import Hit

_MENU = (
    "open",
    "edit",
    "reveal",
    "",
    "quick_look",
    "similar",
    "leave_out",
    "",
    "like",
    "dislike",
    "stack",
    "different",
    "",
    "copy",
    "copy_picture",
    "copy_path",
    "",
    "trash",
)

_MOST_OPENED = 20
_OF_STACKS = ("stack", "different")
"""There only where files are stacked."""


class HitActions(QObject):
    """Acts on the current hit of the grid."""

    def __init__(self, parts: WindowParts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._grid = parts.results.grid
        self._actions: Mapping[str, QAction] = {}
        self._connect()

    def _connect(self) -> None:
        parts, grid = self._parts, self._grid
        grid.hit_activated.connect(self.open_hit)
        grid.customContextMenuRequested.connect(self._show_menu)
        parts.results.table.hit_activated.connect(self.open_hit)
        parts.results.table.customContextMenuRequested.connect(self._show_menu)
        grid.selectionModel().currentChanged.connect(lambda *_: self.show_current())
        parts.result_model.modelReset.connect(self.show_current)
        parts.preview.open_asked.connect(self.open_hit)
        parts.preview.reveal_asked.connect(self.reveal_hit)
        parts.preview.similar_asked.connect(self.find_similar)
        parts.preview.copy_path_asked.connect(self.copy_path)
        parts.preview.clip.reveal_asked.connect(self.reveal_path)
        parts.quick_look.viewer.media.clip_asked.connect(parts.preview.clip.ask_where)
        parts.quick_look.stepped.connect(self.step)
        parts.quick_look.closed.connect(grid.setFocus)
        parts.quick_look.open_asked.connect(self.open_hit)
        for panel in (parts.folders, parts.errors):
            panel.reveal_asked.connect(self.reveal_path)

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Know the actions that the context menu shows."""
        self._actions = actions

    def on_current(self, act: Callable[[Hit], object]) -> Callable[[], None]:
        """Return what does something with the current hit, if there is one."""

        def run() -> None:
            hit = self._current()
            if hit is not None:
                act(hit)

        return run

    def _current(self) -> Hit | None:
        """What is looked at: a verdict may have moved it from under the cursor of the results."""
        look = self._parts.quick_look
        return look.viewer.hit if look.isVisible() else self._grid.current_hit()

    def chosen(self) -> list[Hit]:
        """What an action is about: what is looked at, or all that is selected."""
        hit = self._current()
        look = self._parts.quick_look
        return ([] if look.isVisible() else self._grid.selected_hits()) or ([hit] if hit else [])

    def chosen_paths(self) -> list[Path]:
        """The files that an action is about."""
        return [hit.path for hit in self.chosen()]

    def show_current(self) -> None:
        """Show the current hit in the preview, when that can be seen."""
        preview = self._parts.preview
        preview.show_hit(self._grid.current_hit() if preview.isVisibleTo(self._parts) else None)

    def open_hit(self, hit: Hit) -> None:
        """Open a file with its program."""
        self._attempt(lambda: open_file(hit.path), hit.path)

    def open_chosen(self) -> None:
        """Open the selected files, unless they are so many that it can only be a slip."""
        paths = self.chosen_paths()
        if len(paths) > _MOST_OPENED:
            words = self.tr("{0} files are selected. At most {1} are opened at once.")
            self._parts.banner.show_note(words.format(number_text(len(paths)), _MOST_OPENED))
            return
        for path in paths:
            self._attempt(partial(open_file, path), path)

    def reveal_chosen(self) -> None:
        """Show the selected files in the file manager: of each folder the first."""
        by_folder = {path.parent: path for path in reversed(self.chosen_paths())}
        if len(by_folder) > _MOST_OPENED:
            words = self.tr("They lie in {0} folders. At most {1} are shown at once.")
            self._parts.banner.show_note(words.format(number_text(len(by_folder)), _MOST_OPENED))
            return
        for path in by_folder.values():
            self.reveal_path(path)

    def reveal_hit(self, hit: Hit) -> None:
        """Show a file in the file manager."""
        self.reveal_path(hit.path)

    def reveal_path(self, path: Path) -> None:
        """Show a file or folder in the file manager."""
        self._attempt(lambda: reveal(path), path)

    def find_similar(self, hit: Hit) -> None:
        """Search by a hit."""
        self._parts.quick_look.hide()
        self._parts.search_box.search_like([hit.path])

    def find_similar_to_chosen(self) -> None:
        """Search by the selected hits, by the first few of many."""
        paths = self.chosen_paths()[:MAX_EXAMPLES]
        if paths:
            self._parts.quick_look.hide()
            self._parts.search_box.search_like(paths)

    def leave_out_folder(self, hit: Hit) -> None:
        """Search again without the folder of a hit; its chip takes that back."""
        box = self._parts.search_box
        box.set_text(f"{box.text().rstrip()} -in:{value_text(str(hit.path.parent))}".lstrip())
        note = self.tr("Without {0}. Remove its chip to have it back.")
        self._parts.banner.show_note(note.format(hit.path.parent.name or hit.path.parent))

    def copy_path(self, hit: Hit) -> None:
        """Put the path on the clipboard."""
        QGuiApplication.clipboard().setText(str(hit.path))
        self._parts.banner.show_note(self.tr("Path copied."))

    def copy_paths(self) -> None:
        """Put the paths of the selected files on the clipboard, one a line."""
        paths = self.chosen_paths()
        if len(paths) == 1:
            self.copy_path(self.chosen()[0])
        elif paths:
            QGuiApplication.clipboard().setText("\n".join(map(str, paths)))
            words = self.tr("{0} paths copied.").format(number_text(len(paths)))
            self._parts.banner.show_note(words)

    def copy_files(self) -> None:
        """Put the selected files on the clipboard, to paste them elsewhere."""
        indexes = self._grid.selectedIndexes()
        if indexes:
            QGuiApplication.clipboard().setMimeData(self._parts.result_model.mimeData(indexes))
            self._parts.banner.show_note(self.tr("Copied; paste it where you need it."))

    def look(self, hit: Hit) -> None:
        """Show a hit over the whole window."""
        self._parts.quick_look.show_hit(hit)

    def save_clip(self) -> None:
        """Save the part of a film or sound that is looked at."""
        self._viewer().ask_for_clip()

    def step_moment(self, by: int) -> None:
        """Go to another moment of the film that is looked at."""
        self._viewer().step_moment(by)

    def _viewer(self) -> Viewer:
        """What is looked at."""
        look = self._parts.quick_look
        return look.viewer if look.isVisible() else self._parts.preview.viewer

    def step(self, by: int) -> None:
        """Go on to another hit in the quick look."""
        shown, current = self._parts.quick_look.viewer.hit, self._grid.current_hit()
        has_moved = shown and current and shown.asset_id != current.asset_id
        # What has come into its place was not seen yet: it is the next one.
        ahead = by - 1 if has_moved and by > 0 else by
        self._grid.select_row(self._grid.currentIndex().row() + ahead)
        hit = self._grid.current_hit()
        if hit is not None:
            self.look(hit)

    def menu(self) -> QMenu:
        """Return the context menu."""
        menu = QMenu(self._parts)
        hit = self._current()
        is_stacked = bool(self._parts.result_model.stack_of(self._grid.currentIndex()))
        for name in _MENU:
            if (name in _OF_STACKS and not is_stacked) or (
                name == "copy_picture" and hit is not None and hit.modality not in HAVE_PICTURES
            ):
                continue
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        return menu

    def _show_menu(self, at: QPoint) -> None:
        table = self._parts.results.table
        view = table if table.isVisible() else self._grid
        if view.indexAt(at).isValid():
            pop_up(self.menu(), view.viewport().mapToGlobal(at))

    def _attempt(self, act: Callable[[], None], path: Path) -> None:
        try:
            act()
        except UserError as error:
            away = self._parts.root_model.connect_words(path)
            message = self.tr("{0} is on a drive that is not connected.").format(path.name)
            self._parts.banner.show_error(UserError(message, away) if away else error)
