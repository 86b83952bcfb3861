"""Query banks for models that came without any: everyday sentences, embedded by the model itself.

They are made when a library has been indexed, and kept in the cache folder for all libraries. What
asks for code is left out: questions as a bank cost mini a point of MRR (models/mini/banks.md).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from mmsearch.atomic import write_atomically
from mmsearch.encode.everyday import sentences_by_kind
from mmsearch.encode.models.folder import installed_models
from mmsearch.settings import cache_path
from mmsearch.types import F32, EncoderSpec, Modality, QueryBanks

_KINDS = (Modality.IMAGE, Modality.AUDIO)
_log = logging.getLogger(__name__)


def are_wanted(spec: EncoderSpec) -> bool:
    """Whether an encoder is made of models of the user's choice, which bring no banks."""
    installed = installed_models()
    return any(name in installed for name in spec.id.split("+"))


def known_banks(spec: EncoderSpec) -> QueryBanks:
    """The banks that were made for this space; none where they were not, or are damaged."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        found = load_file(_path(spec))
    except (OSError, SafetensorError, ValueError):
        return QueryBanks()
    if any(some.ndim != 2 or some.shape[1] != spec.dim for some in found.values()):
        return QueryBanks()
    queries = {("text", Modality(kind)): some for kind, some in found.items()}
    return QueryBanks(queries, are_everyday=True)


def make_banks(spec: EncoderSpec, encode_texts: Callable[[Sequence[str]], F32]) -> bool:
    """Embed the sentences and keep them; whether that was possible. Raises what the encoder does.

    Kinds that the encoder does not encode are not asked for either.
    """
    from safetensors.numpy import save

    lines = {kind: some for kind, some in sentences_by_kind().items() if kind in _KINDS}
    made = {
        kind.value: np.ascontiguousarray(encode_texts(some), np.float32)
        for kind, some in lines.items()
        if kind in spec.modalities
    }
    try:
        write_atomically(_path(spec), save(made))
    except OSError as error:
        _log.info("the query banks of %s cannot be kept: %s", spec.id, error)
        return False
    return True


def _path(spec: EncoderSpec) -> Path:
    told = [spec.space, *(line for some in sentences_by_kind().values() for line in some)]
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return cache_path() / "banks" / f"{digest[:16]}.safetensors"
