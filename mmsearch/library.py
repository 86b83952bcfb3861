"""The door: open a library, add folders, index, search."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mmsearch.answering import Answers, Ready
from mmsearch.counting import Counting
from mmsearch.describing.in_hits import with_said
from mmsearch.encode.encoder import Encoder
from mmsearch.errors import LibraryError
from mmsearch.keeping import Keeping
from mmsearch.learning import Learning
from mmsearch.normalising.library_terms import AUTO
from mmsearch.paths import full_path
from mmsearch.query.verdicts import query_of
from mmsearch.remembering import Remembering
from mmsearch.searching import curve_of_file, search
from mmsearch.searching.better_order import in_better_order
from mmsearch.searching.judges import Judges
from mmsearch.searching.picture_scores import PictureScores
from mmsearch.searching.reranking import WordScores
from mmsearch.searching.sound_scores import SoundScores
from mmsearch.settings import Settings, cache_path, default_library_path, load_settings
from mmsearch.store.descriptions import Descriptions
from mmsearch.store.records import FAILED
from mmsearch.store.restoring import restore_backup
from mmsearch.store.store import Store
from mmsearch.types import (
    Hit,
    IndexReport,
    Progress,
    Query,
    RelevanceCurve,
)
from mmsearch.updating import Updating


def open_library(
    path: Path | str | None = None,
    *,
    create: bool = True,
    encoder: Encoder | None = None,
    settings: Settings | None = None,
    kind: type[Library] | None = None,
) -> Library:
    """Open a library, or make one.

    path: the library's folder; None means MMSEARCH_LIBRARY or the user's default library.
    create: make it if it is not there; otherwise a missing library is a LibraryError.
    encoder: another encoder than the settings name.
    kind: what to return, if not a plain Library.

    Raises LibraryError when the folder is something else or was made by a newer program.
    """
    folder = full_path(path if path is not None else default_library_path())
    settings = settings or load_settings()
    if encoder is None:
        from mmsearch.encode.opening import open_encoder

        encoder = open_encoder(settings.models, settings.device)
    return (kind or Library)(folder, encoder, settings, create=create)


def restore_library(
    backup: Path | str, path: Path | str | None = None, *, encoder: Encoder | None = None
) -> None:
    """Make a library of what Library.backup has saved, at a path where there is nothing yet.

    path, encoder: as for open_library. Raises LibraryError, and leaves nothing behind, when
    something is there, or the backup is damaged, something else, or of a newer program.
    """

    def finish(draft: Path) -> None:
        with open_library(draft, create=False, encoder=encoder) as library:
            library.repair()

    folder = full_path(path if path is not None else default_library_path())
    restore_backup(full_path(backup), folder, finish)


def _store(path: Path, encoder: Encoder, *, create: bool) -> Store:
    return Store(
        path,
        space=encoder.spec.space,
        dim=encoder.spec.dim,
        create=create,
        vocabulary=lambda: encoder.vocabulary,
    )


class Library(Counting, Updating, Learning, Keeping, Remembering):
    """An index of folders, in a folder of its own. Your files are only ever read.

    Use it as a context manager. Searching may go on in one thread while another indexes.
    """

    def __init__(
        self, path: Path, encoder: Encoder, settings: Settings, *, create: bool = True
    ) -> None:
        self.path = path
        self._encoder = encoder
        self._settings = settings
        self._store = _store(path, encoder, create=create)
        self._descriptions = Descriptions(path)
        super().__init__(path, keep_searches=settings.keep_searches)
        self._answers = Answers(self._store, encoder, keep_searches=settings.keep_searches)
        self._pictures = PictureScores(cache_path())
        self._word_scores = WordScores(self._pictures, SoundScores(cache_path()))
        self._judges = Judges(cache_path(), path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the library's files."""
        self._answers.close()
        self._store.close()

    def search(self, query: Query | str = "", **fields: Any) -> list[Hit]:
        """Search by a sentence, by examples, or both.

        query: a Query, or its text; ``fields`` are further fields of Query, e.g.
        ``search("a dog", modalities=(Modality.VIDEO,), limit=50)``. ``liked`` and ``disliked`` are
        hits, or paths of files of the library; see also ``judge``.
        Raises QueryError when the query cannot be answered, LibraryError when the library has to
        be indexed again because the encoder has changed.
        """
        full = self._as_set(self._verdicts.with_verdicts(query_of(query, fields)))
        answers = self._answers  # which others, in another thread, may take the place of
        ready = answers.ready()
        if ready.gallery.n_asset == 0 and self._is_of_another_encoder(ready):
            raise LibraryError(
                "The library was indexed with another encoder, whose vectors cannot be compared.",
                "Run: mmsearch index",
            )
        hits = search(
            full,
            ready.gallery,
            ready.root_paths,
            ready.encoder,
            self._settings,
            self._store.match_words,
            self._told.different(),
            answers.terms(ready, full.normalise),
            answers.note_search(ready),
            self._told.add_verdicts,
            self._word_scores,
            answers.adapters(ready),
            self._judges,
        )
        told = self._descriptions.all()
        return with_said(hits, told) if told else hits

    def relevance_curve(self, query: Query | str, path: Path | str) -> RelevanceCurve:
        """How well each part of a film or sound of the library answers a query.

        path: of the file, as hits name it. Raises UserError for a file that is not in the
        library or has no times, and QueryError as ``search`` does.
        """
        full = self._as_set(Query(text=query) if isinstance(query, str) else query)
        answers = self._answers
        ready = answers.ready()
        return curve_of_file(
            full,
            full_path(path),
            ready.gallery,
            ready.root_paths,
            ready.encoder,
            self._settings,
            answers.terms(ready, full.normalise),
            answers.adapters(ready),
        )

    @property
    def generation(self) -> int:
        """Grows with everything that is written, by whichever process; cheap to ask."""
        return self._store.generation

    def following(self, *, stop: Callable[[], bool]) -> Generator[Progress, None, IndexReport]:
        """Follow a run of another process; a plain library knows of none, and indexes itself."""
        return self.indexing(stop=stop)

    def is_indexed_elsewhere(self) -> bool:
        """Whether there is such a run."""
        return False

    def is_abandoned(self) -> bool:
        """Whether a process that watched the folders has died."""
        return False

    def leave_indexing(self) -> None:
        """Follow no run to its end; here, where runs are the library's own, there is none."""

    @property
    def settings(self) -> Settings:
        """How it searches and indexes."""
        return self._settings

    def use_settings(self, settings: Settings) -> None:
        """Search, and index from the next run on, with other settings.

        Not with other models while it is written to. Raises ModelError when one of them is not
        there; then nothing has changed.
        """
        before = (self._settings.models, self._settings.device)
        if (settings.models, settings.device) != before:
            from mmsearch.encode.opening import open_encoder

            self._use_encoder(open_encoder(settings.models, settings.device))
        self._settings = settings
        if settings.keep_searches != self._keep_searches:
            self._keep_searches = settings.keep_searches
            self._answers.set_keep_searches(settings.keep_searches)
            if not settings.keep_searches:
                self.forget_recent()

    def _use_encoder(self, encoder: Encoder) -> None:
        """Have what is new encoded by another encoder; until all is, the one before answers."""
        self._answers.close()
        self._store.close()
        self._encoder, self._store = encoder, _store(self.path, encoder, create=False)
        self._answers = Answers(self._store, encoder, keep_searches=self._keep_searches)

    def _as_set(self, query: Query) -> Query:
        """The query, normalised as the settings want it unless it says itself how."""
        if query.normalise != AUTO:
            return query
        return replace(query, normalise=self._settings.normalise)

    def refined(self, query: Query) -> Query | None:
        """The query to ask after this one for a better order, which takes longer; None without one.

        So a program can show the first order at once and put the better one in its place. None
        unless the settings name a reranker, or want it by words and the query is a sentence that
        asks for pictures, films or sounds.
        """
        if query.rerank != AUTO or not query.text.strip():
            return None
        return in_better_order(query, self._settings, lambda: self._answers.ready().encoder)

    def _is_of_another_encoder(self, ready: Ready) -> bool:
        """Whether files are indexed, but none of them in the space that is searched."""
        columns = self._store.assets().select(["status", "space"]).to_pylist()
        spaces = {asset["space"] for asset in columns if asset["status"] != FAILED}
        return bool(spaces) and ready.gallery.space not in spaces

    def refresh(self) -> bool:
        """See what has been written since, also by another process; True if something was."""
        return self._answers.refresh()

    def prepare(self) -> None:
        """Load what searches by words need beyond opening, so that the first ones do not wait.

        Raises ModelError when the encoder of texts cannot be opened.
        """
        ready = self._answers.ready()
        (vector,) = ready.encoder.encode_texts(["a search"])
        if not ready.gallery.vectors.is_small:
            # The first product of a process is made without the compiled loop.
            for _ in range(2):
                ready.gallery.vectors.products(vector)
