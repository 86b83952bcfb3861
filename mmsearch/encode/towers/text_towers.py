"""Encoders of texts and code: folders of sentence-transformers, or of transformers alone.

UniXcoder and CodeT5+ have ways of their own, taken from their authors' code: the first wants a
token that says what it is to do, the second ends in a projection of the first token's state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.part import Part
from mmsearch.encode.towers.pooling import dense_layers, longest_text, pooled, pooling_of
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.encode.towers.towers import Options, Towers
from mmsearch.encode.towers.transformers_folder import (
    CONFIG,
    fill,
    open_config,
    open_model,
    open_tokens,
    read_json,
    read_json_if_there,
)
from mmsearch.encode.towers.weights import check_plausible, count_parameters
from mmsearch.errors import ModelError
from mmsearch.types import F32, CodeText, Content, Modality

_MOST_TOKENS = 512
"""Sixty lines of code, which is what a segment has, are hardly more."""
_AT_ONCE = 32
_TO_ENCODE = "<encoder-only>"

Embed = Callable[..., Any]
"""Tokens (input_ids) and their mask (attention_mask) on the device -> (n, dim)."""


class TextTowers:
    """An open model; see Towers."""

    image_px = 0
    modalities: tuple[Modality, ...] = (Modality.CODE,)

    def __init__(
        self,
        runner: Runner,
        tokenise: Callable[[Sequence[str]], dict[str, Any]],
        embed: Embed,
        prefixes: tuple[str, str],
    ) -> None:
        """prefixes: what stands before queries, and before what is searched."""
        self.runner = runner
        self._tokenise = tokenise
        self._network = Part("texts", runner, embed)
        self.parts: tuple[Part, ...] = (self._network,)
        self._of_query, self._of_passage = prefixes
        self._batching = Batching(_AT_ONCE, runner)
        self.dim = int(self._encode(["a"]).shape[1])

    def texts(self, texts: Sequence[str]) -> F32:
        """Embed queries: (n_text, dim) float32."""
        return self._batches([self._of_query + text for text in texts])

    def contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed pieces of code or text: (n_segment, dim) float32."""
        return self._batches([self._of_passage + _text_of(content) for content in contents])

    def _batches(self, texts: Sequence[str]) -> F32:
        return self._batching.encode(texts, self._encode, self.dim, length=len)

    def _encode(self, texts: Sequence[str]) -> F32:
        return self._network(self._tokenise(list(texts)))


def open_towers(folder: Path, options: Options) -> Towers:
    """Open the model in a folder; raises ModelError when there is none or it does not fit."""
    kind = str(options.get("kind") or _kind_of(read_json(folder / CONFIG)))
    runner, tokens = Runner.of(options), open_tokens(folder)
    longest = longest_text(folder, tokens, int(options.get("most_tokens", _MOST_TOKENS)))
    if kind == "unixcoder":
        tokenise, embed = _unixcoder_tokens(tokens, longest), _pooling(runner, folder, "mean")
    elif kind == "codet5p":
        tokenise, embed = _plain_tokens(tokens, longest), _codet5p(runner, folder)
    else:
        how = str(options.get("pooling") or pooling_of(folder))
        tokenise, embed = _plain_tokens(tokens, longest), _pooling(runner, folder, how)
    return TextTowers(runner, tokenise, embed, _prefixes(folder, options))


def _kind_of(config: dict[str, Any]) -> str:
    return "codet5p" if str(config.get("model_type", "")).startswith("codet5p") else ""


def _prefixes(folder: Path, options: Options) -> tuple[str, str]:
    """Of queries and passages: what the options say, or else what the folder says."""
    said = read_json_if_there(folder / "config_sentence_transformers.json").get("prompts") or {}
    of_query = options.get("query_prefix", said.get("query", ""))
    of_passage = said.get("document", said.get("passage", ""))
    return str(of_query), str(options.get("passage_prefix", of_passage))


def _plain_tokens(tokens: Any, longest: int) -> Callable[[Sequence[str]], dict[str, Any]]:
    def tokenise(texts: Sequence[str]) -> dict[str, Any]:
        made = tokens(texts, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        return {name: made[name] for name in ("input_ids", "attention_mask")}

    return tokenise


def _unixcoder_tokens(tokens: Any, longest: int) -> Callable[[Sequence[str]], dict[str, Any]]:
    """Start, what to do, separator, the text, separator; see UniXcoder's unixcoder.py."""
    torch = import_library("torch")
    to_encode = tokens.convert_tokens_to_ids(_TO_ENCODE)
    if to_encode in (None, tokens.unk_token_id):
        raise ModelError(f"The tokens of this model have no {_TO_ENCODE}; it is no UniXcoder.")
    head, tail = [tokens.cls_token_id, to_encode, tokens.sep_token_id], [tokens.sep_token_id]

    def tokenise(texts: Sequence[str]) -> dict[str, Any]:
        made = tokens(texts, add_special_tokens=False, truncation=True, max_length=longest - 4)
        rows = [head + row + tail for row in made["input_ids"]]
        width = max(map(len, rows))
        ids = [row + [tokens.pad_token_id] * (width - len(row)) for row in rows]
        mask = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
        return {"input_ids": torch.tensor(ids), "attention_mask": torch.tensor(mask)}

    return tokenise


def _pooling(runner: Runner, folder: Path, how: str) -> Embed:
    model = runner.place(open_model(folder))
    layers = dense_layers(folder)

    def embed(input_ids: Any, attention_mask: Any) -> Any:
        states = model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        vectors = pooled(states, attention_mask, how)
        for layer in layers:
            vectors = layer(vectors)
        return vectors

    return embed


def _codet5p(runner: Runner, folder: Path) -> Embed:
    """The encoder of T5, and the projection of the first token's state."""
    transformers = import_library("transformers")
    check_plausible(read_json(folder / CONFIG), count_parameters(folder / "model.safetensors"))
    config = open_config(folder, "T5Config")
    model = transformers.T5EncoderModel(config)
    model.proj = runner.torch.nn.Linear(config.d_model, int(config.embed_dim))
    runner.place(fill(model, folder))

    def embed(input_ids: Any, attention_mask: Any) -> Any:
        states = model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return model.proj(states[:, 0])

    return embed


def _text_of(content: Content) -> str:
    """The piece, with the names of the blocks around it that it does not say itself."""
    if not isinstance(content, CodeText):
        raise TypeError(f"expected CodeText, got {type(content).__name__}")
    from mmsearch.encode.mini.code_text import code_text

    return code_text(content)
