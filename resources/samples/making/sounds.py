"""Sounds from sums of waves and filtered noise: mono float32 samples at RATE_HZ in [-1, 1]."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 24_000

Sound = NDArray[np.float32]


def _times(length_s: float) -> Sound:
    return np.arange(int(length_s * RATE_HZ), dtype=np.float32) / RATE_HZ


def _noise(length_s: float, seed: int) -> Sound:
    samples = np.random.default_rng(seed).standard_normal(int(length_s * RATE_HZ))
    return samples.astype(np.float32)


def _band(samples: Sound, low_hz: float, high_hz: float, *, tilt: float = 0.0) -> Sound:
    """Keep a band of frequencies with soft edges; ``tilt`` -1 makes white noise pink-like."""
    spectrum = np.fft.rfft(samples)
    frequency = np.fft.rfftfreq(len(samples), 1 / RATE_HZ) + 1e-6
    shape = 1 / (1 + (low_hz / frequency) ** 4) / (1 + (frequency / high_hz) ** 4)
    return np.fft.irfft(spectrum * shape * (frequency / 1000) ** tilt, len(samples)).astype(
        np.float32
    )


def _level(samples: Sound, peak: float = 0.8) -> Sound:
    """Scale to a peak and fade the ends, so that nothing clicks."""
    samples = samples - samples.mean()
    samples = samples / np.abs(samples).max() * peak
    n_fade = RATE_HZ // 50
    ramp = np.linspace(0, 1, n_fade, dtype=np.float32)
    samples[:n_fade] *= ramp
    samples[-n_fade:] *= ramp[::-1]
    return samples.astype(np.float32)


def _lay(track: Sound, part: Sound, at_s: float) -> None:
    """Add a part to a track in place; what does not fit is cut."""
    start = int(at_s * RATE_HZ)
    fitting = part[: max(0, len(track) - start)]
    track[start : start + len(fitting)] += fitting


def rain(length_s: float = 8) -> Sound:
    """Steady rain: a hiss, and thousands of drops that are tiny bursts of noise."""
    random = np.random.default_rng(1)
    track = 0.5 * _band(_noise(length_s, 2), 900, 11000, tilt=-0.15)
    bursts = _noise(0.006, 3)
    for _ in range(int(900 * length_s)):
        burst = np.roll(bursts, random.integers(len(bursts)))
        drop = burst * np.exp(-_times(0.006) * random.uniform(500, 1500))
        strength = min(random.pareto(1.8) * 0.12, 1.2)
        _lay(track, (strength * drop).astype(np.float32), random.uniform(0, length_s))
    return _level(track)


def sea_waves(length_s: float = 10) -> Sound:
    """Waves that come, break and draw back."""
    times = _times(length_s)
    swell = np.zeros_like(times)
    for start in np.arange(-1.0, length_s, 3.1):
        age = times - start
        swell += np.where(age > 0, (age / 1.2) * np.exp(1 - age / 1.2), 0) ** 1.5
    hiss = _band(_noise(length_s, 3), 300, 5000, tilt=-0.6) * swell**1.3
    rumble = _band(_noise(length_s, 4), 40, 350, tilt=-0.4)
    return _level(hiss + 0.35 * rumble * (0.4 + swell))


def church_bells(length_s: float = 11) -> Sound:
    """Two heavy bells by turns: the partials of a bell, each dying at its own pace."""
    track = np.zeros(int(length_s * RATE_HZ), np.float32)
    # Hum, prime, tierce, quint, nominal and what lies above: (ratio, strength, decay per second).
    partials = ((0.5, 0.6, 0.3), (1, 0.7, 0.5), (1.19, 0.9, 0.6), (1.5, 0.3, 1.0), (2, 1.0, 0.9))
    partials += ((2.51, 0.6, 1.5), (2.66, 0.5, 1.6), (3.01, 0.6, 2.0), (4.17, 0.5, 2.6))
    partials += ((5.43, 0.4, 3.5), (6.79, 0.3, 4.5), (8.2, 0.2, 6.0))
    for number, at_s in enumerate(np.arange(0.1, length_s - 1, 1.9)):
        prime_hz = (262.0, 311.0)[number % 2]
        times = _times(6)
        stroke = np.zeros_like(times)
        for ratio, strength, decay in partials:
            # A bell is not quite round: each partial is a pair that beats.
            pair = np.sin(2 * np.pi * prime_hz * ratio * times + 7 * ratio)
            pair += 0.6 * np.sin(2 * np.pi * (prime_hz * ratio * 1.0022 + 0.4) * times)
            stroke += strength * pair * np.exp(-times * decay)
        clang = _band(_noise(6, 5), 1500, 9000) * np.exp(-times * 45)
        _lay(track, (stroke + 0.8 * clang).astype(np.float32), at_s)
    return _level(track)


def siren(length_s: float = 7) -> Sound:
    """The rising and falling wail of an emergency car, with a harsh tone."""
    times = _times(length_s)
    pitch_hz = 950 + 450 * np.sin(2 * np.pi * times / 2.6 - np.pi / 2)
    phase = 2 * np.pi * np.cumsum(pitch_hz) / RATE_HZ
    wave = sum(np.sin(number * phase) / number for number in (1, 2, 3, 5))
    return _level(np.tanh(1.5 * wave) + 0.01 * _noise(length_s, 6))


def guitar(length_s: float = 6) -> Sound:
    """A plucked chord and a short tune, by the string of Karplus and Strong."""
    notes_hz = (82.4, 123.5, 164.8, 207.7, 246.9, 329.6)
    track = np.zeros(int(length_s * RATE_HZ), np.float32)
    for number, pitch_hz in enumerate(notes_hz):
        _lay(track, _pluck(pitch_hz, 3.2, seed=number), 0.05 + 0.045 * number)
    for number, which in enumerate((3, 4, 5, 4, 3, 2, 4)):
        _lay(track, _pluck(notes_hz[which], 2.0, seed=20 + number), 2.2 + 0.45 * number)
    return _level(track)


def _pluck(pitch_hz: float, length_s: float, *, seed: int) -> Sound:
    """A burst of noise that runs round in a loop and is smoothed a little each time."""
    period = int(RATE_HZ / pitch_hz)
    loop = np.random.default_rng(seed).uniform(-1, 1, period)
    rounds = []
    for _ in range(int(length_s * RATE_HZ / period)):
        rounds.append(loop)
        loop = 0.996 * (0.5 * loop + 0.5 * np.roll(loop, 1))
    return np.concatenate(rounds).astype(np.float32)


def drum_loop(length_s: float = 4) -> Sound:
    """Bass drum, snare and hi-hat in four-four time at 120 beats a minute."""
    track = np.zeros(int(length_s * RATE_HZ), np.float32)
    times = _times(0.4)
    kick = np.sin(2 * np.pi * (48 * times + 28 * (1 - np.exp(-times * 30)) / 6)) * np.exp(
        -times * 9
    )
    snare = _band(_noise(0.4, 7), 900, 8000) * np.exp(-times * 17)
    snare += 0.4 * np.sin(2 * np.pi * 185 * times) * np.exp(-times * 20)
    hat = _band(_noise(0.4, 8), 6000, 11000) * np.exp(-times * 55)
    for step in range(int(length_s / 0.25)):
        _lay(track, (0.30 * hat).astype(np.float32), 0.25 * step)
        if step % 8 in (0, 3, 4):
            _lay(track, (1.1 * kick).astype(np.float32), 0.25 * step)
        if step % 4 == 2:
            _lay(track, (0.7 * snare).astype(np.float32), 0.25 * step)
    return _level(track)


def birds(length_s: float = 8) -> Sound:
    """Several small birds that chirp and trill, far and near."""
    random = np.random.default_rng(9)
    track = 0.01 * _band(_noise(length_s, 10), 200, 3000, tilt=-0.5)
    for _ in range(int(2.6 * length_s)):
        base_hz, sweep_hz = random.uniform(2600, 4800), random.uniform(-1200, 1500)
        n_notes, near = random.integers(2, 7), random.uniform(0.2, 1.0)
        start_s = random.uniform(0, length_s - 0.3)
        for note in range(n_notes):
            times = _times(random.uniform(0.04, 0.1))
            part = times / times[-1]
            pitch_hz = base_hz + sweep_hz * part + 150 * np.sin(2 * np.pi * 32 * times)
            chirp = (
                np.sin(2 * np.pi * np.cumsum(pitch_hz) / RATE_HZ)
                * np.abs(np.sin(np.pi * part)) ** 0.7
            )
            _lay(track, (near * chirp).astype(np.float32), start_s + note * 0.11)
    return _level(track)


def clock_ticking(length_s: float = 6) -> Sound:
    """Tick, tock: two short clicks by turns, each with the ring of a small case."""
    track = 0.001 * _noise(length_s, 11)
    for number, at_s in enumerate(np.arange(0.1, length_s - 0.1, 0.5)):
        times = _times(0.09)
        ring_hz = (2900, 2350)[number % 2]
        click = np.sin(2 * np.pi * ring_hz * times) * np.exp(-times * 130)
        click += 0.8 * _band(_noise(0.09, 12 + number), 1500, 9000) * np.exp(-times * 420)
        _lay(track, click.astype(np.float32), at_s)
    return _level(track)


def helicopter(length_s: float = 7) -> Sound:
    """The chop of rotor blades over the whine of a turbine."""
    times = _times(length_s)
    turn = (times * 11.5) % 1.0
    chop = np.exp(-turn * 9) * (1 - np.exp(-turn * 160))
    thud = _band(_noise(length_s, 13), 30, 700, tilt=-0.7) * (0.25 + 3 * chop)
    whine = 0.03 * np.sin(2 * np.pi * 1650 * times) + 0.02 * np.sin(2 * np.pi * 2480 * times)
    return _level(thud / np.abs(thud).max() + whine + 0.05 * _band(_noise(length_s, 14), 500, 4000))


def fireworks(length_s: float = 5) -> Sound:
    """Rockets that whistle up, burst and crackle."""
    random = np.random.default_rng(17)
    track = np.zeros(int(length_s * RATE_HZ), np.float32)
    for at_s in np.arange(0.1, length_s, 0.45):
        times = _times(1.2)
        boom = _band(_noise(1.2, int(at_s * 100)), 30, 1500, tilt=-0.8) * np.exp(-times * 6)
        _lay(track, (boom / np.abs(boom).max()).astype(np.float32), at_s)
        for _ in range(30):
            crack = _noise(0.01, int(random.integers(1 << 20))) * np.exp(-_times(0.01) * 500)
            _lay(track, 0.12 * crack, at_s + random.uniform(0.3, 1.0))
    return _level(track)


def kicks(length_s: float = 4) -> Sound:
    """A ball that bounces on grass, lower and quicker each time."""
    track = 0.004 * _band(_noise(length_s, 18), 100, 2000)
    at_s, gap_s = 0.45, 0.95
    while at_s < length_s:
        times = _times(0.25)
        thump = np.sin(2 * np.pi * (95 * times - 60 * times**2)) * np.exp(-times * 22)
        thump += 0.3 * _band(_noise(0.25, 19), 300, 3000) * np.exp(-times * 60)
        _lay(track, (thump * gap_s).astype(np.float32), at_s)
        at_s, gap_s = at_s + gap_s, max(0.2, gap_s * 0.82)
    return _level(track)


def silence(length_s: float) -> Sound:
    """Nothing but the faintest hiss."""
    return 0.0005 * _noise(length_s, 20)


def speech(text: str) -> Sound:
    """A sentence read by espeak-ng, a program that makes speech from rules."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "speech.wav")
        subprocess.run(["espeak-ng", "-v", "en", "-s", "150", "-w", str(path), text], check=True)
        data = path.read_bytes()
    # espeak-ng writes a plain header of 44 bytes, then 16-bit samples at 22,050 Hz.
    heard = np.frombuffer(data[44:], np.int16).astype(np.float32)
    n_wanted = int(len(heard) * RATE_HZ / 22_050)
    places = np.linspace(0, len(heard) - 1, n_wanted)
    return _level(np.interp(places, np.arange(len(heard)), heard).astype(np.float32))
