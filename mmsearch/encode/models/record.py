"""What is kept about an installed model, in record.json in its folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from mmsearch.atomic import write_atomically
from mmsearch.errors import ModelError
from mmsearch.types import EncoderSpec, Modality

RECORD = "record.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of an installed model, as it was when it was installed."""

    path: str
    """Relative to the model's folder, with "/"."""
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """An installed model as data; a loader of its family opens it."""

    id: str
    name: str
    family: str
    modalities: tuple[Modality, ...]
    dim: int
    image_px: int
    """Side of the square that pictures are made to; 0 where it sees none."""
    files: tuple[ModelFile, ...]
    licence: str = ""
    non_commercial: bool = False
    languages: str = ""
    source: str = ""
    """Where it came from: the page on the hub with the commit, or a folder."""
    options: Mapping[str, str | int] = field(default_factory=dict)
    per_s: Mapping[str, float] = field(default_factory=dict)
    """How many segments of each kind were encoded in a second when it was tried."""
    precision: Mapping[str, str] = field(default_factory=dict)
    """Which numbers each sort of device computes it in; what was found to agree and to be faster.
    It makes the same vectors in all of them, so the same space."""
    queries_by: str = ""
    """The id of a smaller model in the same space that encodes queries; see pairing.py."""
    full_dim: int = 0
    """How many dimensions the model makes, where fewer are kept; see shrinking.py."""
    projection: ModelFile | None = None
    """What takes its vectors to those that are kept; without it they are the first ones."""
    graphs: tuple[ModelFile, ...] = ()
    """Parts of it that ONNX Runtime runs faster. They make the same vectors, so the same space."""

    @property
    def spec(self) -> EncoderSpec:
        """The model as an encoder. Its revision changes with any file, and with the options."""
        projection = (self.projection,) if self.projection else ()
        made_by = sorted(file.sha256 for file in (*self.files, *projection))
        told = json.dumps([made_by, sorted(self.options.items()), self.dim])
        return EncoderSpec(
            id=self.id,
            revision=hashlib.sha256(told.encode()).hexdigest()[:8],
            dim=self.dim,
            modalities=self.modalities,
            image_px=self.image_px,
            licence=self.licence,
            source=self.source,
        )

    @property
    def whole(self) -> ModelRecord:
        """The same model with all its dimensions."""
        return replace(self, dim=self.full_dim or self.dim, full_dim=0, projection=None)

    @property
    def size_bytes(self) -> int:
        """Of all its files."""
        return sum(file.size_bytes for file in self.files)

    @property
    def is_encoder(self) -> bool:
        """Whether files can be indexed with it."""
        return bool(self.modalities)

    def text_option(self, name: str) -> str:
        """An option that is a text; empty where it is not set."""
        return str(self.options.get(name, ""))


def save_record(folder: Path, record: ModelRecord) -> None:
    """Write the record into the model's folder. Raises OSError."""
    content = {"format": _FORMAT, **asdict(record)}
    write_atomically(folder / RECORD, json.dumps(content, indent=1).encode(), durable=True)


def load_record(folder: Path) -> ModelRecord:
    """Read the record of the model in a folder; raises ModelError when it has no sound one."""
    cure = f"Remove the folder {folder}, and add the model again."
    try:
        content = json.loads((folder / RECORD).read_bytes())
        if content.pop("format") != _FORMAT:
            raise ModelError(f"The model in {folder} was installed by a newer mmsearch.", cure)
        return _record(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ModelError(f"The model in {folder} cannot be read: {reason}.", cure) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"The record of the model in {folder} is damaged.", cure) from error


def _record(content: dict[str, Any]) -> ModelRecord:
    files = tuple(ModelFile(**file) for file in content.pop("files"))
    modalities = tuple(Modality(name) for name in content.pop("modalities"))
    graphs = tuple(ModelFile(**file) for file in content.pop("graphs", ()))
    kept = content.pop("projection", None)
    projection = ModelFile(**kept) if kept else None
    return ModelRecord(
        files=files, modalities=modalities, graphs=graphs, projection=projection, **content
    )
