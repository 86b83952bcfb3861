"""The pool of source sounds: everything that training windows are cut from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import librosa
import numpy as np

from .found import fonts, recordings
from .instruments import phrases, render
from .recipes import load_recipes
from .signals import F32, RATE_HZ
from .speech import speak

FLUID = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
OTHER_FONT = Path("/usr/share/sounds/sf2/TimGM6mb.sf2")
HELD_OUT_SEED = 1_000_000


@dataclass(frozen=True, slots=True)
class Sound:
    """A source sound. ``label`` is empty where only a hint is known; ``fold`` is ESC-10's, or 0."""

    group: str
    label: str
    fold: int
    samples: F32


def read(path: Path) -> F32:
    """Decode a file to mono at 16 kHz."""
    samples, _ = librosa.load(path, sr=RATE_HZ, mono=True)
    return np.asarray(samples, np.float32)


def esc10(data: Path) -> list[Sound]:
    """The real labelled sounds."""
    rows = map(json.loads, (data / "esc10/labels.jsonl").read_text().splitlines())
    return [
        Sound(
            "esc10", row["label"].replace("_", " "), row["fold"], read(data / "esc10" / row["file"])
        )
        for row in rows
    ]


def shorts(data: Path, *, held_out: bool) -> list[Sound]:
    """The 2,238 short sounds, unlabelled; every tenth is never trained on."""
    rows = [json.loads(line) for line in (data / "sounds/index.jsonl").read_text().splitlines()]
    chosen = [row for i, row in enumerate(rows) if (i % 10 == 9) == held_out]
    return [
        Sound(
            "shorts",
            "speech" if row["folder"].startswith("spoken digit") else "",
            0,
            read(data / "sounds" / row["file"])[: 8 * RATE_HZ],
        )
        for row in chosen
    ]


def instruments(work: Path, font: Path, *, seed: int, n_round: int) -> list[Sound]:
    """Phrases played by one synthesiser font."""
    pieces = list(phrases(np.random.default_rng(seed), n_round))
    sounds = render(pieces, font, work)
    return [
        Sound("instruments", label, 0, samples)
        for (label, _), samples in zip(pieces, sounds, strict=True)
        if np.abs(samples).max(initial=0) > 0.003
    ]


def found(work: Path) -> list[Sound]:
    """Recordings out of Debian packages."""
    return [Sound("found", label, 0, samples) for label, samples in recordings(work)]


def synthesised(*, n_each: int, held_out: bool) -> list[Sound]:
    """Every recipe ``n_each`` times, with other random numbers when held out."""
    first = HELD_OUT_SEED if held_out else 0
    return [
        Sound(
            "synthesised", recipe.label, 0, recipe.play(np.random.default_rng([first + i, number]))
        )
        for number, recipe in enumerate(load_recipes())
        for i in range(n_each)
    ]


def speeches(*, n: int, held_out: bool) -> list[Sound]:
    """Spoken sentences; other languages and sentences when held out."""
    rng = np.random.default_rng(HELD_OUT_SEED if held_out else 2)
    return [
        Sound("speech", label, 0, samples)
        for label, samples in (speak(rng, held_out=held_out) for _ in range(n))
    ]


def training_pool(data: Path, work: Path) -> list[Sound]:
    """All that may be trained on (folds of ESC-10 are left out later, by ``fold``)."""
    more_played = [
        sound
        for number, font in enumerate(fonts(work))
        for sound in instruments(work, font, seed=11 + number, n_round=4)
    ]
    return [
        *esc10(data),
        *shorts(data, held_out=False),
        *found(work),
        *instruments(work, FLUID, seed=1, n_round=6),
        *more_played,
        *synthesised(n_each=40, held_out=False),
        *speeches(n=500, held_out=False),
    ]


def held_out_pool(data: Path, work: Path) -> list[Sound]:
    """For checking breadth: other seeds, another instrument font, other voices."""
    return [
        *shorts(data, held_out=True),
        *instruments(work, OTHER_FONT, seed=HELD_OUT_SEED, n_round=1),
        *synthesised(n_each=6, held_out=True),
        *speeches(n=24, held_out=True),
    ]
