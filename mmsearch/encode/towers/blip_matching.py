"""BLIP's image-text matching: how well a sentence describes a picture, read together.

Source: BLIP (Li et al. 2022, arXiv:2201.12086); its text encoder looks at all patches of the
picture, and the state of its first token says whether the two belong together.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.cross_encoder import one_logit
from mmsearch.encode.towers.judge import Item
from mmsearch.encode.towers.pictures import resized, standardised
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.towers import Options
from mmsearch.encode.towers.transformers_folder import open_model, open_tokens, read_json_if_there
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8

_LONGEST = 35
"""Tokens of a sentence, as it was trained."""
_MEAN = (0.48145466, 0.4578275, 0.40821073)
_STD = (0.26862954, 0.26130258, 0.27577711)
"""Of CLIP's pictures, which BLIP uses too where its folder says nothing else."""


class BlipMatching:
    """An open model; see Judge. Scores are the logit of "they match" less that of "they do not"."""

    sees = True
    at_once = 1

    def __init__(self, runner: Runner, model: Any, tokens: Any, mean: F32, std: F32) -> None:
        self._runner = runner
        self._model, self._tokens = self._runner.place(model), tokens
        self._side_px = int(model.config.vision_config.image_size)
        self._mean, self._std = mean, std
        self._batching = Batching(8)

    def score(self, query: str, items: Sequence[Item]) -> F32:
        """How well the sentence describes each picture, (height, width, 3) uint8: (n,) float32."""
        made = self._tokens(query, truncation=True, max_length=_LONGEST, return_tensors="pt")
        sentence = self._runner.tensors(
            {name: made[name] for name in ("input_ids", "attention_mask")}
        )
        pictures = [resized(_picture(item)[None], self._side_px)[0] for item in items]
        return self._batching.encode(
            pictures, lambda some: self._score_pictures(sentence, np.stack(some)), 1
        )[:, 0]

    def _score_pictures(self, sentence: dict[str, Any], pictures: U8) -> F32:
        pixels = standardised(pictures, self._side_px, self._mean, self._std)
        given = self._runner.tensors({"pixel_values": pixels})

        def run() -> Any:
            seen = self._model.vision_model(**given).last_hidden_state
            states = self._model.text_encoder(
                input_ids=sentence["input_ids"].expand(len(pictures), -1),
                attention_mask=sentence["attention_mask"].expand(len(pictures), -1),
                encoder_hidden_states=seen,
                encoder_attention_mask=seen.new_ones(seen.shape[:-1]).long(),
            ).last_hidden_state
            return one_logit(self._model.itm_head(states[:, 0]))

        return self._runner.run(run)


def open_judge(folder: Path, options: Options) -> BlipMatching:
    """Open the model in a folder; raises ModelError."""
    model, tokens = open_model(folder, "BlipForImageTextRetrieval"), open_tokens(folder)
    said = read_json_if_there(folder / "preprocessor_config.json")
    try:
        mean = np.asarray(said.get("image_mean", _MEAN), np.float32).reshape(3)
        std = np.asarray(said.get("image_std", _STD), np.float32).reshape(3)
    except (ValueError, TypeError) as error:
        raise ModelError("preprocessor_config.json is not understood.") from error
    return BlipMatching(Runner.of(options), model, tokens, mean, std)


def _picture(item: Item) -> U8:
    if isinstance(item, str):
        raise TypeError("expected a picture, got a text")
    return item
