"""CLAP of transformers: sounds and texts in one space.

It was trained on sound at 48 kHz. Sound comes here at 16 kHz, so what is above 8 kHz is missing;
hence its tensor of features is made from samples that were raised to its rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.towers.batching import Batching
from mmsearch.encode.towers.part import Part
from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import first_line, import_library, quiet
from mmsearch.encode.towers.towers import Options, Towers
from mmsearch.encode.towers.transformers_folder import REFUSALS, open_model, open_tokens
from mmsearch.errors import ModelError
from mmsearch.types import AUDIO_RATE_HZ, F32, Content, Modality, Samples

_LONGEST_TEXT = 77


class ClapTowers:
    """An open model; see Towers."""

    image_px = 0
    modalities: tuple[Modality, ...] = (Modality.AUDIO,)

    def __init__(
        self, runner: Runner, model: Any, tokens: Any, features: Any, query_prefix: str
    ) -> None:
        self.runner = runner
        model = runner.place(model)
        self._texts = Part(
            "texts", runner, lambda **given: _vectors(model.get_text_features(**given))
        )
        self._hearing = Part(
            "sounds", runner, lambda **given: _vectors(model.get_audio_features(**given))
        )
        self.parts: tuple[Part, ...] = (self._texts, self._hearing)
        self._tokens, self._features, self._prefix = tokens, features, query_prefix
        self._sounds, self._sentences = Batching(8, runner), Batching(32, runner)
        self.dim = int(model.config.projection_dim)

    def texts(self, texts: Sequence[str]) -> F32:
        """Embed queries: (n_text, dim) float32."""
        said = [self._prefix + text for text in texts]
        return self._sentences.encode(said, self._embed_texts, self.dim, length=len)

    def contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed windows of sound: (n_segment, dim) float32."""
        sounds = [_samples_of(content) for content in contents]
        return self._sounds.encode(sounds, self._embed_sounds, self.dim, length=len)

    def _embed_texts(self, texts: Sequence[str]) -> F32:
        made = self._tokens(
            list(texts), padding=True, truncation=True, max_length=_LONGEST_TEXT,
            return_tensors="pt",
        )  # fmt: skip
        return self._texts({key: made[key] for key in ("input_ids", "attention_mask")})

    def _embed_sounds(self, sounds: Sequence[F32]) -> F32:
        rate_hz = int(self._features.sampling_rate)
        raised = [raise_rate(samples, rate_hz) for samples in sounds]
        with quiet():
            made = self._features(raised, sampling_rate=rate_hz, return_tensors="pt")
        return self._hearing(made)


def open_towers(folder: Path, options: Options) -> Towers:
    """Open the model in a folder; raises ModelError when there is none or it does not fit."""
    model, tokens = open_model(folder, "ClapModel"), open_tokens(folder)
    transformers = import_library("transformers")
    try:
        features = transformers.ClapFeatureExtractor.from_pretrained(folder, local_files_only=True)
    except REFUSALS as error:
        raise ModelError(
            f"preprocessor_config.json, which says how sounds are prepared, cannot be read: "
            f"{first_line(error)}"
        ) from error
    prefix = str(options.get("query_prefix", ""))
    return ClapTowers(Runner.of(options), model, tokens, features, prefix)


def raise_rate(samples: F32, rate_hz: int) -> F32:
    """Samples at AUDIO_RATE_HZ as samples at a higher rate: (n * rate / AUDIO_RATE_HZ,)."""
    if rate_hz == AUDIO_RATE_HZ or len(samples) == 0:
        return samples
    import librosa

    raised = librosa.resample(samples, orig_sr=AUDIO_RATE_HZ, target_sr=rate_hz)
    return np.asarray(raised, np.float32)


def _vectors(answer: Any) -> Any:
    """Older versions of transformers answer with the vectors, newer ones with an output."""
    return getattr(answer, "pooler_output", answer)


def _samples_of(content: Content) -> F32:
    if not isinstance(content, Samples):
        raise TypeError(f"expected Samples, got {type(content).__name__}")
    return content.samples
