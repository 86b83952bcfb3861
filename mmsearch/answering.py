"""What answers searches: the newest gallery, and the encoder and the terms that belong to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mmsearch.adapt.adapter import Adapter
from mmsearch.adapting.adaptation import Adaptation
from mmsearch.adapting.library_adapter import LibraryAdapter, TellKind
from mmsearch.adapting.seen_words import SeesWords
from mmsearch.encode.encoder import Encoder
from mmsearch.gallery import Gallery
from mmsearch.normalise.terms import Terms
from mmsearch.normalising.library_terms import AUTO, LibraryTerms
from mmsearch.normalising.liked import liked_answers
from mmsearch.normalising.null_calibration import learn_calibration
from mmsearch.normalising.report import PairReport
from mmsearch.query.check import check_normaliser
from mmsearch.store.reading import StoreReader
from mmsearch.store.store import Store
from mmsearch.store.verdicts import Verdicts
from mmsearch.types import F32, Modality

_LARGE = 100_000
_MOST_REST_S = 1.0
"""With more segments, what is written is looked at for half of the time at most, and once a second
at least: while a session goes on, each commit would have the columns copied."""


@dataclass(frozen=True, slots=True, eq=False)
class Ready:
    """A gallery and the encoder of the queries that it can answer."""

    generation: int
    gallery: Gallery
    root_paths: Mapping[str, Path]
    encoder: Encoder

    def path_of(self, row: int) -> Path:
        """Where an asset lies."""
        gallery = self.gallery
        root = self.root_paths[gallery.root_ids[gallery.asset_root[row]]]
        return root / gallery.relative_paths[row]


@dataclass(frozen=True, slots=True, eq=False)
class _Space:
    encoder: Encoder
    store: StoreReader
    terms: LibraryTerms
    adapter: LibraryAdapter


class Answers:
    """Thread-safe. Loads a gallery when something has been written, by whichever process.

    When the encoder has changed, the library's vectors of the one before go on answering, asked
    through that one, until everything is encoded anew. Where the one before is not there any
    more, what is encoded anew answers as it comes.
    """

    def __init__(self, store: Store, encoder: Encoder, *, keep_searches: bool) -> None:
        self._store = store
        self._keep_searches = keep_searches
        self._own = self._space(encoder, store)
        self._older: _Space | None = None
        self._loading = threading.Lock()
        self._ready: Ready | None = None
        self._rest_until_s = 0.0
        self._choose()

    def ready(self) -> Ready:
        """The newest gallery."""
        with self._loading:
            if self._ready is None or self._is_outdated(self._ready):
                self._ready = self._newest(self._ready)
            return self._ready

    def _is_outdated(self, ready: Ready) -> bool:
        is_rested = time.monotonic() >= self._rest_until_s
        return is_rested and self._store.generation != ready.generation

    def _newest(self, before: Ready | None) -> Ready:
        """What is stored now.

        before: answers on where the library has gone over to an encoder that is not there.
        """
        started_s = time.monotonic()
        while True:
            named, space = self._store.answering_space, self._choose()
            generation, gallery = space.store.gallery()
            if self._store.answering_space == named:
                break  # else its vectors may have been dropped while they were read
        is_lost = named not in ("", space.encoder.spec.space) and gallery.n_asset == 0
        if is_lost and before is not None:
            return replace(before, generation=generation)
        learn_calibration(space.encoder, gallery, self._store.folder)
        root_paths = {root.root_id: Path(root.path) for root in self._store.roots()}
        if gallery.n_segment > _LARGE:
            loaded_s = time.monotonic()
            self._rest_until_s = loaded_s + min(loaded_s - started_s, _MOST_REST_S)
        return Ready(generation, gallery, root_paths, space.encoder)

    def terms(self, ready: Ready, name: str) -> Terms:
        """What a normaliser takes off the cosines of a gallery."""
        check_normaliser(name)
        is_at_rest = self._store.is_at_rest(ready.generation)
        return self._terms(ready).terms(
            ready.gallery, ready.generation, name, is_at_rest=is_at_rest
        )

    def report(self) -> tuple[Gallery, list[PairReport]]:
        """What hubs there are, before and after normalising."""
        ready = self.ready()
        terms = self.terms(ready, AUTO)
        return ready.gallery, self._terms(ready).report(ready.gallery, terms)

    def adaptation(self, ready: Ready) -> Adaptation | None:
        """What was learned from the names of things, in the space that answers."""
        return self._adapter(ready).adaptation()

    def adapters(self, ready: Ready) -> Mapping[Modality, Adapter]:
        """How sentences are bent; nothing where nothing was learned, or it is switched off."""
        found = self.adaptation(ready)
        return found.adapters if found is not None and found.is_on else {}

    def adapt(
        self, ready: Ready, verdicts: list[Verdicts], sees: SeesWords | None, tell: TellKind
    ) -> Adaptation:
        """Learn from the names of things anew, and keep what held-out names say is better."""
        judged = liked_answers(verdicts, ready.encoder.spec)
        terms = self.terms(ready, AUTO)
        encode_texts = ready.encoder.encode_texts
        return self._adapter(ready).learn(ready.gallery, encode_texts, judged, terms, sees, tell)

    def switch_adaptation(self, *, on: bool) -> Adaptation | None:
        """Use what was learned, or leave it alone; None where nothing is kept."""
        return self._adapter(self.ready()).switch(on=on)

    def forget_adaptation(self) -> bool:
        """Whether there was something to forget."""
        return self._adapter(self.ready()).forget()

    def refit(self, verdicts: list[Verdicts], *, anew: bool = False) -> None:
        """See to it that searches find the terms of all segments computed."""
        space = self._choose()
        if not anew and space.terms.is_fitted(self._store.generation):
            return
        self._rest_until_s = 0.0
        ready = self.ready()
        judged = liked_answers(verdicts, ready.encoder.spec)
        encode = ready.encoder.encode_texts
        self._terms(ready).refit(ready.gallery, ready.generation, encode, judged=judged, anew=anew)

    def note_search(self, ready: Ready) -> Callable[[F32], None]:
        """Where the vector of a search is to be remembered."""
        return self._terms(ready).note_search

    def set_keep_searches(self, keep: bool) -> None:
        """Remember searches from now on, or forget those that are remembered."""
        self._keep_searches = keep
        for space in self._spaces():
            space.terms.set_keep_searches(keep)

    def refresh(self) -> bool:
        """Whether something has been written since; it is loaded when it is next asked for."""
        with self._loading:
            return self._ready is None or self._store.generation != self._ready.generation

    def forget_loaded(self) -> None:
        """Load everything anew when it is next asked for."""
        with self._loading:
            self._ready = None

    def close(self) -> None:
        """Write down the last search, and let go of the gallery."""
        for space in self._spaces():
            space.terms.close()
        self._ready = None

    def _terms(self, ready: Ready) -> LibraryTerms:
        return self._space_of(ready).terms

    def _adapter(self, ready: Ready) -> LibraryAdapter:
        return self._space_of(ready).adapter

    def _space_of(self, ready: Ready) -> _Space:
        older = self._older
        return older if older is not None and ready.encoder is older.encoder else self._own

    def _spaces(self) -> list[_Space]:
        return [space for space in (self._own, self._older) if space is not None]

    def _choose(self) -> _Space:
        """The space that answers now."""
        space = self._store.answering_space
        if space in ("", self._own.encoder.spec.space):
            chosen = self._own
        else:
            chosen = self._older_space(space) or self._own
        self._store.answering = chosen.store
        return chosen

    def _older_space(self, space: str) -> _Space | None:
        if self._older is None or self._older.encoder.spec.space != space:
            from mmsearch.encode.opening import open_encoder_of

            encoder = open_encoder_of(space)
            if encoder is None:
                return None
            store = StoreReader(
                self._store.folder,
                space=space,
                dim=encoder.spec.dim,
                vocabulary=lambda: encoder.vocabulary,
            )
            self._older = self._space(encoder, store)
        return self._older

    def _space(self, encoder: Encoder, store: StoreReader) -> _Space:
        folder = self._store.folder
        terms = LibraryTerms(folder, encoder.spec, keep_searches=self._keep_searches)
        return _Space(encoder, store, terms, LibraryAdapter(folder, encoder.spec))
