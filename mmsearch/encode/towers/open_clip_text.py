"""Text towers of transformers inside models of open_clip, as multilingual CLIPs have them.

open_clip asks the hub for the configuration of such a tower by its name. Here it comes from
config.json in the model's folder, or, for the towers below, from what is known of them; the weights
are in the model's own file either way.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mmsearch.encode.towers.transformers_folder import (
    CONFIG,
    read_json,
    read_json_if_there,
    without_code,
)
from mmsearch.errors import ModelError

_TOKENIZER_OPTIONS = ("clean", "strip_sep_token", "language")
"""What a configuration may ask of the tokens; whatever else transformers would take is refused."""

_ROBERTA = {
    "attention_probs_dropout_prob": 0.1, "bos_token_id": 0, "eos_token_id": 2, "hidden_act": "gelu",
    "layer_norm_eps": 1e-5, "max_position_embeddings": 514, "pad_token_id": 1, "type_vocab_size": 1,
    "hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12,
    "num_hidden_layers": 12,
}  # fmt: skip
_LARGE = {
    "hidden_size": 1024, "intermediate_size": 4096, "num_attention_heads": 16,
    "num_hidden_layers": 24,
}  # fmt: skip
_NLLB = {
    "model_type": "m2m_100", "activation_function": "relu", "d_model": 1024, "decoder_layers": 12,
    "decoder_attention_heads": 16, "decoder_ffn_dim": 4096, "encoder_layers": 12,
    "encoder_attention_heads": 16, "encoder_ffn_dim": 4096, "is_encoder_decoder": True,
    "max_position_embeddings": 1024, "num_hidden_layers": 12, "scale_embedding": True,
    "vocab_size": 256_206, "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1,
}  # fmt: skip
KNOWN_TEXT_TOWERS: Mapping[str, Mapping[str, Any]] = {
    "roberta-base": {"model_type": "roberta", "vocab_size": 50_265, **_ROBERTA},
    "xlm-roberta-base": {"model_type": "xlm-roberta", "vocab_size": 250_002, **_ROBERTA},
    "xlm-roberta-large": {
        "model_type": "xlm-roberta", "vocab_size": 250_002, **_ROBERTA, **_LARGE,
    },
    "google/mt5-base": {
        "model_type": "mt5", "d_ff": 2048, "d_kv": 64, "d_model": 768, "num_heads": 12,
        "num_layers": 12, "num_decoder_layers": 12, "vocab_size": 250_112,
        "is_encoder_decoder": True, "feed_forward_proj": "gated-gelu", "tie_word_embeddings": False,
        "pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0,
        "relative_attention_num_buckets": 32,
    },
    "facebook/nllb-200-distilled-600M": _NLLB,
    "facebook/nllb-200-distilled-1.3B": _NLLB | {
        "encoder_layers": 24, "encoder_ffn_dim": 8192, "decoder_layers": 24,
        "decoder_ffn_dim": 8192, "num_hidden_layers": 24,
    },
}  # fmt: skip
"""By the names that configurations of open_clip use."""


def text_tower_config(folder: Path, model_config: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration of the tower of transformers that a model has for texts; empty for none.

    Raises ModelError where it has one that nothing is known of.
    """
    name = str(_text_config(model_config).get("hf_model_name") or "")
    if not name:
        return {}
    found = read_json_if_there(folder / CONFIG)
    if "model_type" not in found:
        found = dict(KNOWN_TEXT_TOWERS.get(name.removeprefix("FacebookAI/"), {}))
    if not found:
        raise ModelError(
            f"The model reads texts with {name}, of which nothing is known here.",
            f"Put the {CONFIG} of {name} into the same folder.",
        )
    return without_code(found)


def write_text_config(folder: Path) -> None:
    """Put the configuration of the tower for texts beside the model's own, where it is missing.

    What makes tokens is told by it, too. Raises ModelError as text_tower_config, or OSError.
    """
    model_config = read_json(folder / "open_clip_config.json").get("model_cfg")
    config = text_tower_config(folder, model_config if isinstance(model_config, dict) else {})
    if config and "model_type" not in read_json_if_there(folder / CONFIG):
        (folder / CONFIG).write_text(json.dumps(config, indent=1), "utf-8")


def check_tokens(model_config: Mapping[str, Any]) -> None:
    """Raise ModelError where the configuration asks for more than a way of reading words.

    open_clip hands what stands there on to transformers, which could be told to run code.
    """
    asked = _text_config(model_config).get("tokenizer_kwargs") or {}
    strange = sorted(set(asked) - set(_TOKENIZER_OPTIONS)) if isinstance(asked, dict) else ["?"]
    if strange:
        raise ModelError(
            f"The configuration asks for {strange[0]!r} when texts are read; that is not done here."
        )


@contextmanager
def architecture_folder(
    folder: Path, content: Mapping[str, Any], text_config: Mapping[str, Any]
) -> Iterator[Path]:
    """A folder from which open_clip can make the model's networks without asking the hub.

    content: of open_clip_config.json. text_config: see text_tower_config.
    """
    if not text_config:
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="mmsearch-") as name:
        model = dict(content["model_cfg"])
        model["text_cfg"] = {**_text_config(model), "hf_model_name": name}
        written = {"open_clip_config.json": {**content, "model_cfg": model}, CONFIG: text_config}
        for file_name, values in written.items():
            (Path(name) / file_name).write_text(json.dumps(values), "utf-8")
        yield Path(name)


def _text_config(model_config: Mapping[str, Any]) -> Mapping[str, Any]:
    found = model_config.get("text_cfg")
    return found if isinstance(found, Mapping) else {}
