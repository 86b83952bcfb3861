"""BLIP of transformers as two towers: the heads that it was trained to retrieve with.

Pictures and texts meet in the space of its contrastive loss (image-text contrast). Its other head,
which reads a picture and a text together, is a reranker and not used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.frames import frame_means, unit_rows
from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.part import Part
from mmsearch.encode.towers.pictures import CLIP_MEAN, CLIP_STD, standardised
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.towers import Options, Towers
from mmsearch.encode.towers.transformers_folder import open_model, open_tokens, read_json_if_there
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8, Content, Modality

_LONGEST_TEXT = 64


class BlipTowers:
    """An open model; see Towers."""

    modalities: tuple[Modality, ...] = (Modality.IMAGE, Modality.VIDEO)

    def __init__(self, runner: Runner, model: Any, tokens: Any, prepare: dict[str, Any]) -> None:
        """prepare: of preprocessor_config.json."""
        self.runner = runner
        self._model, self._tokens = runner.place(model), tokens
        self._texts = Part("texts", runner, self._text_vectors)
        self._images = Part("pictures", runner, self._picture_vectors)
        self.parts: tuple[Part, ...] = (self._texts, self._images)
        self.dim = int(model.config.image_text_hidden_size)
        self.image_px = int(model.config.vision_config.image_size)
        self._mean = _three(prepare.get("image_mean", CLIP_MEAN))
        self._std = _three(prepare.get("image_std", CLIP_STD))
        self._pictures, self._sentences = Batching(16, runner), Batching(32, runner)

    def texts(self, texts: Sequence[str]) -> F32:
        """Embed queries: (n_text, dim) float32."""
        return self._sentences.encode(texts, self._embed_texts, self.dim, length=len)

    def contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed pictures, or the frames of shots: (n_segment, dim) float32."""
        return frame_means(contents, self._encode_pictures, self.dim)

    def _encode_pictures(self, pixels: U8) -> F32:
        """(n, height, width, 3) uint8 -> (n, dim) unit vectors."""
        return unit_rows(self._pictures.encode(list(pixels), self._embed_pictures, self.dim))

    def _embed_texts(self, texts: Sequence[str]) -> F32:
        made = self._tokens(
            list(texts), padding=True, truncation=True, max_length=_LONGEST_TEXT,
            return_tensors="pt",
        )  # fmt: skip
        return self._texts({key: made[key] for key in ("input_ids", "attention_mask")})

    def _embed_pictures(self, pixels: Sequence[U8]) -> F32:
        prepared = standardised(np.stack(pixels), self.image_px, self._mean, self._std)
        return self._images({"image": prepared})

    def _text_vectors(self, input_ids: Any, attention_mask: Any) -> Any:
        states = self._model.text_encoder(input_ids=input_ids, attention_mask=attention_mask)
        return self._model.text_proj(states.last_hidden_state[:, 0])

    def _picture_vectors(self, image: Any) -> Any:
        states = self._model.vision_model(pixel_values=image)
        return self._model.vision_proj(states.last_hidden_state[:, 0])


def open_towers(folder: Path, options: Options) -> Towers:
    """Open the model in a folder; raises ModelError when there is none or it does not fit."""
    model = open_model(folder, "BlipForImageTextRetrieval")
    prepare = read_json_if_there(folder / "preprocessor_config.json")
    return BlipTowers(Runner.of(options), model, open_tokens(folder), prepare)


def _three(values: Any) -> F32:
    found = np.asarray(values, np.float32)
    if found.shape != (3,):
        raise ModelError("preprocessor_config.json does not say how pictures are prepared.")
    return found
