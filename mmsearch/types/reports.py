"""What is told about a library, its encoder and its indexing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mmsearch.types.contents import F32, Modality


@dataclass(frozen=True, slots=True)
class FailedFile:
    """One row of the error list."""

    path: Path
    kind: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an indexing run is; yielded at most 30 times a second."""

    phase: str
    """"scanning", "indexing" or "finishing"."""
    n_found: int = 0
    n_unchanged: int = 0
    n_todo: int = 0
    n_done: int = 0
    n_failed: int = 0
    n_segments: int = 0
    files_per_s: float = 0.0
    eta_s: float | None = None
    current: str = ""
    waiting: tuple[tuple[str, int], ...] = ()
    """(root id, files of it still to read), of every root that is there."""


@dataclass(frozen=True, slots=True)
class MissingFiles:
    """So many files of a root have vanished at once that they are kept until somebody decides."""

    root_id: str
    path: str
    n_missing: int
    n_known: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What an indexing run did."""

    n_found: int
    n_unchanged: int
    n_indexed: int
    n_reused: int
    """Files whose vectors were taken over because the content was already known."""
    n_removed: int
    n_failed: int
    n_offline: int
    n_segments: int
    elapsed_s: float
    stopped: bool = False
    notes: tuple[str, ...] = ()
    missing: tuple[MissingFiles, ...] = ()


@dataclass(frozen=True, slots=True)
class EncoderSpec:
    """What an encoder is, as data; a runner loads it."""

    id: str
    revision: str
    dim: int
    modalities: tuple[Modality, ...]
    image_px: int
    """Side of the square that pictures and frames are decoded to."""
    licence: str = ""
    source: str = ""

    @property
    def space(self) -> str:
        """Vectors of two spaces are never compared."""
        return f"{self.id}@{self.revision}"


@dataclass(frozen=True, slots=True, eq=False)
class QueryBanks:
    """What an encoder's vectors are asked for with, as learned vectors of its space."""

    queries: Mapping[tuple[str, Modality], F32] = field(default_factory=dict)
    """(kind of query, kind of what it asks for) -> (n_query, dim) unit vectors."""
    to_text: Mapping[Modality, tuple[F32, F32]] = field(default_factory=dict)
    """Weight (dim, dim) and bias (dim,) of the linear map from the vectors of a kind to where
    sentences for them lie."""
    are_everyday: bool = False
    """Made of everyday sentences for a model of which nothing was measured."""

    @property
    def are_measured(self) -> bool:
        """Whether there are banks, and what they are worth was measured with their encoder."""
        return bool(self.queries) and not self.are_everyday


@dataclass(frozen=True, slots=True)
class RootStatus:
    """A folder of the library and how it stands."""

    root_id: str
    path: Path
    online: bool
    n_indexed: int
    n_failed: int
    drive: str = ""
    """The name of the drive it lies on; empty for the computer's own."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies in a folder that may be added, and what adding it would cost."""

    by_modality: Mapping[Modality, int]
    size_bytes: int
    """Of the files themselves."""
    time_s: float
    """What reading them takes, about."""
    disk_bytes: int
    """What the index and the small pictures of them take, about."""
    complete: bool
    """False while the counting goes on."""

    @property
    def n_files(self) -> int:
        """All kinds together."""
        return sum(self.by_modality.values())


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """What a library holds."""

    n_indexed: int
    n_failed: int
    n_offline: int
    n_segments: int
    spaces: tuple[str, ...]
    by_modality: dict[Modality, int]
    roots: tuple[RootStatus, ...]
    n_outdated: int = 0
    """Files that another encoder was used on; the next run encodes them anew."""
    segments_by_kind: Mapping[Modality, int] = field(default_factory=dict)
    """What would have to be encoded anew with another model."""
    answering: str = ""
    """The space that answers searches: the one before until all is encoded anew."""

    def to_json(self) -> dict[str, Any]:
        """The status as the command line prints it; see ARCHITECTURE.md, stable interfaces."""
        return {
            "assets": {
                "indexed": self.n_indexed,
                "failed": self.n_failed,
                "offline": self.n_offline,
            },
            "segments": self.n_segments,
            "spaces": list(self.spaces),
            "by_modality": {kind.value: count for kind, count in self.by_modality.items()},
            "roots": [
                {
                    "path": str(root.path),
                    "online": root.online,
                    "indexed": root.n_indexed,
                    "failed": root.n_failed,
                }
                for root in self.roots
            ],
        } | self._reencoding()

    def _reencoding(self) -> dict[str, Any]:
        if not self.n_outdated:
            return {}
        n_done = self.n_indexed - self.n_outdated
        told = {"done": n_done, "left": self.n_outdated, "answering": self.answering}
        return {"reencoding": told}
