"""Exports the parts of an installed model as ONNX graphs, and lets the faster runner have them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from mmsearch.encode.models.folder import folder_of, verify_model
from mmsearch.encode.models.record import ModelFile, ModelRecord, save_record
from mmsearch.encode.towers.part import Part
from mmsearch.encode.towers.probes import WORDS, contents_of, least_cosine, timed
from mmsearch.encode.towers.towers import Towers, open_towers
from mmsearch.errors import ModelError
from mmsearch.types import F32, Modality

GRAPHS = "onnx"
LEAST_COSINE = 0.999
"""With less, graph and model do not say the same, and one of the two is wrong."""
_MOST_BYTES = 2 * 1000**3
"""A larger graph does not fit into one file of the format."""
_N_TRIED = 8
_PARTS = {"pictures": Modality.IMAGE, "sounds": Modality.AUDIO}
"""Which kind of file goes through a part; texts go through the others."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A part, how well its graph agrees, and how long both took for the same."""

    name: str
    cosine: float
    """The least of all that were compared."""
    torch_s: float
    graph_s: float

    @property
    def is_faster(self) -> bool:
        """Whether ONNX Runtime gets it."""
        return self.graph_s < self.torch_s


def export_model(record: ModelRecord) -> list[Exported]:
    """Export each part, check that it agrees, and use those that are faster.

    Raises ModelError when a part cannot be exported or does not agree; then nothing has changed.
    """
    if record.size_bytes > _MOST_BYTES:
        raise ModelError(f"{record.name} is larger than 2 GB, which ONNX files cannot be.")
    verify_model(record)
    folder = folder_of(record.id)
    towers = open_towers(record.family, folder, record.options)
    draft = folder / f"{GRAPHS}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir()
        found = [_exported(part, towers, draft) for part in towers.parts]
        shutil.rmtree(folder / GRAPHS, ignore_errors=True)
        draft.rename(folder / GRAPHS)
        used = tuple(_file(folder, one.name) for one in found if one.is_faster)
        save_record(folder, replace(record, graphs=used))
    except OSError as error:
        raise ModelError(f"{folder} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return found


def _exported(part: Part, towers: Towers, folder: Path) -> Exported:
    encode = _probe(part, towers)
    part.keeps_example = True
    expected, torch_s = timed(encode)
    path = folder / f"{part.name}.onnx"
    part.export(path)
    part.use_graph(path)
    found, graph_s = timed(encode)
    part.use_graph(None)
    part.keeps_example, part.example = False, None
    cosine = least_cosine(expected, found)
    if not cosine >= LEAST_COSINE:
        raise ModelError(
            f"The graph of its part for {part.name} does not agree with it (cosine {cosine:.4f}).",
            "It goes on being run by torch.",
        )
    return Exported(part.name, cosine, torch_s, graph_s)


def _probe(part: Part, towers: Towers) -> Callable[[], F32]:
    """What runs the part on the same things each time."""
    kind = _PARTS.get(part.name)
    if kind is None:
        return lambda: towers.texts(WORDS)
    contents = contents_of(kind, towers.image_px, _N_TRIED)
    return lambda: towers.contents(kind, contents)


def _file(folder: Path, name: str) -> ModelFile:
    path = folder / GRAPHS / f"{name}.onnx"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return ModelFile(f"{GRAPHS}/{name}.onnx", digest, path.stat().st_size)
