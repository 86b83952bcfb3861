"""Windows for speech recognition: where they begin, and what is left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.decode.speech_windows import WINDOW_S, may_be_speech, speech_windows
from mmsearch.types import AUDIO_RATE_HZ, F32
from tests.sounds import noise, sine, write_sound


def silence(length_s: float) -> F32:
    return np.zeros(round(length_s * 16_000), np.float32)


def test_silent_windows_are_left_out(tmp_path: Path) -> None:
    parts = (noise(30, rate_hz=16_000), silence(30), noise(12, rate_hz=16_000))
    write_sound(tmp_path / "talk.wav", np.concatenate(parts), rate_hz=16_000)
    found = list(speech_windows(tmp_path / "talk.wav"))
    assert [start_s for start_s, _ in found] == [0, 2 * WINDOW_S]
    lengths_s = [len(samples) / AUDIO_RATE_HZ for _, samples in found]
    assert lengths_s == pytest.approx([WINDOW_S, 12], abs=0.1)


def test_a_click_and_a_whisper_from_afar_are_no_speech() -> None:
    click = silence(5)
    click[1000:1100] = 0.9
    assert not may_be_speech(click)
    assert not may_be_speech(sine(300, 5, rate_hz=16_000, level=0.002))
    assert may_be_speech(sine(300, 1, rate_hz=16_000, level=0.05))
    assert not may_be_speech(silence(0))
