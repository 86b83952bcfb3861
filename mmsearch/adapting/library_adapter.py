"""Learns from the names in one library, and keeps what is better by them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from mmsearch.adapt.adapter import Adapter
from mmsearch.adapt.held_out import LEAST_FILES, Verdict, judge, learned
from mmsearch.adapt.named import Named
from mmsearch.adapting import adaptation
from mmsearch.adapting.adaptation import Adaptation
from mmsearch.adapting.pairs import EncodeTexts, Tell, Texts, pairs_of
from mmsearch.adapting.seen_words import SeesWords, teacher_of
from mmsearch.encode.banks import shipped_banks
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.library_bank import with_stand_in
from mmsearch.normalise.probes import Judged
from mmsearch.normalise.terms import Terms
from mmsearch.types import F32, EncoderSpec, Modality

Stamp = tuple[int, int]
TellKind = Callable[[Modality, float], None]
"""Told how much of a kind of file is done, from 0 to 1; may raise to end it."""


class LibraryAdapter:
    """Of one library and space; thread-safe. What another process keeps is seen at once."""

    def __init__(self, folder: Path, spec: EncoderSpec) -> None:
        self._path = adaptation.file_of(folder, spec.space)
        self._spec = spec
        self._lock = threading.Lock()
        self._read: tuple[Stamp, Adaptation | None] | None = None

    def adaptation(self) -> Adaptation | None:
        """What is kept; read only when its file has changed."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        stamp = status.st_mtime_ns, status.st_size
        with self._lock:
            if self._read is None or self._read[0] != stamp:
                found = adaptation.load(self._path, self._spec.space, self._spec.dim)
                self._read = stamp, found
            return self._read[1]

    def learn(
        self,
        gallery: Gallery,
        encode_texts: EncodeTexts,
        judged: Sequence[Judged],
        terms: Terms,
        sees: SeesWords | None = None,
        tell: TellKind = lambda kind, done: None,
    ) -> Adaptation:
        """Try it for every kind of which there are files, and keep what the names say.

        Takes seconds, a minute or two for 2,000 files with different names. sees: the reranker of
        pictures, if there is one. Raises LibraryError when it cannot be kept, and whatever
        ``tell`` raises; then nothing has changed.
        """
        verdicts: dict[Modality, Verdict] = {}
        adapters: dict[Modality, Adapter] = {}
        for code, kind in enumerate(MODALITIES):
            if not gallery.n_of_kind[code]:
                continue
            tell_half = [_half(kind, tell, place) for place in (0, 1)]
            others = self._others(kind)
            texts = pairs_of(gallery, kind, encode_texts, judged, terms, others, tell_half[0])
            named = _with_teacher(gallery, kind, texts, sees, tell_half[1])
            verdicts[kind] = verdict = judge(named)
            if verdict.is_better:
                adapters[kind] = learned(named, verdict.way)  # from the held-out files, too
        found = Adaptation(verdicts, adapters)
        self._keep(found)
        return found

    def switch(self, *, on: bool) -> Adaptation | None:
        """Use it or not; what was learned stays. None where nothing is kept."""
        kept = self.adaptation()
        if kept is None:
            return None
        self._keep(adaptation.switched(kept, on=on))
        return self.adaptation()

    def forget(self) -> bool:
        """Throw it away; whether there was something."""
        return adaptation.forget(self._path)

    def _others(self, kind: Modality) -> F32:
        """Sentences that ask for a kind, from the bank that came with the encoder."""
        found = with_stand_in(shipped_banks(self._spec).queries, "text", kind)
        return np.zeros((0, self._spec.dim), np.float32) if found is None else found

    def _keep(self, found: Adaptation) -> None:
        adaptation.save(self._path, self._spec.space, found)
        with self._lock:
            self._read = None


def _half(kind: Modality, tell: TellKind, place: int) -> Tell:
    """Texts are the first half of the work, pictures the second."""
    return lambda done: tell(kind, (place + done) / 2)


def _with_teacher(
    gallery: Gallery, kind: Modality, texts: Texts, sees: SeesWords | None, tell: Tell
) -> Named:
    """With what a reranker sees, where that can be of use."""
    if kind is not Modality.IMAGE or sees is None or len(texts.rows) < LEAST_FILES:
        return Named(texts.pairs)
    tokens = tuple(sees.tokens(text) for text in texts.texts)
    return Named(texts.pairs, tokens, teacher_of(gallery, texts, sees, tell))
