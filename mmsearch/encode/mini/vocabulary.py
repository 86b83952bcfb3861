"""The words by which pictures and sounds are described, with their vectors.

models/mini/training/concepts.py makes the file.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from mmsearch.concepts import Vocabulary
from mmsearch.errors import ModelError
from mmsearch.installed import shipped_path
from mmsearch.types import Modality


def read_vocabulary() -> Vocabulary:
    """Raises ModelError when the file is missing or damaged."""
    path = shipped_path("models", "mini", "concepts.safetensors")
    try:
        return _read(path)
    except ModelError:
        raise
    except Exception as error:  # safetensors has errors of its own
        message = f"The words for pictures and sounds {path} cannot be read: {error}."
        raise ModelError(message, "Install mmsearch again.") from error


def _read(path: Path) -> Vocabulary:
    from safetensors import safe_open

    with safe_open(str(path), "np") as file:
        head = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    words = json.loads(head["words"])
    vectors = tensors["vectors"].astype(np.float32)
    if len(words) != len(vectors):
        raise ModelError(f"{path} has {len(words)} words and {len(vectors)} vectors.")
    of_pictures, of_sounds = (np.flatnonzero(tensors[name]) for name in ("pictures", "sounds"))
    return Vocabulary(
        words=words,
        vectors=vectors,
        used_for={
            Modality.IMAGE: of_pictures,
            Modality.VIDEO: of_pictures,
            Modality.AUDIO: of_sounds,
        },
        means={
            Modality.IMAGE: tensors["picture_mean"],
            Modality.VIDEO: tensors["picture_mean"],
            Modality.AUDIO: tensors["sound_mean"],
        },
        priors={
            Modality.IMAGE: tensors["prior"][of_pictures],
            Modality.VIDEO: tensors["prior"][of_pictures],
            Modality.AUDIO: np.zeros(len(of_sounds), np.float32),
        },
        fingerprint=head["fingerprint"],
    )
