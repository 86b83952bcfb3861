"""Tells what model a file or folder holds, by its configuration; nothing of it is run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mmsearch.encode.describers.describer import CAPTIONS, SPEECH
from mmsearch.encode.models.known import KnownModel
from mmsearch.encode.towers.torch_setup import first_line
from mmsearch.encode.towers.weights import SAFETENSORS, TORCH_SUFFIXES
from mmsearch.errors import ModelError

OPEN_CLIP_CONFIG = "open_clip_config.json"
CONFIG = "config.json"
_WEIGHTS = ("open_clip_model", "open_clip_pytorch_model", "model", "pytorch_model")
"""Names of weights before their suffix, the surest first."""
_TEXTS = (".json", ".txt", ".model", ".gz", ".jinja")
"""Suffixes of configurations and of the files of tokens."""
_ALL_SUFFIXES = (SAFETENSORS, *TORCH_SUFFIXES)
_INDEX = ".index.json"
CLIP_MOE = "clip-moe"
"""Named like an architecture of open_clip, but of a loader of its own."""
_TOKENS = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json", "vocab.txt",
    "merges.txt", "spiece.model", "sentencepiece.bpe.model",
)  # fmt: skip
_MAX_TEXT_BYTES = 64 * 1024**2
_WHERE = "A model is a folder with config.json or open_clip_config.json, as the hub has them."


@dataclass(frozen=True, slots=True)
class Found:
    """A model that was recognised and not yet opened."""

    family: str
    name: str
    weights: tuple[Path, ...]
    """One file, or the parts of one."""
    weights_name: str
    """What the loader wants its file of weights to be called."""
    others: Mapping[str, Path]
    """What else it needs, by its path in the model's folder."""
    architecture: str = ""
    """Of open_clip, for weights that come without a configuration."""


def recognise(path: Path, *, architecture: str = "", known: KnownModel | None = None) -> Found:
    """Look at a folder, at a file in it, or at bare weights; raises ModelError for other things."""
    found = _recognise(path, architecture, known)
    _refuse_links_out(found, path.resolve().parent if path.is_file() else path)
    return found


def _recognise(path: Path, architecture: str, known: KnownModel | None) -> Found:
    if known is not None and not architecture:
        architecture = str(known.options.get("architecture", ""))
    if path.is_file() and not architecture and _has_config(path.parent):
        path = path.parent
    if path.is_file():
        return _bare_weights(path, architecture)
    if not path.is_dir():
        raise ModelError(f"{path} does not exist.", "Check the path.")
    if architecture == CLIP_MOE:
        return _clip_moe(_only_weights_in(path))
    if (path / OPEN_CLIP_CONFIG).is_file():
        weights = _weights_in(path, _WEIGHTS)
        return Found("open_clip", path.name, weights, "open_clip_model.safetensors", _texts(path))
    if architecture:
        weights = _weights_in(path, _WEIGHTS)
        others = {name: file for name, file in _texts(path).items() if name != CONFIG}
        return Found(
            "open_clip", path.name, weights, "open_clip_model.safetensors", others, architecture
        )
    if not (path / CONFIG).is_file():
        raise ModelError(f"{path} has no configuration of a model.", _WHERE)
    family = known.family if known is not None else _family_of(_read(path / CONFIG))
    weights = _weights_in(path, ("model", "pytorch_model"))
    return Found(family, path.name, weights, "model.safetensors", _texts(path) | _layers(path))


def _has_config(folder: Path) -> bool:
    """Whether a file in this folder is one of a whole model."""
    return any((folder / name).is_file() for name in (OPEN_CLIP_CONFIG, CONFIG))


def _bare_weights(path: Path, architecture: str) -> Found:
    if path.suffix not in _ALL_SUFFIXES:
        raise ModelError(f"{path.name} is no file of weights.", _WHERE)
    if not architecture:
        raise ModelError(
            f"{path.name} does not say what it is the weights of.",
            "Name an architecture of open_clip (--architecture ViT-B-32) or clip-moe; or give the "
            "whole folder.",
        )
    if architecture == CLIP_MOE:
        return _clip_moe(path)
    weights_name = "open_clip_model.safetensors"
    beside = {name: path.parent / name for name in _TOKENS if (path.parent / name).is_file()}
    return Found("open_clip", path.stem, (path,), weights_name, beside, architecture)


