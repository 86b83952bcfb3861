"""Gets, adds, chooses and removes models, beside the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mmsearch.encode.models.adding import add_model
from mmsearch.encode.models.choosing import models_with
from mmsearch.encode.models.download import Stopped
from mmsearch.encode.models.folder import (
    EMBEDDED,
    installed_model,
    installed_models,
    remove_model,
)
from mmsearch.encode.models.hub import get_model
from mmsearch.encode.models.known import known_model
from mmsearch.encode.models.overview import ModelRow, all_models
from mmsearch.encode.models.roles import Role, asked_models, check_role
from mmsearch.encode.models.switching import switching_s
from mmsearch.errors import UserError
from mmsearch.gui.engine_words import engine_text
from mmsearch.gui.jobs import Job, JobHandle, Jobs, Lane, Task
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.models_section import ModelsSection
from mmsearch.gui.texts import size_text
from mmsearch.settings import Settings
from mmsearch.types import LibraryStatus, Modality


class ModelsFlow(QObject):
    """The section of models, the folder of models, and the library, joined."""

    chosen = Signal(object)
    """The ids to use beside the embedded model."""
    asked = Signal(object, str)
    """A role and the id of the model to ask from now on; an empty one for none."""

    def __init__(
        self,
        section: ModelsSection,
        jobs: Jobs,
        library: LibrarySession,
        settings: Callable[[], Settings],
    ) -> None:
        """settings: those that hold now."""
        super().__init__(section)
        self._section, self._jobs, self._library = section, jobs, library
        self._settings = settings
        self._running: JobHandle | None = None
        section.use_asked.connect(self.ask_switch)
        section.switch_asked.connect(self.use)
        section.role_asked.connect(self.ask)
        section.remove_asked.connect(self.remove)
        section.get_asked.connect(self.get)
        section.add_asked.connect(self.add)
        section.stop_asked.connect(self.stop)

    def show(self) -> None:
        """Show the models as they are now."""
        work = _List(self._settings())
        self._jobs.start(Lane.MEDIA, Job(work, self._section.show_models, self._show_trouble))

    def ask_switch(self, model_id: str) -> None:
        """Say what using a model would cost, and ask."""
        self._section.show_trouble("")
        model = self._section.line(model_id).model
        library = self._library.library
        if library is None:
            self._section.ask_switch(model, 0, 0.0)
            return
        work = _Cost(library.status, _with(model_id, self._settings().models))
        job = Job(work, partial(self._on_cost, model), self._show_trouble)
        self._jobs.start(Lane.SEARCH, job)

    def use(self, model_id: str) -> None:
        """Use a model from now on."""
        try:
            self.chosen.emit(_with(model_id, self._settings().models))
        except UserError as error:
            self._show_trouble(error)
        self.show()

    def ask(self, model_id: str, role: Role) -> None:
        """Ask a model for something beside encoding, if it can do it; no more where it is asked."""
        if model_id == asked_models(self._settings()).get(role):
            self._take(role, "")
            return
        name = self._section.line(model_id).model.name
        done = partial(self._on_checked, role, model_id)
        self._start(_Check(model_id, role), self.tr("Trying {0}…").format(name), done=done)

    def remove(self, model_id: str) -> None:
        """Delete a model that is not in use."""
        self._start(_Remove(model_id), self.tr("Deleting…"))

    def add(self, path: Path) -> None:
        """Install a model of one's own."""
        self._start(_Add(path), self.tr("Reading {0}…").format(path.name))

    def get(self, model_id: str) -> None:
        """Download a model and install it."""
        name = known_model(model_id).name
        text = self.tr("Downloading {0}…").format(name)
        self._start(_Get(model_id), text, stoppable=True)

    def stop(self) -> None:
        """End a download; what arrived is kept for the next time."""
        if self._running is not None:
            self._running.stop()

    def _start(
        self,
        work: Callable[[Task], object],
        text: str,
        *,
        stoppable: bool = False,
        done: Callable[[object], None] | None = None,
    ) -> None:
        if self._running is not None:
            return
        self._section.show_trouble("")
        self._section.show_busy(text, stoppable=stoppable)
        show = partial(self._on_progress, text, stoppable)
        job = Job(work, done or self._on_done, self._on_error, show)
        self._running = self._jobs.start(Lane.MODELS, job)

    def _on_progress(self, text: str, stoppable: bool, there: tuple[int, int]) -> None:
        done, size = there
        of = self.tr("{0} {1} of {2}").format(text, size_text(done), size_text(size))
        self._section.show_busy(of, done / max(size, 1), stoppable=stoppable)

    def _on_cost(self, model: ModelRow, cost: tuple[int, float]) -> None:
        self._section.ask_switch(model, *cost)

    def _on_checked(self, role: Role, model_id: str, _result: object) -> None:
        self._running = None
        self._section.show_busy("")
        self._take(role, model_id)

    def _take(self, role: Role, model_id: str) -> None:
        self._section.show_trouble("")
        self.asked.emit(role, model_id)
        self.show()

    def _on_done(self, _result: object) -> None:
        self._running = None
        self._section.show_busy("")
        self.show()

    def _on_error(self, error: UserError) -> None:
        self._running = None
        self._section.show_busy("")
        if not isinstance(error, Stopped):
            self._show_trouble(error)
        self.show()

    def _show_trouble(self, error: UserError) -> None:
        self._section.show_trouble(engine_text(str(error)))


def _with(model_id: str, used: tuple[str, ...]) -> tuple[str, ...]:
    """The ids to use when a model is chosen; none for the embedded one alone."""
    return () if model_id == EMBEDDED else models_with(installed_model(model_id), used)


# The work itself, without any QObject ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _List:
    settings: Settings

    def __call__(self, task: Task) -> list[ModelRow]:
        return all_models(self.settings.models, asked_models(self.settings))


@dataclass(frozen=True, slots=True)
class _Check:
    model_id: str
    role: Role

    def __call__(self, task: Task) -> None:
        check_role(self.model_id, self.role)


@dataclass(frozen=True, slots=True)
class _Cost:
    status: Callable[[], LibraryStatus]
    ids: tuple[str, ...]

    def __call__(self, task: Task) -> tuple[int, float]:
        """How many files have to be encoded anew, and about how many seconds that takes."""
        status, installed = self.status(), installed_models()
        records = [installed[name] for name in self.ids if name in installed]
        segments: dict[Modality, int] = dict(status.segments_by_kind or status.by_modality)
        return status.n_indexed, switching_s(segments, records)


@dataclass(frozen=True, slots=True)
class _Remove:
    model_id: str

    def __call__(self, task: Task) -> object:
        return remove_model(self.model_id)


@dataclass(frozen=True, slots=True)
class _Add:
    path: Path

    def __call__(self, task: Task) -> object:
        return add_model(self.path)


@dataclass(frozen=True, slots=True)
class _Get:
    model_id: str

    def __call__(self, task: Task) -> object:
        def tell(there: int, size: int) -> None:
            task.report((there, size))

        return get_model(known_model(self.model_id), progress=tell, stop=task.stopped)
