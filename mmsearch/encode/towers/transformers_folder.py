"""Opens models and tokens of transformers from a folder: whole, offline, and without its code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mmsearch.encode.towers.torch_setup import first_line, import_library, quiet
from mmsearch.encode.towers.weights import check_plausible, count_parameters, read_weights
from mmsearch.errors import ModelError

CONFIG, WEIGHTS = "config.json", "model.safetensors"
REFUSALS = (
    RuntimeError, ValueError, KeyError, TypeError, OSError, AttributeError, AssertionError,
    ImportError, IndexError, StopIteration,
)  # fmt: skip
"""What the libraries raise for folders that they cannot make a model of."""
_VOCABULARIES = (
    "tokenizer.json", "vocab.txt", "vocab.json", "tokenizer.model", "spiece.model",
    "sentencepiece.bpe.model",
)  # fmt: skip
_WITHOUT = ("pooler", "position_ids", "logit_scale")
"""Parts that may be missing: nothing is asked of them, or they are made anew."""


def open_model(folder: Path, class_name: str = "AutoModel", **more: Any) -> Any:
    """The model in a folder by a class of transformers; raises ModelError."""
    config = read_json(folder / CONFIG)
    check_plausible(config, count_parameters(folder / WEIGHTS))
    transformers = import_library("transformers")
    with quiet():
        try:
            model, info = getattr(transformers, class_name).from_pretrained(
                folder,
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
                output_loading_info=True,
                dtype=import_library("torch").float32,
                **more,
            )
        except REFUSALS as error:
            raise _cannot_open(config, error) from error
    check_complete(info["missing_keys"])
    return model


def _cannot_open(config: Mapping[str, Any], error: Exception) -> ModelError:
    name = config.get("model_type", "this model")
    if "auto_map" in config:
        return ModelError(
            f"The model ({name}) comes with code of its own, which is not run here.",
            "Take a model of a kind that transformers knows by itself.",
        )
    return ModelError(f"transformers cannot open {name}: {first_line(error)}")


def open_config(folder: Path, class_name: str) -> Any:
    """The configuration in a folder as one of a class of transformers; raises ModelError."""
    transformers = import_library("transformers")
    content = read_json(folder / CONFIG)
    try:
        return getattr(transformers, class_name)(**content)
    except REFUSALS as error:
        raise ModelError(f"{CONFIG} is not understood: {first_line(error)}") from error


def fill(model: Any, folder: Path) -> Any:
    """Load the weights of a folder into a model that was made here; raises ModelError."""
    try:
        info = model.load_state_dict(read_weights(folder / WEIGHTS), strict=False)
    except RuntimeError as error:
        message = f"The weights do not fit the architecture: {first_line(error)}"
        raise ModelError(message) from error
    check_complete(info.missing_keys)
    return model


def open_tokens(folder: Path) -> Any:
    """What makes tokens of texts; raises ModelError when its files are missing."""
    transformers = import_library("transformers")
    reason: Exception = FileNotFoundError("there is no vocabulary")
    with quiet():
        # Without a vocabulary transformers would make up a tokenizer that knows no word.
        has_words = any((folder / name).is_file() for name in _VOCABULARIES)
        for class_name in ("AutoTokenizer", "PreTrainedTokenizerFast") if has_words else ():
            try:
                tokens = getattr(transformers, class_name).from_pretrained(
                    folder, local_files_only=True, trust_remote_code=False
                )
            except REFUSALS as error:
                reason = error
                continue
            if len(tokens) > 0 and tokens("a").get("input_ids"):
                return tokens
            reason = ValueError("it has no words")
    raise ModelError(
        f"The files of the tokens (tokenizer.json …) are missing or damaged: {first_line(reason)}",
        "Put them into the same folder.",
    ) from reason


def without_code(config: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration without the names of programs that it would have run."""
    return {name: value for name, value in config.items() if name != "auto_map"}


def check_complete(missing: Any) -> None:
    """Raise ModelError when weights are missing, which would be made up otherwise."""
    names = [name for name in missing if not any(part in name for part in _WITHOUT)]
    if names:
        raise ModelError(
            f"The weights do not fit the architecture: {len(names)} are missing, "
            f"e.g. {min(names)}.",
            "Take the weights and the configuration from the same place.",
        )


def read_json(path: Path) -> dict[str, Any]:
    """A configuration file; raises ModelError."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{path.name} is missing: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path.name} is no JSON: {first_line(error)}") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path.name} is no configuration.")
    return content


def read_json_if_there(path: Path) -> dict[str, Any]:
    """A configuration file, or nothing."""
    return read_json(path) if path.is_file() else {}
