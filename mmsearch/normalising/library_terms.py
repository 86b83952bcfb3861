"""The terms of one library: computed when segments come, kept as columns, opened by a search."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from mmsearch.encode import everyday_banks
from mmsearch.encode.banks import banks_identity, shipped_banks
from mmsearch.gallery import Gallery
from mmsearch.normalise.candidates import same_for_all
from mmsearch.normalise.library_bank import LibraryBank, renewed
from mmsearch.normalise.method import NONE
from mmsearch.normalise.probes import Judged
from mmsearch.normalise.row_keys import row_keys
from mmsearch.normalise.setting import Pair, Setting
from mmsearch.normalise.terms import NO_TERMS, Terms
from mmsearch.normalising.choosing import Choices, Chooser, default_choices
from mmsearch.normalising.fitting import fit_columns, terms_of
from mmsearch.normalising.report import PairReport, report
from mmsearch.store import term_files
from mmsearch.store.term_files import TermColumns
from mmsearch.types import F32, EncoderSpec, Modality, QueryBanks

AUTO = "auto"
_VERSION = 2
"""Raise it when the same banks and settings start to give other terms."""
_MOST_WHILE_SEARCHING = 20_000
"""Nobody waits at a search for more new segments than this (some seconds); until indexing has
ended, a library that has grown by more is searched by raw cosines."""
_SEARCHES = "searches"
_SAME_SEARCH = 0.7
"""Cosine of two searches in a row from which the second is the first, typed on."""

_log = logging.getLogger(__name__)


class LibraryTerms:
    """Answers with what is to be subtracted; thread-safe.

    ``refit`` does the work when indexing ends; ``terms`` finds it done, or does the rest.
    """

    def __init__(self, folder: Path, spec: EncoderSpec, *, keep_searches: bool) -> None:
        self._folder, self._spec, self._keep_searches = folder, spec, keep_searches
        self._lock = threading.Lock()
        self._columns: dict[str, tuple[str, TermColumns]] = {}
        self._ready: dict[str, tuple[Gallery, Terms]] = {}
        self._last_search: F32 | None = None
        self._choices: Choices | None = None
        self._library_bank: LibraryBank | None = None

    @cached_property
    def shipped(self) -> QueryBanks:
        """The banks that came with the encoder, or were made for it here."""
        found = shipped_banks(self._spec)
        return found if found.queries else everyday_banks.known_banks(self._spec)

    @cached_property
    def _shipped_identity(self) -> str:
        made = " everyday" if self.shipped.are_everyday else ""
        return f"{_VERSION} {self._spec.space} {banks_identity(self._spec)}{made}"

    @property
    def choices(self) -> Choices:
        """What is done for each pair of kinds in this library, and why."""
        if self._choices is None:
            given = term_files.load_choices(self._folder)
            self._choices = Choices.read(given, self._shipped_identity) or default_choices(
                self._shipped_identity,
                is_measured=self.shipped.are_measured,
                has_bank=bool(self.shipped.queries),
            )
        return self._choices

    def terms(self, gallery: Gallery, generation: int, name: str, *, is_at_rest: bool) -> Terms:
        """What a search with ``--normalise name`` subtracts.

        is_at_rest: nobody is indexing, so that what has to be computed is worth keeping.
        """
        if name == NONE or gallery.n_segment == 0:
            return NO_TERMS
        with self._lock:
            ready = self._ready.get(name)
            if ready is None or ready[0] is not gallery:
                terms = self._make(gallery, generation, name, is_at_rest=is_at_rest)
                ready = self._ready[name] = (gallery, terms)
            return ready[1]

    def _make(self, gallery: Gallery, generation: int, name: str, *, is_at_rest: bool) -> Terms:
        settings = self.choices.settings if name == AUTO else same_for_all(name)
        if all(setting.is_raw for setting in settings.values()):
            return NO_TERMS
        identity = self._identity(settings)
        known = self._known(name, identity)
        if known is None or known.generation != generation:
            if name == AUTO and not is_at_rest and _n_new(known, gallery) > _MOST_WHILE_SEARCHING:
                return NO_TERMS
            known = fit_columns(
                gallery, generation, settings, known, self.shipped, self.library_bank
            )
            self._columns[name] = (identity, known)
            if is_at_rest:
                self._save(name, identity, known)
        return terms_of(gallery, known, settings)

    def _known(self, name: str, identity: str) -> TermColumns | None:
        if name in self._columns and self._columns[name][0] == identity:
            return self._columns[name][1]
        return term_files.load_columns(self._folder, name, identity)

    def _identity(self, settings: Mapping[Pair, Setting]) -> str:
        """Of all that terms depend on beside the segments."""
        told = {" ".join(pair): setting.to_json() for pair, setting in settings.items()}
        content = json.dumps(
            [self._shipped_identity, self.choices.bank, told], sort_keys=True
        ).encode()
        return hashlib.sha256(content).hexdigest()[:16]

    def _save(self, name: str, identity: str, columns: TermColumns) -> None:
        try:
            term_files.save_columns(self._folder, name, identity, columns)
        except OSError as error:
            # A library on a read-only volume: each process computes them for itself.
            _log.info("the terms of %s cannot be kept: %s", self._folder, error)

    @property
    def library_bank(self) -> LibraryBank:
        """The bank made of the library, as it was when the guard last looked."""
        if self._library_bank is None:
            self._library_bank = _read_bank(self._folder, self.choices.bank)
        return self._library_bank

    def is_fitted(self, generation: int) -> bool:
        """Whether a search of this generation would find its terms computed and kept."""
        settings = self.choices.settings
        if self._lacks_banks():
            return False
        if not self.choices.bank:
            return False  # the guard has not looked yet
        known = term_files.load_columns(self._folder, AUTO, self._identity(settings))
        return known is not None and known.generation == generation

    def refit(
        self,
        gallery: Gallery,
        generation: int,
        encode_texts: Callable[[Sequence[str]], F32],
        *,
        judged: Sequence[Judged] = (),
        anew: bool = False,
    ) -> None:
        """Bring bank, choices and columns up to date with the library; to be done after indexing.

        judged: searches of which answers were liked, which the guard then looks at.
        anew: ask the guard also when the library has hardly changed.
        """
        if gallery.n_segment and self._lacks_banks():
            self._make_banks(encode_texts)
        with self._lock:
            bank = renewed(
                self.library_bank, gallery.vectors, row_keys(gallery.vectors), gallery.kind,
                self._searches(),
            )  # fmt: skip
            if (
                anew
                or bank.identity != self.choices.bank
                or self.choices.is_outgrown(gallery, len(judged))
            ):
                chooser = Chooser(gallery, self.shipped, bank, encode_texts, judged)
                self._keep(bank, chooser.choose(self._shipped_identity))
            self._ready.clear()
        if gallery.n_segment:
            self.terms(gallery, generation, AUTO, is_at_rest=True)

    def _lacks_banks(self) -> bool:
        """Whether banks could be made for this encoder, and were not yet."""
        return not self.shipped.queries and everyday_banks.are_wanted(self._spec)

    def _make_banks(self, encode_texts: Callable[[Sequence[str]], F32]) -> None:
        made = everyday_banks.make_banks(self._spec, encode_texts)
        with self._lock:
            if made:
                self.__dict__.pop("shipped", None)
                self.__dict__.pop("_shipped_identity", None)
                self._choices = None

    def _keep(self, bank: LibraryBank, choices: Choices) -> None:
        self._library_bank, self._choices = bank, choices
        vectors: dict[str, F32] = {kind.value: some for kind, some in bank.samples.items()}
        if bank.searches is not None:
            vectors[_SEARCHES] = bank.searches
        try:
            term_files.save_bank(self._folder, bank.identity, vectors)
            term_files.save_choices(self._folder, choices.to_json())
        except OSError as error:
            _log.info("the choices for %s cannot be kept: %s", self._folder, error)

    def set_keep_searches(self, keep: bool) -> None:
        """Remember searches from now on, or forget those that are remembered."""
        with self._lock:
            self._keep_searches, self._last_search = keep, None
        if not keep:
            self._forget_searches()

    def _forget_searches(self) -> None:
        try:
            term_files.forget_searches(self._folder)
        except OSError as error:
            _log.warning("the searches in %s cannot be deleted: %s", self._folder, error)

    def _searches(self) -> F32 | None:
        if not self._keep_searches:
            self._forget_searches()
            return None
        return term_files.load_searches(self._folder, self._spec.dim)

    def report(self, gallery: Gallery, terms: Terms) -> list[PairReport]:
        """The hubs of the library before and after these terms."""
        by_pair = self.choices.by_pair
        return report(gallery, self.shipped, self.library_bank, by_pair, terms)

    def note_search(self, vector: F32) -> None:
        """Remember what was searched for, (dim,), unless the user does not want that.

        While a sentence is typed, each part of it is a search; only the last one counts.
        """
        if not self._keep_searches:
            return
        with self._lock:
            before, self._last_search = self._last_search, vector
        if before is not None and float(before @ vector) < _SAME_SEARCH:
            self._add_search(before)

    def close(self) -> None:
        """Write down the last search."""
        with self._lock:
            last, self._last_search = self._last_search, None
        if last is not None:
            self._add_search(last)

    def _add_search(self, vector: F32) -> None:
        try:
            term_files.add_search(self._folder, vector)
        except OSError as error:
            _log.info("a search cannot be remembered in %s: %s", self._folder, error)


def _n_new(known: TermColumns | None, gallery: Gallery) -> int:
    return gallery.n_segment - (len(known.keys) if known is not None else 0)


def _read_bank(folder: Path, identity: str) -> LibraryBank:
    vectors = term_files.load_bank(folder, identity) if identity else {}
    kinds = set(Modality)
    samples = {Modality(name): some for name, some in vectors.items() if name in kinds}
    return LibraryBank(samples, vectors.get(_SEARCHES))
