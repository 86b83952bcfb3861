"""Keeps what is set, and lets it hold at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mmsearch.encode.models.roles import Role, asked_models
from mmsearch.errors import UserError
from mmsearch.gui.editor import AUTO, open_in_editor, split_template
from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.file_manager import open_file, reveal
from mmsearch.gui.jobs import Job, Jobs, Lane, Task
from mmsearch.gui.learning_flow import LearningFlow
from mmsearch.gui.libraries_flow import LibrariesFlow
from mmsearch.gui.library_session import Indexing, LibrarySession
from mmsearch.gui.models_flow import ModelsFlow
from mmsearch.gui.search_session import SearchSession
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_parts import WindowParts
from mmsearch.gui.window_state import WindowState
from mmsearch.present.storage import Used, storage_used
from mmsearch.settings import Settings, load_settings
from mmsearch.settings_file import Value, save_setting
from mmsearch.types import Hit, LineRange

_ASKS_AGAIN = frozenset({"normalise", "grouping", "rerank_pictures", "reranker"})


class SettingsFlow(QObject):
    """The page, the file, the theme, the library and the editor, joined."""

    theme_chosen = Signal(object)

    def __init__(
        self,
        parts: WindowParts,
        jobs: Jobs,
        library: LibrarySession,
        search: SearchSession,
        theme: Theme,
        state: WindowState,
        cache_folder: Path,
    ) -> None:
        super().__init__(parts)
        self._parts, self._page = parts, parts.settings
        self._jobs, self._library, self._search = jobs, library, search
        self._theme, self._cache_folder = theme, cache_folder
        self.settings = self._loaded()
        self.models = ModelsFlow(self._page.models, jobs, library, lambda: self.settings)
        self.models.chosen.connect(self._use_models)
        self.models.asked.connect(self._ask_model)
        self.learning = LearningFlow(self._page.learned, jobs, library)
        self.learning.changed.connect(lambda: search.ask(search.query))
        self.libraries = LibrariesFlow(self._page.libraries, library, state)
        self._page.changed.connect(self.change)
        self._page.theme_chosen.connect(self.theme_chosen)
        parts.preview.edit_asked.connect(self.open_code)
        parts.settings.reveal_asked.connect(self._reveal)
        theme.changed.connect(self._show_theme)
        theme.set_text_percent(self.settings.text_percent)

    def show(self) -> None:
        """Show the page as things are now; the file may have been edited meanwhile."""
        self.settings = self._loaded()
        self._page.show_theme(self._theme.mode)
        self._measure()
        self.models.show()
        self.learning.show()

    def change(self, name: str, value: Value) -> None:
        """Keep a setting and let it hold; what cannot be kept does not hold either."""
        try:
            if name == "editor" and value != AUTO and "{" in str(value):
                split_template(str(value))
            self.settings = save_setting(name, value)
        except UserError as error:
            self._page.show_trouble(engine_text(str(error)))
            return
        self._page.show_settings(self.settings)
        if self._library.library is not None and name != "models":
            self._library.library.use_settings(self.settings)
        self._theme.set_text_percent(self.settings.text_percent)
        if name == "watch" and self._library.indexing is not Indexing.PAUSED:
            self._library.start_indexing()  # the process that does it reads the setting then
        if name in _ASKS_AGAIN:
            self._search.ask(self._search.query)

    def _use_models(self, models: tuple[str, ...]) -> None:
        """Encode with other models; the library takes them when no run goes on."""
        before = self.settings.models
        self.change("models", models)
        if self.settings.models == models != before:
            self._library.use_models(self.settings)

    def _ask_model(self, role: Role, model_id: str) -> None:
        """Ask a model for something beside encoding; what it is to say of files is a run's work."""
        self.change(role.value, model_id)
        is_kept = asked_models(self.settings).get(role, "") == model_id
        runs = self._library.indexing
        if not is_kept or role is Role.RERANKER or runs is Indexing.PAUSED:
            return  # after the pause the run asks the model that is set then
        if model_id or runs is Indexing.RUNNING:
            self._library.use_models(self.settings)

    def open_code(self, hit: Hit) -> None:
        """Open a hit in the editor at the found lines, or with its program where there is none."""
        line = hit.locator.first_line if isinstance(hit.locator, LineRange) else 1
        try:
            if not open_in_editor(self.settings.editor, hit.path, line):
                open_file(hit.path)
        except UserError as error:
            self._parts.banner.show_error(error)

    def _show_theme(self) -> None:
        self._page.show_theme(self._theme.mode)

    def _reveal(self, path: Path) -> None:
        try:
            reveal(path)
        except UserError as error:
            self._parts.banner.show_error(error)

    def _loaded(self) -> Settings:
        try:
            settings = load_settings()
        except UserError as error:
            self._page.show_settings(Settings())
            self._page.show_trouble(engine_text(str(error)))
            return Settings()
        self._page.show_settings(settings)
        return settings

    def _measure(self) -> None:
        if self._library.library is None:
            return
        work = _Measure(self._library.library.path, self._cache_folder)
        job = Job(work, self._page.show_storage, self._parts.banner.show_error)
        self._jobs.start(Lane.MEDIA, job)


@dataclass(frozen=True, slots=True)
class _Measure:
    library: Path
    cache: Path

    def __call__(self, task: Task) -> tuple[Used, ...]:
        return storage_used(self.library, self.cache)
