"""What a family of models has to provide, and which families there are."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from mmsearch.encode.towers.part import Part
from mmsearch.encode.towers.runner import Runner
from mmsearch.errors import ModelError
from mmsearch.types import F32, Content, Modality

Options = Mapping[str, str | int]
"""What the catalogue knows of a model (prefixes, pooling, ...), and runner.DEVICE and PRECISION."""


class Towers(Protocol):
    """An open model. Vectors need not have unit length."""

    dim: int
    image_px: int
    """Side of the square that it wants pictures to be; 0 where it sees none."""
    modalities: tuple[Modality, ...]
    runner: Runner
    parts: tuple[Part, ...]
    """Its networks, which can be exported one by one."""

    def texts(self, texts: Sequence[str]) -> F32:
        """Embed queries: (n_text, dim) float32."""
        ...

    def contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed segments of one of its kinds: (n_segment, dim) float32."""
        ...


FAMILIES: Mapping[str, str] = {
    "open_clip": "mmsearch.encode.towers.open_clip_towers",
    "blip": "mmsearch.encode.towers.blip_towers",
    "clip_moe": "mmsearch.encode.towers.clip_moe_towers",
    "clap": "mmsearch.encode.towers.clap_towers",
    "text": "mmsearch.encode.towers.text_towers",
}
"""Family -> the module whose ``open_towers`` opens it."""


def open_towers(family: str, folder: Path, options: Options) -> Towers:
    """Open the model in a folder; raises ModelError with one clear line when that fails."""
    if family not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise ModelError(f"There is no loader for models of the family {family!r}.", known)
    opened: Callable[[Path, Options], Towers]
    opened = importlib.import_module(FAMILIES[family]).open_towers
    return opened(folder, options)
