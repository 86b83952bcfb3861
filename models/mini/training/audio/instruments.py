"""Real instruments, played by FluidSynth from General MIDI files that are written here."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.random import Generator

from .signals import F32, RATE_HZ

TICKS_PER_S = 960
SLOT_S = 5.0
PLAY_S = 3.6

# Words for the 128 programs of General MIDI, in order.
PROGRAMS = [
    "piano",
    "piano",
    "piano",
    "piano",
    "electric piano",
    "electric piano",
    "harpsichord",
    "clavinet",
    "celesta",
    "glockenspiel",
    "music box",
    "vibraphone",
    "marimba",
    "xylophone",
    "tubular bells",
    "dulcimer",
    "hammond organ",
    "organ",
    "electronic organ",
    "church organ",
    "organ",
    "accordion",
    "harmonica",
    "accordion",
    "acoustic guitar",
    "acoustic guitar",
    "electric guitar",
    "electric guitar",
    "electric guitar",
    "electric guitar",
    "distorted electric guitar",
    "electric guitar",
    "double bass",
    "bass guitar",
    "bass guitar",
    "bass guitar",
    "bass guitar",
    "bass guitar",
    "synth bass",
    "synth bass",
    "violin",
    "viola",
    "cello",
    "double bass",
    "strings",
    "pizzicato strings",
    "harp",
    "timpani",
    "string orchestra",
    "string orchestra",
    "synth strings",
    "synth strings",
    "choir singing",
    "choir singing",
    "synth choir",
    "orchestra hit",
    "trumpet",
    "trombone",
    "tuba",
    "trumpet",
    "french horn",
    "brass section",
    "synth brass",
    "synth brass",
    "saxophone",
    "saxophone",
    "saxophone",
    "saxophone",
    "oboe",
    "english horn",
    "bassoon",
    "clarinet",
    "piccolo flute",
    "flute",
    "recorder",
    "pan flute",
    "blown bottle",
    "shakuhachi flute",
    "whistling",
    "ocarina",
    "synthesizer",
    "synthesizer",
    "synthesizer",
    "synthesizer",
    "synthesizer",
    "synthesizer",
    "synthesizer",
    "synthesizer",
    "synthesizer pad",
    "synthesizer pad",
    "synthesizer pad",
    "synthesizer pad",
    "synthesizer pad",
    "synthesizer pad",
    "synthesizer pad",
    "synthesizer pad",
    "ambient synthesizer",
    "ambient synthesizer",
    "ambient synthesizer",
    "ambient synthesizer",
    "ambient synthesizer",
    "ambient synthesizer",
    "ambient synthesizer",
    "ambient synthesizer",
    "sitar",
    "banjo",
    "shamisen",
    "koto",
    "kalimba",
    "bagpipes",
    "fiddle",
    "shanai",
    "small bell",
    "agogo bell",
    "steel drum",
    "woodblock",
    "taiko drum",
    "tom drum",
    "synth drum",
    "reverse cymbal",
    "guitar fret noise",
    "breath noise",
    "ocean waves",
    "bird tweeting",
    "telephone ringing",
    "helicopter",
    "applause",
    "gunshot",
]

# Words for the keys of the General MIDI drum channel.
DRUMS = {
    "bass drum": (35, 36),
    "snare drum": (38, 40),
    "hi-hat cymbal": (42, 44, 46),
    "cymbal crash": (49, 51, 52, 55, 57, 59),
    "tom drum": (41, 43, 45, 47, 48, 50),
    "hand clapping": (39,),
    "tambourine": (54,),
    "cowbell": (56,),
    "bongo and conga drums": (60, 61, 62, 63, 64),
    "maracas": (69, 70, 82),
    "whistle blowing": (71, 72),
    "woodblock": (75, 76, 77),
    "triangle": (80, 81),
}
_ROCK = [
    (36, 0),
    (42, 0),
    (42, 1),
    (38, 2),
    (42, 2),
    (42, 3),
    (36, 4),
    (42, 4),
    (42, 5),
    (38, 6),
    (42, 6),
]
_SCALE = (0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19)

Event = tuple[int, bytes]


def phrases(rng: Generator, n_round: int) -> Iterator[tuple[str, list[Event]]]:
    """Short pieces with their words: every program and drum, and whole bands ("music")."""
    for _ in range(n_round):
        for program, label in enumerate(PROGRAMS):
            yield label, [(0, bytes((0xC0, program))), *_melody(rng, 0, program)]
        for label, keys in DRUMS.items():
            yield label, _hits(rng, keys)
        for _ in range(24):
            yield "music", _band(rng)
        for _ in range(10):
            yield "drum kit", _beat(rng, rng.uniform(0.12, 0.3))


def _note(channel: int, key: int, velocity: int, start_s: float, length_s: float) -> list[Event]:
    start, stop = int(start_s * TICKS_PER_S), int((start_s + length_s) * TICKS_PER_S)
    key = int(np.clip(key, 0, 127))
    return [
        (start, bytes((0x90 | channel, key, velocity))),
        (stop, bytes((0x80 | channel, key, 0))),
    ]


def _melody(rng: Generator, channel: int, program: int) -> list[Event]:
    root = int(
        rng.integers(33, 48) if 32 <= program < 40 or program == 43 else rng.integers(48, 74)
    )
    if program >= 120:
        return _note(channel, int(rng.integers(48, 72)), 110, 0, PLAY_S)
    step_s, at, events = rng.uniform(0.12, 1.0), 0.0, []
    n_voice = int(rng.choice([1, 1, 2, 3]))
    while at < PLAY_S:
        length_s = min(step_s * rng.choice([0.5, 1, 1, 2]), PLAY_S - at + 0.1)
        for step in rng.choice(_SCALE, n_voice, replace=False):
            events += _note(channel, root + int(step), int(rng.integers(60, 120)), at, length_s)
        at += length_s
    return events


def _hits(rng: Generator, keys: tuple[int, ...]) -> list[Event]:
    step_s = rng.uniform(0.12, 0.8)
    return [
        event
        for at in np.arange(0, PLAY_S, step_s)
        for event in _note(9, int(rng.choice(keys)), int(rng.integers(60, 127)), at, step_s)
    ]


def _beat(rng: Generator, step_s: float) -> list[Event]:
    pattern = [(key, at) for key, at in _ROCK if rng.random() < 0.9]
    pattern += [(int(rng.choice([37, 46, 49, 54, 56, 45])), int(rng.integers(8))) for _ in range(3)]
    bars = np.arange(0, PLAY_S, 8 * step_s)
    return [
        event
        for bar in bars
        for key, at in pattern
        for event in _note(9, key, int(rng.integers(70, 120)), bar + at * step_s, step_s)
        if bar + at * step_s < PLAY_S
    ]


def _band(rng: Generator) -> list[Event]:
    events = _beat(rng, rng.uniform(0.12, 0.3)) if rng.random() < 0.7 else []
    for channel in range(int(rng.integers(2, 5))):
        program = int(rng.integers(0, 112))
        events += [(0, bytes((0xC0 | channel, program))), *_melody(rng, channel, program)]
    return events


def render(pieces: list[tuple[str, list[Event]]], soundfont: Path, work: Path) -> list[F32]:
    """Play all pieces as one file, one piece every SLOT_S seconds; returns one sound for each."""
    track = bytearray()
    now = 0
    for index, (_, events) in enumerate(pieces):
        base = int(index * SLOT_S * TICKS_PER_S)
        # Program changes come first, and a note ends before the next one starts.
        for at, message in sorted(events, key=lambda event: (event[0], event[1][0] & 0xF0 == 0x90)):
            track += _variable(base + at - now) + message
            now = base + at
    track += _variable(TICKS_PER_S * 4) + b"\xff\x2f\x00"
    header = (
        b"MThd"
        + (6).to_bytes(4, "big")
        + b"\x00\x00\x00\x01"
        + (TICKS_PER_S // 2).to_bytes(2, "big")
    )
    midi, raw = work / "pieces.mid", work / "pieces.raw"
    midi.write_bytes(header + b"MTrk" + len(track).to_bytes(4, "big") + bytes(track))
    command = ["fluidsynth", "-ni", "-q", "-g", "0.6", "-r", str(RATE_HZ), "-T", "raw", "-O", "s16"]
    subprocess.run([*command, "-F", str(raw), str(soundfont), str(midi)], check=True)
    stereo = np.fromfile(raw, "<i2").reshape(-1, 2)
    raw.unlink()
    mono = stereo.mean(axis=1, dtype=np.float32) / 32768
    slot = int(SLOT_S * RATE_HZ)
    return [mono[i * slot : i * slot + int((PLAY_S + 0.6) * RATE_HZ)] for i in range(len(pieces))]


def _variable(number: int) -> bytes:
    """A number as MIDI writes it: seven bits a byte, the last one without the high bit."""
    out = [number & 0x7F]
    while number := number >> 7:
        out.append(0x80 | (number & 0x7F))
    return bytes(reversed(out))
