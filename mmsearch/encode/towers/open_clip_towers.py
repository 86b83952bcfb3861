"""Models of open_clip: pictures, films by their frames, and texts in one space.

The folder has open_clip_config.json (the architecture and how pictures are prepared), one file of
weights, and the tokens' files where the model does not use those of CLIP.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.frames import frame_means, unit_rows
from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.pictures import standardised
from mmsearch.encode.towers.torch_setup import (
    choose_device,
    choose_precision,
    first_line,
    import_library,
    quiet,
)
from mmsearch.encode.towers.towers import Options, Towers
from mmsearch.encode.towers.weights import check_plausible, count_parameters
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8, Content, Modality

CONFIG = "open_clip_config.json"
WEIGHTS = "open_clip_model.safetensors"
_REFUSALS = (
    RuntimeError, ValueError, KeyError, TypeError, OSError, AttributeError, AssertionError,
    ImportError, IndexError,
)  # fmt: skip
"""What the libraries raise for folders that they cannot make a model of."""


class OpenClipTowers:
    """An open model; see Towers."""

    modalities: tuple[Modality, ...] = (Modality.IMAGE, Modality.VIDEO)

    def __init__(self, model: Any, tokenise: Any) -> None:
        self._torch = import_library("torch")
        self._model, self._tokenise = model, tokenise
        self._device, self._precision = choose_device(), choose_precision(choose_device())
        self._model.to(self._device).eval()
        prepare = model.visual.preprocess_cfg
        size = prepare["size"]
        self.image_px = int(size if isinstance(size, int) else size[0])
        self._mean = np.asarray(prepare["mean"], np.float32)
        self._std = np.asarray(prepare["std"], np.float32)
        self._pictures, self._sentences = Batching(32), Batching(64)
        self.dim = int(self._embed_texts(["a"]).shape[1])

    def texts(self, texts: Sequence[str]) -> F32:
        """Embed queries: (n_text, dim) float32."""
        return self._sentences.encode(texts, self._embed_texts, self.dim)

    def contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed pictures, or the frames of shots: (n_segment, dim) float32."""
        return frame_means(contents, self._encode_pictures, self.dim)

    def _encode_pictures(self, pixels: U8) -> F32:
        """(n, height, width, 3) uint8 -> (n, dim) unit vectors."""
        return unit_rows(self._pictures.encode(list(pixels), self._embed_pictures, self.dim))

    def _embed_texts(self, texts: Sequence[str]) -> F32:
        tokens = self._tokenise(list(texts))
        return self._run(lambda: self._model.encode_text(tokens.to(self._device)))

    def _embed_pictures(self, pixels: Sequence[U8]) -> F32:
        prepared = standardised(np.stack(pixels), self.image_px, self._mean, self._std)
        given = self._torch.from_numpy(prepared).to(self._device)
        return self._run(lambda: self._model.encode_image(given))

    def _run(self, work: Any) -> F32:
        lower = self._precision is not self._torch.float32
        kind = self._device.type
        with (
            self._torch.inference_mode(),
            self._torch.autocast(kind, dtype=self._precision, enabled=lower),
        ):
            return np.asarray(work().float().cpu().numpy(), np.float32)


def open_towers(folder: Path, options: Options) -> Towers:
    """Open the model in a folder; raises ModelError when there is none or it does not fit."""
    weights = folder / WEIGHTS
    check_plausible(_read_config(folder / CONFIG), count_parameters(weights))
    open_clip = import_library("open_clip")
    source = f"local-dir:{folder}"
    with quiet():
        try:
            model = open_clip.create_model(source, load_weights=False, pretrained_text=False)
        except _REFUSALS as error:
            message = f"{CONFIG} describes no model that can be built: {first_line(error)}"
            raise ModelError(message) from error
        try:
            open_clip.load_checkpoint(model, str(weights))
        except _REFUSALS as error:
            raise ModelError(
                f"The weights do not fit the architecture: {first_line(error)}",
                "Take the weights and the configuration from the same place.",
            ) from error
        try:
            tokenise = open_clip.get_tokenizer(source)
        except _REFUSALS as error:
            raise ModelError(
                f"The files of the tokens (tokenizer.json …) are missing: {first_line(error)}",
                "Put them into the same folder.",
            ) from error
        return OpenClipTowers(model, tokenise)


def config_of_architecture(name: str) -> dict[str, Any]:
    """The configuration file for bare weights of an architecture that open_clip knows.

    How pictures are prepared is not in the weights; it is what the family was trained with.
    """
    open_clip = import_library("open_clip")
    model_config = open_clip.get_model_config(name)
    if model_config is None:
        import difflib

        near = difflib.get_close_matches(name, open_clip.list_models(), n=3)
        raise ModelError(
            f"open_clip knows no architecture {name!r}.",
            f"Did you mean {' or '.join(near)}?" if near else "For example ViT-B-32.",
        )
    pretrained = open_clip.pretrained
    tags = pretrained.list_pretrained_tags_by_model(name)
    prepare = pretrained.get_pretrained_cfg(name, tags[-1]) if tags else {}
    kept = ("mean", "std", "interpolation", "resize_mode")
    return {
        "model_cfg": model_config,
        "preprocess_cfg": {key: prepare[key] for key in kept if key in prepare},
    }


def _read_config(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{path.name} is missing: {error.strerror}.") from error
    except ValueError as error:
        raise ModelError(f"{path.name} is no JSON: {first_line(error)}") from error
    if not isinstance(content, dict) or not isinstance(content.get("model_cfg"), dict):
        raise ModelError(f"{path.name} has no model_cfg.")
    return content