def _clip_moe(weights: Path) -> Found:
    return Found("clip_moe", weights.stem, (weights,), "model.safetensors", {})


def _family_of(config: Mapping[str, Any]) -> str:
    """By the type of the model; whatever reads texts and is not known by name is "text"."""
    if config.get("model_type") == "clap":
        return "clap"
    if str(config.get("model_type", "")).startswith("codet5p_bimodal"):
        return "codet5p_matching"
    made = config.get("architectures") or [""]
    if any("WhisperForConditionalGeneration" in str(name) for name in made):
        return SPEECH
    if any("BlipForConditionalGeneration" in str(name) for name in made):
        return CAPTIONS
    if any("ForImageTextRetrieval" in str(name) for name in made):
        return "blip"
    if any("ForCausalLM" in str(name) or "LMHead" in str(name) for name in made):
        return "causal_lm"
    if any("ForSequenceClassification" in str(name) for name in made):
        return "cross_encoder"
    return "text"


def _weights_in(folder: Path, stems: tuple[str, ...]) -> tuple[Path, ...]:
    """The file of weights, or its parts; safetensors before what has to be converted."""
    for suffix in _ALL_SUFFIXES:
        for stem in stems:
            whole = folder / f"{stem}{suffix}"
            if whole.is_file():
                return (whole,)
            index = whole.with_name(whole.name + _INDEX)
            if index.is_file():
                return _parts(index)
    return (_only_weights_in(folder),)


def _only_weights_in(folder: Path) -> Path:
    """The one file of weights of whatever name."""
    found = [path for path in sorted(folder.iterdir()) if path.suffix in _ALL_SUFFIXES]
    if not found:
        raise ModelError(f"{folder} has no weights.", "It needs model.safetensors or the like.")
    if len(found) > 1:
        raise ModelError(
            f"{folder} has several files of weights: {found[0].name}, {found[1].name} …",
            "Name one of them, or keep only one in the folder.",
        )
    return found[0]


def _refuse_links_out(found: Found, folder: Path) -> None:
    """Raise ModelError where what lies in a folder is a link to a file elsewhere.

    The hub's own cache may link to its blobs; whatever else leads out could be any private file.
    """
    homes = (folder.resolve(), (folder / ".." / ".." / "blobs").resolve())
    for path in (*found.weights, *found.others.values()):
        if not any(path.resolve().is_relative_to(home) for home in homes):
            raise ModelError(
                f"{path.name} is a link that leads out of the folder.",
                "Put the file itself there if it belongs to the model.",
            )


def _parts(index: Path) -> tuple[Path, ...]:
    places = _read(index).get("weight_map")
    names = sorted({str(name) for name in places.values()}) if isinstance(places, dict) else []
    if not names or any("/" in name or "\\" in name for name in names):
        raise ModelError(f"{index.name} names no parts of weights.")
    parts = tuple(index.parent / name for name in names)
    for part in parts:
        if not part.is_file():
            raise ModelError(f"The part {part.name} of the weights is missing.", "Get it as well.")
    return parts


def _texts(folder: Path) -> dict[str, Path]:
    """The small files directly in the folder, by name."""
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in _TEXTS and path.is_file() and not path.name.endswith(_INDEX):
            if path.stat().st_size > _MAX_TEXT_BYTES:
                raise ModelError(f"{path.name} is too large to be a configuration or vocabulary.")
            found[path.name] = path
    return found


def _layers(folder: Path) -> dict[str, Path]:
    """What a folder of sentence-transformers keeps in folders: pooling, dense layers."""
    found: dict[str, Path] = {}
    for pattern in ("*_Pooling/config.json", "*_Dense/config.json", "*_Dense/model.safetensors"):
        for path in folder.glob(pattern):
            found[path.relative_to(folder).as_posix()] = path
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path.name} cannot be read: {first_line(error)}.") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path.name} is no configuration.")
    return content
