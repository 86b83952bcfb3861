"""Building blocks of synthesised sound: oscillators, envelopes, filters, noises, hits."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.signal import butter, lfilter, sosfilt

F32 = NDArray[np.float32]
RATE_HZ = 16_000
HALF_HZ = RATE_HZ / 2


def seconds(duration_s: float) -> F32:
    """Time axis of a sound, in seconds."""
    return (np.arange(int(duration_s * RATE_HZ)) / RATE_HZ).astype(np.float32)


def sweep(frequency_hz: F32) -> F32:
    """Phase in radians of an oscillator that follows a frequency curve."""
    return (2 * np.pi * np.cumsum(frequency_hz.astype(np.float64)) / RATE_HZ).astype(np.float32)


def wobble(rng: Generator, n_sample: int, rate_hz: float) -> F32:
    """Smooth random curve in [-1, 1] that changes about ``rate_hz`` times a second."""
    n_knot = max(4, int(n_sample / RATE_HZ * rate_hz) + 4)
    knots = rng.uniform(-1, 1, n_knot)
    at = np.linspace(0, n_knot - 1, n_sample)
    left = np.minimum(at.astype(int), n_knot - 2)
    part = (1 - np.cos(np.pi * (at - left))) / 2
    return (knots[left] * (1 - part) + knots[left + 1] * part).astype(np.float32)


def noise(rng: Generator, n_sample: int, slope: float = 0.0) -> F32:
    """Noise whose power falls with frequency as f^-slope: 0 white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(rng.standard_normal(n_sample))
    frequency = np.arange(len(spectrum), dtype=np.float64)
    frequency[0] = 1.0
    coloured = np.fft.irfft(spectrum * np.maximum(frequency, 20.0) ** (-slope / 2), n_sample)
    return unit(coloured)


def unit(samples: NDArray[np.floating]) -> F32:
    """Scale a sound to a peak of one."""
    peak = float(np.abs(samples).max()) if samples.size else 0.0
    return (samples / peak if peak > 0 else samples).astype(np.float32)


def band(samples: F32, low_hz: float, high_hz: float, order: int = 2) -> F32:
    """Keep a band of frequencies."""
    low = max(low_hz, 15.0) / HALF_HZ
    high = min(high_hz, HALF_HZ * 0.97) / HALF_HZ
    return sosfilt(
        butter(order, (min(low, high * 0.9), high), "band", output="sos"), samples
    ).astype(np.float32)


def low_pass(samples: F32, cutoff_hz: float, order: int = 2) -> F32:
    """Keep what is below a frequency."""
    cutoff = min(cutoff_hz, HALF_HZ * 0.97) / HALF_HZ
    return sosfilt(butter(order, cutoff, output="sos"), samples).astype(np.float32)


def ring(samples: F32, frequency_hz: float, decay_s: float) -> F32:
    """Let a resonance ring: a two-pole filter at a frequency, falling by 60 dB in ``decay_s``."""
    radius = 10 ** (-3 / (decay_s * RATE_HZ))
    angle = 2 * np.pi * min(frequency_hz, HALF_HZ * 0.95) / RATE_HZ
    return lfilter([1.0], [1, -2 * radius * np.cos(angle), radius**2], samples).astype(np.float32)


def harmonics(rng: Generator, pitch_hz: F32, amplitudes: NDArray[np.floating]) -> F32:
    """Sum of harmonics over a pitch curve; those above the band are left out."""
    phase = sweep(pitch_hz)
    top_hz = float(pitch_hz.max())
    total = np.zeros_like(phase)
    for number, amplitude in enumerate(amplitudes, start=1):
        if number * top_hz > HALF_HZ:
            break
        total += np.float32(amplitude) * np.sin(number * phase + rng.uniform(0, 2 * np.pi))
    return total


def partials(rng: Generator, root_hz: float, ratios: NDArray[np.floating], decay_s: float) -> F32:
    """A struck body: decaying inharmonic partials, the high ones faster."""
    time_s = seconds(min(4.0, decay_s * 1.2))
    total = np.zeros_like(time_s)
    for ratio in ratios:
        if ratio * root_hz < HALF_HZ:
            fall = np.exp(-6.9 * time_s * ratio**0.5 / decay_s)
            total += rng.uniform(0.2, 1) * fall * np.sin(2 * np.pi * ratio * root_hz * time_s)
    return unit(total)


def decay(n_sample: int, time_s: float) -> F32:
    """Exponential fall by 60 dB in ``time_s``."""
    return np.exp(-6.9 * np.arange(n_sample) / (time_s * RATE_HZ)).astype(np.float32)


def edges(samples: F32, attack_s: float, release_s: float) -> F32:
    """Fade in and out."""
    shaped = samples.copy()
    n_in, n_out = int(attack_s * RATE_HZ) + 1, int(release_s * RATE_HZ) + 1
    shaped[:n_in] *= np.linspace(0, 1, n_in, dtype=np.float32)[: len(shaped)]
    shaped[-n_out:] *= np.linspace(1, 0, n_out, dtype=np.float32)[-len(shaped) :]
    return shaped


def scatter(n_sample: int, hits: list[tuple[float, F32]]) -> F32:
    """Lay sounds over each other, each from its start second on."""
    total = np.zeros(n_sample, np.float32)
    for start_s, sound in hits:
        start = int(start_s * RATE_HZ)
        stop = min(n_sample, start + len(sound))
        if 0 <= start < stop:
            total[start:stop] += sound[: stop - start]
    return total


def moments(rng: Generator, duration_s: float, per_s: float, irregular: float) -> list[float]:
    """Start times: a beat of ``per_s`` a second, shaken by ``irregular`` (0 a clock, 1 chance)."""
    times, at = [], rng.uniform(0, 1 / per_s)
    while at < duration_s:
        times.append(float(at))
        at += ((1 - irregular) + irregular * rng.exponential()) / per_s
    return times


def pluck(rng: Generator, pitch_hz: float, duration_s: float, brightness: float) -> F32:
    """Karplus-Strong string: a burst of noise in a loop that loses its high end."""
    period = max(2, round(RATE_HZ / pitch_hz))
    excitation = np.zeros(int(duration_s * RATE_HZ), np.float32)
    excitation[:period] = low_pass(noise(rng, period + 32)[:period], 800 + 7000 * brightness)
    loss = 0.996 - 0.02 * rng.uniform() * (1 - brightness)
    feedback = np.zeros(period + 2)
    feedback[0], feedback[period], feedback[period + 1] = 1, -loss / 2, -loss / 2
    return unit(lfilter([1.0], feedback, excitation))


def formants(source: F32, peaks_hz: tuple[float, ...]) -> F32:
    """Colour a buzzing source as a mouth does."""
    return unit(sum(ring(source, peak, 0.03) for peak in peaks_hz))  # type: ignore[arg-type]
