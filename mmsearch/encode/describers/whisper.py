"""Whisper of transformers: speech to text, in windows of 30 seconds (Radford et al. 2022)."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import numpy as np

from mmsearch.encode.towers.runner import Runner
from mmsearch.encode.towers.torch_setup import first_line, import_library, quiet
from mmsearch.encode.towers.transformers_folder import REFUSALS, open_model
from mmsearch.errors import ModelError
from mmsearch.types import AUDIO_RATE_HZ, F32, Said, TimeRange

WINDOW_S = 30.0
_NO_SPEECH = 0.6
_LEAST_LOG_CHANCE = -1.0
"""Whisper's own limits: a window is skipped where it thinks that nobody speaks and is unsure of the
words besides."""
_MOST_PACKED = 2.4
"""Text that zlib makes smaller than by this much says the same over and over: Whisper's sign that
it has lost its way."""
_MOST_TOKENS = 220
_START = "<|startoftranscript|>"


class Whisper:
    """An open model; see Listens."""

    def __init__(self, model: Any, features: Any, tokens: Any) -> None:
        self._runner = Runner()
        self._model, self._features, self._tokens = self._runner.place(model), features, tokens
        self._longest = min(_MOST_TOKENS, int(model.config.max_target_positions) - 8)

    def phrases(self, samples: F32) -> list[Said]:
        """See Listens."""
        length_s = len(samples) / AUDIO_RATE_HZ
        found = []
        for segment in self._segments(samples):
            ids = [int(token) for token in segment["tokens"]]
            text = self._tokens.decode(ids, skip_special_tokens=True).strip()
            start_s, end_s = max(float(segment["start"]), 0.0), min(float(segment["end"]), length_s)
            # What it hears in the silence that fills the window up is made up.
            if not text or _is_stuck(text) or start_s >= length_s:
                continue
            # A model that sets no marks of time means the whole window.
            end_s = end_s if end_s > start_s else length_s
            found.append(Said(text, TimeRange(start_s, end_s)))
        return found

    def _segments(self, samples: F32) -> list[dict[str, Any]]:
        made = self._features(
            samples, sampling_rate=AUDIO_RATE_HZ, return_tensors="pt", return_attention_mask=True
        )
        given = self._runner.tensors(dict(made))
        torch = self._runner.torch
        heard = self._runner.run(
            lambda: self._model.get_encoder()(given["input_features"]).last_hidden_state
        )
        if not np.isfinite(heard).all():
            raise ModelError("The model answers with what are no numbers (NaN or infinity).")
        with quiet(), torch.inference_mode():
            try:
                answer = self._model.generate(
                    **given,
                    return_timestamps=True,
                    return_segments=True,
                    temperature=0.0,
                    no_speech_threshold=_NO_SPEECH,
                    logprob_threshold=_LEAST_LOG_CHANCE,
                    max_new_tokens=self._longest,
                )
            except REFUSALS as error:
                raise ModelError(f"The model cannot listen: {first_line(error)}") from error
        return list(answer["segments"][0])


def open_whisper(folder: Path) -> Whisper:
    """Open the model in a folder and let it listen once; raises ModelError."""
    model = open_model(folder, "WhisperForConditionalGeneration")
    transformers = import_library("transformers")
    with quiet():
        try:
            features = transformers.WhisperFeatureExtractor.from_pretrained(
                folder, local_files_only=True
            )
            tokens = transformers.AutoTokenizer.from_pretrained(
                folder, local_files_only=True, trust_remote_code=False
            )
        except REFUSALS as error:
            raise ModelError(
                f"What the model needs beside its weights is missing: {first_line(error)}",
                "Put preprocessor_config.json and the files of the tokens into the same folder.",
            ) from error
    if features.feature_size != model.config.num_mel_bins:
        raise ModelError(
            f"preprocessor_config.json makes {features.feature_size} bands of sound, and the model "
            f"takes {model.config.num_mel_bins}.",
            "Take both from the same place.",
        )
    if tokens.convert_tokens_to_ids(_START) != model.config.decoder_start_token_id:
        raise ModelError(
            "The files of the tokens (tokenizer.json …) are missing, damaged, or of another model.",
            "Put them into the same folder.",
        )
    opened = Whisper(model, features, tokens)
    noise = np.random.default_rng(0).standard_normal(AUDIO_RATE_HZ).astype(np.float32)
    opened.phrases(0.1 * noise)
    return opened


def _is_stuck(text: str) -> bool:
    raw = text.encode()
    return len(raw) > 60 and len(raw) / len(zlib.compress(raw)) > _MOST_PACKED
