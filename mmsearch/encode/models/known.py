"""Models that one may get: the ``[[model]]`` rows of models/catalog.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from mmsearch.errors import ModelError
from mmsearch.installed import shipped_path
from mmsearch.types import Modality

HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class KnownModel:
    """What is known of a model before anything of it is here."""

    id: str
    name: str
    family: str
    """Which loader opens it (towers.FAMILIES), reranks with it (judge.READINGS), or lets it say
    something: "whisper" for speech, "captions" for what pictures show."""
    repository: str
    """On the hub, e.g. "timm/ViT-B-16-SigLIP2-256"."""
    files: tuple[str, ...]
    """What has to be fetched. Of names joined by "|" the first that is there."""
    modalities: tuple[Modality, ...]
    """Kinds of file that it encodes; empty for a reranker."""
    dim: int
    n_parameters: int
    languages: str
    licence: str
    """Empty where none is stated."""
    is_checked: bool = False
    """Whether its licence was looked up on its page; else it is what is commonly said."""
    non_commercial: bool = False
    revision: str = "main"
    extra_files: tuple[str, ...] = ()
    """Fetched where the hub has them."""
    image_px: int = 0
    weights_bytes: int = 0
    """Where they are stored in half precision."""
    source: str = ""
    """The page to read about it, where that is not the repository's."""
    weights_url: str = ""
    """Where the weights are, if not on the hub; nobody tells their checksum then."""
    refused: str = ""
    """Why it cannot be got, if it cannot."""
    options: Mapping[str, str | int] = field(default_factory=dict)
    """For the loader: prefixes, pooling, how tokens are made; see the loaders."""

    @property
    def is_encoder(self) -> bool:
        """Whether files can be indexed with it."""
        return bool(self.modalities)

    @property
    def about_bytes(self) -> int:
        """The size of its weights: as the hub has them, or else four bytes a parameter."""
        return self.weights_bytes or 4 * self.n_parameters

    @property
    def page(self) -> str:
        """Where people can read about it."""
        return self.source or f"{HUB}/{self.repository}"

    @property
    def own_file(self) -> str:
        """The name of its file of weights, where no other model calls its own the same."""
        if self.weights_url:
            return self.weights_url.rpartition("/")[2]
        only = self.files[0] if len(self.files) == 1 else ""
        return "" if "|" in only else only


@cache
def known_models(path: Path | None = None) -> Mapping[str, KnownModel]:
    """The models of the shipped catalogue (or of ``path``) by id, in its order."""
    path = path or shipped_path("models", "catalog.toml")
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("model", [])
        return {row["id"]: _model(row) for row in rows}
    except OSError as error:
        message = f"The model catalogue {path} cannot be read: {error.strerror}."
        raise ModelError(message, "Install mmsearch again.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The model catalogue {path} is not as expected: {error}.") from error


def known_model(model_id: str) -> KnownModel:
    """Return one model; raises ModelError with near names for one that is not in the catalogue."""
    known = known_models()
    if model_id in known:
        return known[model_id]
    import difflib

    near = difflib.get_close_matches(model_id, known, n=3)
    hint = f"Did you mean {' or '.join(near)}?" if near else "See: mmsearch models list"
    raise ModelError(f"The catalogue has no model {model_id!r}.", hint)


def known_by_name(name: str) -> KnownModel | None:
    """The model with this id, repository or file of weights; None for an unknown one."""
    wanted = name.lower()
    for model in known_models().values():
        names = (model.id, model.repository.rpartition("/")[2], model.own_file)
        if wanted and wanted in (name.lower() for name in names):
            return model
    return None


def _model(row: dict[str, object]) -> KnownModel:
    """Turn one TOML table into a model; a wrong name is a TypeError, a missing one too."""
    lists = {name: tuple(_strings(row, name)) for name in ("files", "extra_files")}
    modalities = tuple(Modality(name) for name in _strings(row, "modalities"))
    rest = {name: value for name, value in row.items() if name not in (*lists, "modalities")}
    return KnownModel(**lists, modalities=modalities, **rest)  # type: ignore[arg-type]


def _strings(row: dict[str, object], name: str) -> list[str]:
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise TypeError(f"{name} must be a list of texts")
    return value
