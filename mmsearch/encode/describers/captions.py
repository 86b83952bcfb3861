"""Models that say what a picture shows: BLIP of transformers, CoCa of open_clip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from mmsearch.encode.describers.describer import Looks
from mmsearch.encode.towers import open_clip_towers
from mmsearch.encode.towers.pictures import standardised
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import first_line, import_library, quiet
from mmsearch.encode.towers.transformers_folder import (
    REFUSALS,
    open_model,
    open_tokens,
    read_json_if_there,
)
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8

_MOST_TOKENS = 30
_COCA_START, _COCA_END = 49406, 49407
"""In CLIP's tokens, which come with open_clip."""
_CLIP_MEAN = (0.48145466, 0.4578275, 0.40821073)
_CLIP_STD = (0.26862954, 0.26130258, 0.27577711)
"""What BLIP was trained with, where its folder does not say."""


class Blip:
    """An open model of transformers; see Looks."""

    def __init__(self, model: Any, tokens: Any, prepare: dict[str, Any]) -> None:
        self._runner = Runner()
        self._model, self._tokens = self._runner.place(model), tokens
        self._side_px = int(model.config.vision_config.image_size)
        self._mean = np.asarray(prepare.get("image_mean", _CLIP_MEAN), np.float32)
        self._std = np.asarray(prepare.get("image_std", _CLIP_STD), np.float32)

    def caption(self, picture: U8) -> str:
        """See Looks."""
        pixels = _prepared(picture, self._side_px, self._mean, self._std)
        given = self._runner.tensors({"pixel_values": pixels})
        seen = self._runner.run(lambda: self._model.vision_model(**given).last_hidden_state)
        _demand_numbers(seen)
        with quiet(), self._runner.torch.inference_mode():
            ids = self._model.generate(**given, max_new_tokens=_MOST_TOKENS, num_beams=3)
        return _one_line(self._tokens.decode(ids[0], skip_special_tokens=True))


class Coca:
    """An open model of open_clip; see Looks."""

    def __init__(self, model: Any) -> None:
        self._runner = Runner()
        self._model = self._runner.place(model)
        prepare = model.visual.preprocess_cfg
        size = prepare["size"]
        self._side_px = int(size if isinstance(size, int) else size[0])
        self._mean = np.asarray(prepare["mean"], np.float32)
        self._std = np.asarray(prepare["std"], np.float32)

    def caption(self, picture: U8) -> str:
        """See Looks."""
        pixels = _prepared(picture, self._side_px, self._mean, self._std)
        image = self._runner.tensors({"image": pixels})["image"]
        _demand_numbers(self._runner.run(lambda: self._model.encode_image(image)))
        with self._runner.torch.inference_mode():
            ids = self._likeliest(image)
        return _one_line(import_library("open_clip").decode(self._runner.torch.tensor(ids)))

    def _likeliest(self, image: Any) -> list[int]:
        """Token after token the likeliest; open_clip's own search needs an older transformers."""
        torch, model = self._runner.torch, self._model
        latent, seen = model._encode_image(image)
        ids = [_COCA_START]
        for _ in range(min(_MOST_TOKENS, model.context_length - 2)):
            text = torch.tensor([ids], device=image.device)
            told = model(None, text, image_latent=latent, image_embs=seen, output_labels=False)
            ids.append(int(told["logits"][0, -1].argmax()))
            if ids[-1] == _COCA_END:
                break
        return [token for token in ids if token not in (_COCA_START, _COCA_END, 0)]


def open_captioner(folder: Path) -> Looks:
    """Open the model in a folder and let it look once; raises ModelError."""
    is_coca = (folder / open_clip_towers.CONFIG).is_file()
    opened = _open_coca(folder) if is_coca else _open_blip(folder)
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    try:
        opened.caption(noise)
    except REFUSALS as error:
        raise ModelError(f"The model cannot say what it sees: {first_line(error)}") from error
    return opened


def _open_blip(folder: Path) -> Blip:
    model = open_model(folder, "BlipForConditionalGeneration")
    prepare = read_json_if_there(folder / "preprocessor_config.json")
    return Blip(model, open_tokens(folder), prepare)


def _open_coca(folder: Path) -> Coca:
    model = open_clip_towers.open_network(folder)
    if not hasattr(model, "generate"):
        raise ModelError("This model of open_clip writes no captions.", "CoCa does.")
    return Coca(model)


def _prepared(picture: U8, side_px: int, mean: F32, std: F32) -> F32:
    """(1, 3, side, side)"""
    resized = Image.fromarray(picture).resize((side_px, side_px), Image.Resampling.BICUBIC)
    return standardised(np.asarray(resized)[None], side_px, mean, std)


def _demand_numbers(seen: F32) -> None:
    if not np.isfinite(seen).all():
        raise ModelError("The model answers with what are no numbers (NaN or infinity).")


def _one_line(text: str) -> str:
    return " ".join(text.split())
