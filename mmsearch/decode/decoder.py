"""One door to all decoders."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias, cast

from mmsearch.decode.options import DecodeOptions
from mmsearch.types import Metadata, Modality, Segment

Decoder: TypeAlias = Callable[[Path, DecodeOptions], Iterator[Metadata | Segment]]

# By name, so that a run over pictures never loads the libraries for video and code.
_MODULES = {
    Modality.IMAGE: "mmsearch.decode.image",
    Modality.VIDEO: "mmsearch.decode.video",
    Modality.AUDIO: "mmsearch.decode.audio",
    Modality.CODE: "mmsearch.decode.code",
}


def decode_file(
    path: Path, modality: Modality, options: DecodeOptions
) -> Iterator[Metadata | Segment]:
    """Yield the segments of a file and, exactly once, what it says about itself.

    Runs in the calling process; DecodePool does the same in workers with limits.
    Raises UnreadableFileError, possibly after some segments.
    """
    module = importlib.import_module(_MODULES[modality])
    decode = cast(Decoder, module.decode)
    yield from decode(path, options)
