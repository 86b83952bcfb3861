"""CLIP-MoE: pictures, films by their frames, and texts of up to 248 tokens in one space.

The folder has one file of weights and nothing else: the tokens are those of CLIP, which come with
open_clip, and the sizes are in the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.frames import frame_means, unit_rows
from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.clip_moe_network import ClipMoe
from mmsearch.encode.towers.part import Part
from mmsearch.encode.towers.pictures import CLIP_MEAN, CLIP_STD, standardised
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import first_line, import_library
from mmsearch.encode.towers.towers import Options, Towers
from mmsearch.encode.towers.weights import read_weights
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8, Content, Modality

WEIGHTS = "model.safetensors"
_N_CHOSEN = 2
"""Experts that a token goes to; not in the weights. The authors' have "4-2" in their names."""


class ClipMoeTowers:
    """An open model; see Towers."""

    modalities: tuple[Modality, ...] = (Modality.IMAGE, Modality.VIDEO)

    def __init__(self, runner: Runner, network: ClipMoe, tokenise: Any) -> None:
        self.runner = runner
        self._tokenise = tokenise
        self._texts = Part("texts", runner, lambda input_ids: network.encode_text(input_ids))
        self._images = Part("pictures", runner, lambda image: network.encode_image(image))
        self.parts: tuple[Part, ...] = (self._texts, self._images)
        self.image_px = network.side_px
        self._mean, self._std = CLIP_MEAN, CLIP_STD
        self._pictures, self._sentences = Batching(16, runner), Batching(32, runner)
        self.dim = int(self._embed_texts(["a"]).shape[1])

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
        tokens = self._tokenise(list(texts))
        # No token hears of those behind it, so what only fills up the longest can go.
        longest = int(tokens.argmax(dim=-1).max()) + 1
        return self._texts({"input_ids": tokens[:, :longest]})

    def _embed_pictures(self, pixels: Sequence[U8]) -> F32:
        prepared = standardised(np.stack(pixels), self.image_px, self._mean, self._std)
        return self._images({"image": prepared})


def open_towers(folder: Path, options: Options) -> Towers:
    """Open the model in a folder; raises ModelError when there is none or it does not fit."""
    runner = Runner.of(options)
    tokens = import_library("open_clip").SimpleTokenizer
    state = {name: some.float() for name, some in read_weights(folder / WEIGHTS).items()}
    try:
        network = ClipMoe(runner.place_weights(state), int(options.get("n_chosen", _N_CHOSEN)))
        towers = ClipMoeTowers(runner, network, tokens(context_length=network.n_position))
        towers._embed_pictures([np.zeros((towers.image_px, towers.image_px, 3), np.uint8)])
    except (KeyError, IndexError, RuntimeError, ValueError) as error:
        raise ModelError(
            f"The weights are not those of a CLIP-MoE: {first_line(error)}",
            "It needs a checkpoint as its authors have them (clip-moe-4-2-….pt).",
        ) from error
    return towers
