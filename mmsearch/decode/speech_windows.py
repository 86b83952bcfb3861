"""Sound in windows of 30 seconds, for models that write down speech; silence is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from mmsearch.media.sound import has_sound, read_samples
from mmsearch.types import AUDIO_RATE_HZ, F32

WINDOW_S = 30.0
_LEAST_S = 0.5
_LOUD_ENOUGH = 10 ** (-45 / 20)
_LOUD_S = 0.3
"""Speech is louder than this, relative to full scale, for at least so long; a recording in which it
is not has been made from too far away to be understood."""
_BLOCK_S = 0.02
_MOST_S = 12 * 3600.0


def speech_windows(path: Path) -> Iterator[tuple[float, F32]]:
    """Yield start in seconds and samples (n,) at AUDIO_RATE_HZ of windows that may hold speech.

    Nothing for a file without sound. Raises UnreadableFileError.
    """
    if not has_sound(path):
        return
    n_window = round(WINDOW_S * AUDIO_RATE_HZ)
    waiting, n_before = np.zeros(0, np.float32), 0
    for block in read_samples(path, max_s=_MOST_S):
        waiting = np.concatenate([waiting, block])
        while len(waiting) >= n_window:
            if may_be_speech(waiting[:n_window]):
                yield n_before / AUDIO_RATE_HZ, waiting[:n_window]
            waiting, n_before = waiting[n_window:], n_before + n_window
    if len(waiting) >= _LEAST_S * AUDIO_RATE_HZ and may_be_speech(waiting):
        yield n_before / AUDIO_RATE_HZ, waiting


def may_be_speech(samples: F32) -> bool:
    """Whether enough of some sound is loud enough. samples: (n,) in [-1, 1]."""
    n_block = round(_BLOCK_S * AUDIO_RATE_HZ)
    n = len(samples) // n_block * n_block
    blocks = (samples[:n] - samples[:n].mean()).reshape(-1, n_block) if n else np.zeros((0, 1))
    levels = np.sqrt(np.mean(np.square(blocks, dtype=np.float64), axis=1))
    return bool(np.count_nonzero(levels >= _LOUD_ENOUGH) * _BLOCK_S >= _LOUD_S)
