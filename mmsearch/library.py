"""The door: open a library, add folders, index, search."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from mmsearch.answering import Answers, Ready
from mmsearch.describing.in_hits import with_said
from mmsearch.encode.encoder import Encoder
from mmsearch.errors import LibraryError
from mmsearch.gallery import Gallery
from mmsearch.keeping import Keeping
from mmsearch.learning import Learning
from mmsearch.normalising.library_terms import AUTO
from mmsearch.normalising.report import PairReport
from mmsearch.paths import full_path
from mmsearch.present.library_map import LibraryMap, map_positions, map_rows
from mmsearch.present.map_file import load_positions, save_positions
from mmsearch.query.understand import understand
from mmsearch.query.verdicts import query_of
from mmsearch.remembering import Remembering
from mmsearch.retrieve.facets import Facets, facets
from mmsearch.retrieve.filters import asset_mask
from mmsearch.searching import curve_of_file, search
from mmsearch.searching.empty_filters import empty_filters
from mmsearch.searching.judges import Judges, installed_judges
from mmsearch.searching.picture_scores import PictureScores, has_reranker
from mmsearch.searching.reranking import SEEN, WORDS, WordScores
from mmsearch.searching.sound_scores import SoundScores, has_sound_words
from mmsearch.settings import Settings, cache_path, default_library_path, load_settings
from mmsearch.store.descriptions import Descriptions
from mmsearch.store.records import FAILED
from mmsearch.store.restoring import restore_backup
from mmsearch.store.store import Store
from mmsearch.types import (
    Hit,
    IndexReport,
    Modality,
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


class Library(Updating, Learning, Keeping, Remembering):
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

    def hubness(self, *, decide_anew: bool = False) -> tuple[Gallery, list[PairReport]]:
        """What hubs there are, before and after normalising; the gallery names their files.

        decide_anew: let the guard look at the library again first.
        """
        if decide_anew:
            self._answers.refit(self._told.verdicts(), anew=True)
        return self._answers.report()

    def library_map(self) -> LibraryMap:
        """A map on which files that are alike lie near each other; at most 20,000 of them.

        It takes a second or two, and none while the library stays as it is.
        """
        ready = self._answers.ready()
        gallery = ready.gallery
        rows, n_file = map_rows(gallery)
        positions = load_positions(self.path, ready.generation, rows)
        if positions is None:
            positions = map_positions(gallery, rows)
            save_positions(self.path, ready.generation, rows, positions)
        kinds = gallery.asset_modality[rows]
        return LibraryMap(positions, rows, kinds, n_file, gallery, ready.root_paths)

    def count(self, query: Query) -> int:
        """How many files the filters of a query let through; its text and examples do not count."""
        gallery, root_paths = self._current()
        return int(asset_mask(gallery, understand(query).query, root_paths).sum())

    def facets(self, query: Query) -> Facets:
        """What the filters of a query leave, counted by kind, extension, date, size and so on.

        Each list is counted without the query's filters on the same thing, so that it says what
        another choice would give. Text and examples do not count.
        """
        gallery, root_paths = self._current()
        return facets(gallery, understand(query).query, root_paths)

    def refined(self, query: Query) -> Query | None:
        """The query to ask after this one for a better order, which takes longer; None without one.

        So a program can show the first order at once and put the better one in its place. None
        unless the settings name a reranker, or want it by words and the query is a sentence that
        asks for pictures, films or sounds.
        """
        own = self._settings.reranker
        is_plain = query.rerank == AUTO and bool(query.text.strip())
        if own and is_plain and own in installed_judges():
            return replace(query, rerank=own, rerank_s=self._settings.reranker_s)
        wants = self._settings.rerank_pictures and query.rerank == AUTO
        if not (wants and query.text.strip()):
            return None
        encoder = self._answers.ready().encoder
        possible = set(SEEN) if has_reranker(encoder) else set()
        if possible and has_sound_words(encoder):
            possible.add(Modality.AUDIO)
        kinds = set(query.modalities) or possible
        return replace(query, rerank=WORDS) if kinds & possible else None

    def why_nothing(self, query: Query) -> tuple[str, ...]:
        """Which filters let nothing through, in sentences; empty where some files pass them all."""
        gallery, root_paths = self._current()
        understood = understand(query).query
        if gallery.n_asset == 0 or asset_mask(gallery, understood, root_paths).any():
            return ()
        return tuple(empty_filters(understood.where, gallery, root_paths))

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

    def _current(self) -> tuple[Gallery, Mapping[str, Path]]:
        ready = self._answers.ready()
        return ready.gallery, ready.root_paths
