"""Learns from the names in one library, and keeps what is better by them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mmsearch.adapt.held_out import Verdict, judge
from mmsearch.adapt.residual import learn
from mmsearch.adapting import adaptation
from mmsearch.adapting.adaptation import Adaptation
from mmsearch.adapting.pairs import EncodeTexts, pairs_of
from mmsearch.encode.banks import shipped_banks
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.library_bank import with_stand_in
from mmsearch.normalise.probes import Judged
from mmsearch.normalise.terms import Terms
from mmsearch.types import F32, EncoderSpec, Modality

Stamp = tuple[int, int]


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
    ) -> Adaptation:
        """Try it for every kind of which there are files, and keep what the names say.

        Takes seconds, a minute or two for 2,000 files with different names. Raises LibraryError
        when it cannot be kept.
        """
        verdicts: dict[Modality, Verdict] = {}
        residuals: dict[Modality, F32] = {}
        for code, kind in enumerate(MODALITIES):
            if not gallery.n_of_kind[code]:
                continue
            others = self._others(kind)
            pairs = pairs_of(gallery, kind, encode_texts, judged, terms, others)
            verdicts[kind] = judge(pairs)
            if verdicts[kind].is_better:
                residuals[kind] = learn(pairs)  # from the held-out files, too
        found = Adaptation(verdicts, residuals)
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
