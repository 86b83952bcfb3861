"""Training windows: source sounds stretched, mixed, coloured and heard by the teacher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from mmsearch.encode.mini.log_mel import PATCH_SAMPLES, fill_patch, level, log_mel

from .pool import Sound
from .signals import F32, RATE_HZ, noise

PLAIN_SHARE = 0.5
"""Part of the windows that are cut as at run time, alone and hardly changed."""

PLAIN_GROUPS = {
    "esc10": 0.44,
    "shorts": 0.12,
    "found": 0.16,
    "instruments": 0.13,
    "synthesised": 0.10,
    "speech": 0.05,
}
MIXED_GROUPS = {
    "esc10": 0.32,
    "shorts": 0.13,
    "found": 0.13,
    "instruments": 0.16,
    "synthesised": 0.17,
    "speech": 0.09,
}
QUIET = 0.005
"""A tenth of the common loudness: a pause, which no label describes."""

SHARD = 2048
N_SCORES = 521
_FFT = 32_768


class Teacher:
    """YAMNet through the TFLite runtime: 521 scores for each window of 0.975 s."""

    def __init__(self, model: Path) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._interpreter = Interpreter(str(model), num_threads=1)
        self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._scores = self._interpreter.get_output_details()[0]["index"]

    def scores(self, window: F32) -> F32:
        """window: (15600,). Returns (521,) probabilities."""
        self._interpreter.set_tensor(self._input, window[None])
        self._interpreter.invoke()
        return np.array(self._interpreter.get_tensor(self._scores)[0])


@dataclass(slots=True)
class Shelf:
    """The pool, sorted by group and label so that each label is drawn equally often."""

    sounds: list[Sound]
    labels: list[str] = field(init=False)
    groups: dict[str, list[list[int]]] = field(init=False)

    def __post_init__(self) -> None:
        self.labels = sorted({sound.label for sound in self.sounds} - {""})
        by_group: dict[str, dict[str, list[int]]] = {}
        for index, sound in enumerate(self.sounds):
            by_group.setdefault(sound.group, {}).setdefault(sound.label, []).append(index)
        self.groups = {group: list(labels.values()) for group, labels in by_group.items()}

    def draw(self, rng: Generator, group_shares: dict[str, float]) -> Sound:
        """A sound of a random group and label."""
        names = [name for name in group_shares if name in self.groups]
        shares = np.array([group_shares[name] for name in names])
        labels = self.groups[names[rng.choice(len(names), p=shares / shares.sum())]]
        # Half by label, half by number, so that rare labels are heard and full ones are not lost.
        sizes = np.array([len(members) for members in labels], float)
        weights = 0.5 / len(labels) + 0.5 * sizes / sizes.sum()
        members = labels[rng.choice(len(labels), p=weights)]
        return self.sounds[members[rng.integers(len(members))]]


@dataclass(frozen=True, slots=True)
class Window:
    """One window and what is in it: up to two labels with their shares, and ESC-10 folds."""

    samples: F32
    labels: tuple[str, str]
    share: float
    """Part of the first sound in the mix, 1 when it is alone, 0 when there are three."""
    folds: int
    """Bit k is set when a sound of fold k is in the mix."""


def make_window(rng: Generator, shelf: Shelf) -> Window:
    """A plain or a mixed window."""
    return plain(rng, shelf) if rng.random() < PLAIN_SHARE else mixed(rng, shelf)


def plain(rng: Generator, shelf: Shelf) -> Window:
    """Cut one window out of a levelled sound, as at run time, at another pitch and gain."""
    sound = shelf.draw(rng, PLAIN_GROUPS)
    whole = fill_patch(level(sound.samples))
    speed = float(np.clip(np.exp(rng.normal(0, 0.12)), 0.7, 1.4)) if rng.random() < 0.7 else 1.0
    n_needed = int(PATCH_SAMPLES * speed) + 2
    if len(whole) < n_needed:
        whole = np.resize(whole, n_needed)
    start = int(rng.integers(0, len(whole) - n_needed + 1))
    at = np.arange(PATCH_SAMPLES) * speed
    samples = np.interp(at, np.arange(n_needed), whole[start : start + n_needed])
    label = sound.label if loudness(samples.astype(np.float32)) > QUIET else ""
    if rng.random() < 0.4:
        samples = colour(rng, samples.astype(np.float32))
    samples = np.clip(samples * 10 ** (rng.normal(0, 3) / 20), -1, 1)
    return Window(samples.astype(np.float32), (label, ""), 1.0, 1 << sound.fold)


def mixed(rng: Generator, shelf: Shelf) -> Window:
    """Cut, stretch, mix, colour and level one window."""
    first = shelf.draw(rng, MIXED_GROUPS)
    samples, folds, labels, share = cut(rng, first.samples), 1 << first.fold, [first.label, ""], 1.0
    n_more = int(rng.choice(3, p=(0.62, 0.31, 0.07)))
    for number in range(n_more):
        other = shelf.draw(rng, MIXED_GROUPS)
        gain = 10 ** (rng.uniform(-16, 0) / 20)
        samples = samples + np.float32(gain) * cut(rng, other.samples)
        folds |= 1 << other.fold
        labels[1] = other.label
        share = 1 / (1 + gain) if number == 0 else 0.0
    if rng.random() < 0.75:
        samples = colour(rng, samples)
    if rng.random() < 0.35:
        hiss = noise(rng, PATCH_SAMPLES, rng.uniform(0, 2))
        samples = samples + loud(hiss, loudness(samples) * 10 ** (-rng.uniform(3, 40) / 20))
    target = 0.05 * 10 ** (rng.uniform(-14, 8) / 20)
    levelled = loud(samples, target)
    peak = float(np.abs(levelled).max())
    return Window(levelled / max(1.0, peak), (labels[0], labels[1]), share, folds)


def cut(rng: Generator, sound: F32) -> F32:
    """One window of a sound at random pitch; a short sound is repeated or stands in silence."""
    speed = float(np.clip(np.exp(rng.normal(0, 0.18)), 0.55, 1.8)) if rng.random() < 0.75 else 1.0
    n_needed = int(PATCH_SAMPLES * speed) + 2
    if len(sound) > n_needed:
        starts = rng.integers(0, len(sound) - n_needed, 3)
        pieces = [sound[start : start + n_needed] for start in starts]
        piece = max(pieces, key=loudness) if rng.random() < 0.8 else pieces[0]
    elif rng.random() < 0.6:
        piece = np.resize(np.roll(sound, rng.integers(max(1, len(sound)))), n_needed)
    else:
        piece = np.zeros(n_needed, np.float32)
        start = rng.integers(0, n_needed - len(sound) + 1)
        piece[start : start + len(sound)] = sound
    at = np.arange(PATCH_SAMPLES) * speed
    return loud(np.interp(at, np.arange(len(piece)), piece).astype(np.float32), 0.1)


def colour(rng: Generator, samples: F32) -> F32:
    """A random equaliser and sometimes a room or a narrow band."""
    spectrum = np.fft.rfft(samples, _FFT)
    position = np.log2(np.arange(1, len(spectrum) + 1)) / np.log2(len(spectrum))
    curve_db = np.interp(position, np.linspace(0.4, 1, 7), rng.normal(0, rng.uniform(1, 7), 7))
    if rng.random() < 0.12:
        curve_db = curve_db - 60 * np.clip(position - rng.uniform(0.75, 0.98), 0, None) * 8
    spectrum *= 10 ** (curve_db / 20)
    if rng.random() < 0.3:
        length = int(rng.uniform(0.05, 0.6) * RATE_HZ)
        room = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
        room *= rng.uniform(0.05, 0.5) / np.linalg.norm(room)
        room[0] = 1.0
        spectrum *= np.fft.rfft(room, _FFT)
    return np.fft.irfft(spectrum, _FFT)[:PATCH_SAMPLES].astype(np.float32)


def without(folds: NDArray[np.uint8], left_out: Sequence[int]) -> NDArray[np.bool_]:
    """Which windows hold no sound of the folds left out; ``folds`` as in Window."""
    return np.asarray(folds & sum(1 << fold for fold in left_out) == 0)


def loudness(samples: F32) -> float:
    """Root mean square."""
    return float(np.sqrt(np.mean(np.square(samples)))) if samples.size else 0.0


def loud(samples: F32, target: float) -> F32:
    """Scale to a root mean square; silence stays silent."""
    return (samples * (target / max(loudness(samples), 1e-6))).astype(np.float32)


def make_shard(shelf: Shelf, teacher: Teacher, seed: int, path: Path) -> None:
    """Write SHARD windows with their teacher scores as one .npz file."""
    rng = np.random.default_rng([11, seed])
    number = {label: i for i, label in enumerate(shelf.labels)}
    windows = [make_window(rng, shelf) for _ in range(SHARD)]
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        np.savez(
            file,
            mels=np.stack([log_mel(w.samples) for w in windows]).astype(np.float16),
            scores=np.stack([teacher.scores(w.samples) for w in windows]).astype(np.float16),
            labels=np.array(
                [[number.get(name, -1) for name in w.labels] for w in windows], np.int16
            ),
            share=np.array([w.share for w in windows], np.float32),
            folds=np.array([w.folds for w in windows], np.uint8),
        )
    partial.rename(path)
