"""An installed model as an encoder."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from mmsearch.concepts import Vocabulary
from mmsearch.encode.frames import unit_rows
from mmsearch.encode.models.folder import file_in, folder_of, installed_model, verify_model
from mmsearch.encode.models.projection import load_projection, projected
from mmsearch.encode.models.record import ModelRecord, save_record
from mmsearch.encode.towers.device import AS_SET, choose_device
from mmsearch.encode.towers.precision import set_best_precision
from mmsearch.encode.towers.runner import DEVICE, PRECISION
from mmsearch.encode.towers.towers import Towers, open_towers
from mmsearch.errors import ModelError
from mmsearch.types import F32, Content, Modality

_log = logging.getLogger(__name__)


class TowersEncoder:
    """Opens its model when it is first needed, after its files were verified; thread-safe."""

    calibration: ClassVar[Mapping[tuple[str, Modality], tuple[float, float]]] = {}
    """Nobody has measured it; see normalising/null_calibration.py."""
    vocabulary: Vocabulary | None = None

    def __init__(
        self,
        record: ModelRecord,
        opened: Callable[[], Towers] | None = None,
        *,
        device: str = AS_SET,
    ) -> None:
        """opened: opens the model; None opens what is installed. device: see choose_device."""
        self.spec = record.spec
        self._record = record
        self._open = opened or self._open_installed
        self._lock = threading.Lock()
        self._towers: Towers | None = None
        self._device = device
        self._projection: F32 | None = None
        self._asker = _asker_of(record, device)

    def encode_texts(self, texts: Sequence[str]) -> F32:
        """Embed query sentences: (n_text, dim) float32, unit length."""
        if self._asker is not None:
            return self._kept(self._asker.encode_texts(texts))
        with self._lock:
            return self._kept(self._opened().texts(texts))

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed segments of one of its kinds: (n_segment, dim) float32, unit length."""
        if modality not in self.spec.modalities:
            raise ValueError(f"{self.spec.id} does not encode {modality.value}")
        with self._lock:
            return self._kept(self._opened().contents(modality, contents))

    def _kept(self, vectors: F32) -> F32:
        """(n, full_dim) -> (n, dim) unit vectors: those of its dimensions that are kept."""
        if self._record.projection is None:
            return unit_rows(vectors[:, : self.spec.dim])
        if self._projection is None:
            path = folder_of(self._record.id) / self._record.projection.path
            full_dim = self._record.whole.dim
            self._projection = load_projection(path, full_dim, self.spec.dim)
        return projected(vectors, self._projection)

    def _opened(self) -> Towers:
        if self._towers is None:
            towers = self._open()
            full_dim = self._record.whole.dim
            if towers.dim < full_dim:
                raise ModelError(
                    f"The model {self.spec.id} makes {towers.dim} dimensions instead of "
                    f"{full_dim}.",
                    f"Run: mmsearch models remove {self.spec.id}, and add it again.",
                )
            self._towers = towers
        return self._towers

    def _open_installed(self) -> Towers:
        verify_model(self._record)
        folder = folder_of(self._record.id)
        kind = choose_device(self._device).type
        known = self._record.precision.get(kind, "")
        options = {**self._record.options, DEVICE: self._device, PRECISION: known}
        towers = open_towers(self._record.family, folder, options)
        if not known:
            self._note_precision(kind, set_best_precision(towers))
        graphs = {Path(file.path).stem: file_in(folder, file.path) for file in self._record.graphs}
        for part in towers.parts:
            part.use_graph(graphs.get(part.name))
        return towers

    def _note_precision(self, device: str, precision: str) -> None:
        """Keep what was found out on a sort of device that the model had not seen before."""
        try:
            record = installed_model(self._record.id)
            found = {**record.precision, device: precision}
            save_record(folder_of(record.id), replace(record, precision=found))
        except (ModelError, OSError) as error:  # it is found out again the next time
            _log.info("what %s computes best in cannot be kept: %s", self._record.id, error)


def _asker_of(record: ModelRecord, device: str) -> TowersEncoder | None:
    """The smaller model that encodes the queries, if there is one."""
    if not record.queries_by:
        return None
    smaller = replace(installed_model(record.queries_by).whole, queries_by="")
    return TowersEncoder(smaller, device=device)
