"""An installed model as an encoder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from mmsearch.concepts import Vocabulary
from mmsearch.encode.frames import unit_rows
from mmsearch.encode.models.folder import file_in, folder_of, installed_model, verify_model
from mmsearch.encode.models.record import ModelRecord
from mmsearch.encode.towers.towers import Towers, open_towers
from mmsearch.errors import ModelError
from mmsearch.types import F32, Content, Modality


class TowersEncoder:
    """Opens its model when it is first needed, after its files were verified; thread-safe."""

    calibration: ClassVar[Mapping[tuple[str, Modality], tuple[float, float]]] = {}
    """Nobody has measured it; see normalising/null_calibration.py."""
    vocabulary: Vocabulary | None = None

    def __init__(self, record: ModelRecord, opened: Callable[[], Towers] | None = None) -> None:
        """opened: opens the model; None opens what is installed."""
        self.spec = record.spec
        self._record = record
        self._open = opened or self._open_installed
        self._lock = threading.Lock()
        self._towers: Towers | None = None
        self._asker = _asker_of(record)

    def encode_texts(self, texts: Sequence[str]) -> F32:
        """Embed query sentences: (n_text, dim) float32, unit length."""
        if self._asker is not None:
            return self._asker.encode_texts(texts)
        with self._lock:
            return unit_rows(self._opened().texts(texts)[:, : self.spec.dim])

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed segments of one of its kinds: (n_segment, dim) float32, unit length."""
        if modality not in self.spec.modalities:
            raise ValueError(f"{self.spec.id} does not encode {modality.value}")
        with self._lock:
            return unit_rows(self._opened().contents(modality, contents)[:, : self.spec.dim])

    def _opened(self) -> Towers:
        if self._towers is None:
            towers = self._open()
            if towers.dim < self.spec.dim:
                raise ModelError(
                    f"The model {self.spec.id} makes {towers.dim} dimensions instead of "
                    f"{self.spec.dim}.",
                    f"Run: mmsearch models remove {self.spec.id}, and add it again.",
                )
            self._towers = towers
        return self._towers

    def _open_installed(self) -> Towers:
        verify_model(self._record)
        folder = folder_of(self._record.id)
        towers = open_towers(self._record.family, folder, self._record.options)
        graphs = {Path(file.path).stem: file_in(folder, file.path) for file in self._record.graphs}
        for part in towers.parts:
            part.use_graph(graphs.get(part.name))
        return towers


def _asker_of(record: ModelRecord) -> TowersEncoder | None:
    """The smaller model that encodes the queries, if there is one."""
    if not record.queries_by:
        return None
    return TowersEncoder(replace(installed_model(record.queries_by), queries_by=""))
