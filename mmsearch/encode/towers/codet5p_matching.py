"""CodeT5+'s matching of a text and a piece of code: its encoder reads the one, its decoder both.

Source: CodeT5+ (Wang et al. 2023, arXiv:2305.07922). The decoder reads the code behind a token that
says that it is to be matched, and the state of its last token says whether it is. The matching
head comes with the 220M model of text and code ("bimodal"); the 110M one is an encoder alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.cross_encoder import one_logit
from mmsearch.encode.towers.judge import Item
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import import_library
from mmsearch.encode.towers.towers import Options
from mmsearch.encode.towers.transformers_folder import (
    CONFIG,
    WEIGHTS,
    fill,
    open_config,
    open_tokens,
    read_json,
)
from mmsearch.encode.towers.weights import check_plausible, count_parameters
from mmsearch.errors import ModelError
from mmsearch.types import F32

_TO_MATCH = "[ENC]"
_LONGEST_TEXT, _LONGEST_CODE = 64, 360
"""Tokens, as its authors evaluate it."""


class CodeT5pMatching:
    """An open model; see Judge."""

    sees = False
    at_once = 1

    def __init__(self, runner: Runner, model: Any, tokens: Any, to_match: int) -> None:
        self._runner = runner
        self._model, self._tokens = self._runner.place(model), tokens
        self._to_match = to_match
        self._batching = Batching(8)

    def score(self, query: str, items: Sequence[Item]) -> F32:
        """How well each piece of code does what the query says: (n_item,) float32."""
        said = self._read([query], _LONGEST_TEXT)
        return self._batching.encode(
            [str(item) for item in items], lambda some: self._score_codes(said, some), 1
        )[:, 0]

    def _read(self, texts: Sequence[str], longest: int) -> dict[str, Any]:
        made = self._tokens(
            list(texts), padding=True, truncation=True, max_length=longest, return_tensors="pt"
        )
        return self._runner.tensors({key: made[key] for key in ("input_ids", "attention_mask")})

    def _score_codes(self, said: dict[str, Any], codes: Sequence[str]) -> F32:
        code = self._read(codes, _LONGEST_CODE)
        code["input_ids"][:, 0] = self._to_match
        ends = code["attention_mask"].sum(1) - 1

        def run() -> Any:
            heard = self._model.encoder(**said).last_hidden_state
            states = self._model.decoder(
                **code,
                encoder_hidden_states=heard.expand(len(codes), -1, -1),
                encoder_attention_mask=said["attention_mask"].expand(len(codes), -1),
                use_cache=False,
            ).last_hidden_state
            rows = self._runner.torch.arange(len(codes), device=states.device)
            return one_logit(self._model.itm_head(states[rows, ends]))

        return self._runner.run(run)


def open_judge(folder: Path, options: Options) -> CodeT5pMatching:
    """Open the model in a folder; raises ModelError."""
    tokens = open_tokens(folder)
    to_match = tokens.convert_tokens_to_ids(_TO_MATCH)
    if to_match in (None, tokens.unk_token_id):
        raise ModelError(f"The tokens of this model have no {_TO_MATCH}; it matches nothing.")
    check_plausible(read_json(folder / CONFIG), count_parameters(folder / WEIGHTS))
    config = open_config(folder, "T5Config")
    model = import_library("transformers").T5ForConditionalGeneration(config)
    model.itm_head = import_library("torch").nn.Linear(config.d_model, 2)
    return CodeT5pMatching(Runner.of(options), fill(model, folder), tokens, int(to_match))
