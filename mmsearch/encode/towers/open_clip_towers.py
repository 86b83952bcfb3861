"""Models of open_clip: pictures, films by their frames, and texts in one space.

The folder has open_clip_config.json (the architecture and how pictures are prepared), one file of
weights, and the tokens' files where the model does not use those of CLIP.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.frames import frame_means, unit_rows
from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.open_clip_text import (
    architecture_folder,
    check_tokens,
    text_tower_config,
)
from mmsearch.encode.towers.part import Part
from mmsearch.encode.towers.pictures import standardised
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import first_line, import_library, quiet
from mmsearch.encode.towers.towers import Options, Towers
from mmsearch.encode.towers.transformers_folder import REFUSALS, read_json
from mmsearch.encode.towers.weights import check_plausible, count_parameters
from mmsearch.errors import ModelError
from mmsearch.types import F32, U8, Content, Modality

CONFIG = "open_clip_config.json"
WEIGHTS = "open_clip_model.safetensors"


class OpenClipTowers:
    """An open model; see Towers."""

    modalities: tuple[Modality, ...] = (Modality.IMAGE, Modality.VIDEO)

    def __init__(self, model: Any, tokenise: Any, runner: Runner) -> None:
        self.runner = runner
        model, self._tokenise = runner.place(model), tokenise
        self._texts = Part("texts", runner, lambda text: model.encode_text(text))
        self._images = Part("pictures", runner, lambda image: model.encode_image(image))
        self.parts: tuple[Part, ...] = (self._texts, self._images)
        prepare = model.visual.preprocess_cfg
        size = prepare["size"]
        self.image_px = int(size if isinstance(size, int) else size[0])
        self._mean = np.asarray(prepare["mean"], np.float32)
        self._std = np.asarray(prepare["std"], np.float32)
        self._pictures, self._sentences = Batching(32, runner), Batching(64, runner)
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
        return self._texts({"text": self._tokenise(list(texts))})

    def _embed_pictures(self, pixels: Sequence[U8]) -> F32:
        prepared = standardised(np.stack(pixels), self.image_px, self._mean, self._std)
        return self._images({"image": prepared})


def open_towers(folder: Path, options: Options) -> Towers:
    """Open the model in a folder; raises ModelError when there is none or it does not fit."""
    content = _read_config(folder / CONFIG)
    model = open_network(folder)
    open_clip = import_library("open_clip")
    # Not told so, transformers would ask on the terminal whether to run a tokeniser's own code.
    has_files = "hf_tokenizer_name" in content["model_cfg"].get("text_cfg", {})
    without_asking = {"trust_remote_code": False} if has_files else {}
    with quiet():
        try:
            tokenise = open_clip.get_tokenizer(f"local-dir:{folder}", **without_asking)
        except REFUSALS as error:
            raise ModelError(
                f"The files of the tokens (tokenizer.json …) are missing: {first_line(error)}",
                "Put them into the same folder.",
            ) from error
        return OpenClipTowers(model, tokenise, Runner.of(options))


def open_network(folder: Path) -> Any:
    """The model itself; raises ModelError as above."""
    content = _read_config(folder / CONFIG)
    text_config = text_tower_config(folder, content["model_cfg"])
    check_tokens(content["model_cfg"])
    check_plausible({**content, "texts": text_config}, count_parameters(folder / WEIGHTS))
    open_clip = import_library("open_clip")
    with quiet(), architecture_folder(folder, content, text_config) as described:
        try:
            model = open_clip.create_model(
                f"local-dir:{described}", load_weights=False, pretrained_text=False
            )
        except REFUSALS as error:
            message = f"{CONFIG} describes no model that can be built: {first_line(error)}"
            raise ModelError(message) from error
        try:
            open_clip.load_checkpoint(model, str(folder / WEIGHTS))
        except REFUSALS as error:
            raise ModelError(
                f"The weights do not fit the architecture: {first_line(error)}",
                "Take the weights and the configuration from the same place.",
            ) from error
    return model


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
    content = read_json(path)
    if not isinstance(content.get("model_cfg"), dict):
        raise ModelError(f"{path.name} has no model_cfg.")
    return content
