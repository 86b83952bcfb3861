"""Sounds of weather, water, animals and people that are no speech."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from .recipes import recipe
from .signals import (
    F32,
    RATE_HZ,
    band,
    decay,
    edges,
    formants,
    harmonics,
    low_pass,
    moments,
    noise,
    scatter,
    seconds,
    sweep,
    unit,
    wobble,
)


@recipe("wind blowing")
def wind(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    base = noise(rng, n_sample, rng.uniform(1.2, 2))
    total = low_pass(base, rng.uniform(300, 900))
    for centre in rng.uniform(200, 1400, 3):
        gust = np.square(0.5 + 0.5 * wobble(rng, n_sample, rng.uniform(0.4, 2)))
        total = total + gust * band(noise(rng, n_sample, 0.5), centre * 0.85, centre * 1.2)
    return unit(total)


@recipe("thunder")
def thunder(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    rumble = low_pass(noise(rng, n_sample, 2), rng.uniform(120, 600))
    claps = [
        (
            t,
            unit(noise(rng, RATE_HZ * 2, rng.uniform(0.8, 1.6)))
            * decay(RATE_HZ * 2, rng.uniform(0.5, 2)),
        )
        for t in moments(rng, 2, 1.5, 1)
    ]
    swell = np.abs(wobble(rng, n_sample, 2)) + 0.2
    return unit(
        unit(rumble) * swell * decay(n_sample, 6) + rng.uniform(0.3, 1) * scatter(n_sample, claps)
    )


def _drop(rng: Generator, low_hz: float, high_hz: float) -> F32:
    n_sample = int(rng.uniform(0.02, 0.12) * RATE_HZ)
    start = rng.uniform(low_hz, high_hz)
    curve = np.geomspace(start, start * rng.uniform(1.05, 1.9), n_sample).astype(np.float32)
    return np.sin(sweep(curve)) * decay(n_sample, rng.uniform(0.03, 0.12)) * rng.uniform(0.1, 1)


@recipe("water dripping")
def dripping(rng: Generator) -> F32:
    times = moments(rng, 4, rng.uniform(1, 6), 0.6)
    return unit(scatter(4 * RATE_HZ, [(t, _drop(rng, 500, 2500)) for t in times]))


@recipe("stream of running water")
def stream(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    bubbles = [(t, _drop(rng, 300, 3000)) for t in moments(rng, 4, rng.uniform(60, 250), 1)]
    rush = band(noise(rng, n_sample, rng.uniform(0.2, 1)), 300, 7000)
    return unit(unit(scatter(n_sample, bubbles)) + rng.uniform(0.1, 0.8) * rush)


@recipe("bubbles in water")
def bubbles(rng: Generator) -> F32:
    hits = [(t, _drop(rng, 150, 900)) for t in moments(rng, 4, rng.uniform(8, 40), 1)]
    return unit(low_pass(scatter(4 * RATE_HZ, hits), 2500))


@recipe("water tap, pouring water")
def pouring(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    centre = np.geomspace(rng.uniform(300, 700), rng.uniform(700, 2500), 8)
    rush = noise(rng, n_sample, 0.3) * (1 + 0.2 * wobble(rng, n_sample, 20))
    pieces = [
        band(rush[i * n_sample // 8 : (i + 1) * n_sample // 8], c * 0.7, c * 2)
        for i, c in enumerate(centre)
    ]
    return unit(np.concatenate(pieces) + 0.4 * band(rush, 1500, 7500))


@recipe("bird chirping")
def bird(rng: Generator) -> F32:
    base, hits = rng.uniform(1800, 5500), []
    motif = [
        (rng.uniform(0.03, 0.2), rng.uniform(0.6, 1.5), rng.uniform(0.6, 1.5)) for _ in range(4)
    ]
    for start in moments(rng, 3.8, rng.uniform(2, 9), 0.5):
        length_s, first, last = motif[rng.integers(4)]
        n_sample = int(length_s * RATE_HZ)
        curve = base * np.linspace(first, last, n_sample)
        curve *= 1 + rng.uniform(0, 0.08) * np.sin(
            2 * np.pi * rng.uniform(15, 60) * np.arange(n_sample) / RATE_HZ
        )
        call = harmonics(rng, np.minimum(curve, 7500).astype(np.float32), np.array([1, 0.15, 0.05]))
        hits.append((start, edges(call, 0.01, 0.02)))
    return unit(scatter(4 * RATE_HZ, hits) + rng.uniform(0, 0.05) * noise(rng, 4 * RATE_HZ, 1))


@recipe("crickets")
def crickets(rng: Generator) -> F32:
    time_s = seconds(4)
    total = np.zeros_like(time_s)
    for _ in range(rng.integers(1, 5)):
        pulse = np.sin(2 * np.pi * rng.uniform(25, 70) * time_s) > 0
        chirp = np.sin(2 * np.pi * rng.uniform(1.5, 5) * time_s + rng.uniform(0, 6)) > rng.uniform(
            -1, 0.5
        )
        carrier = np.sin(2 * np.pi * rng.uniform(3200, 6000) * time_s)
        total += rng.uniform(0.2, 1) * carrier * low_pass((pulse & chirp).astype(np.float32), 300)
    return unit(total)


@recipe("bee or mosquito buzzing")
def insect(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    wings = rng.uniform(130, 650) * (1 + 0.15 * wobble(rng, n_sample, 3))
    near = np.square(0.5 + 0.5 * wobble(rng, n_sample, 1.2))
    return unit(harmonics(rng, wings.astype(np.float32), 1 / np.arange(1, 16) ** 0.8) * near)


@recipe("cat meowing")
def cat(rng: Generator) -> F32:
    hits, base = [], rng.uniform(450, 800)
    for start in moments(rng, 3, rng.uniform(0.5, 1.4), 0.4):
        n_sample = int(rng.uniform(0.4, 1.1) * RATE_HZ)
        bend = base * (1 + 0.35 * np.sin(np.pi * np.linspace(0, 1, n_sample) ** 0.7))
        call = harmonics(rng, bend.astype(np.float32), 1 / np.arange(1, 12) ** 1.1)
        hits.append((start, edges(formants(call, (rng.uniform(900, 1400), 2600)), 0.1, 0.25)))
    return unit(scatter(4 * RATE_HZ, hits))


@recipe("dog barking")
def dog(rng: Generator) -> F32:
    hits, base = [], rng.uniform(180, 650)
    for start in moments(rng, 3.5, rng.uniform(1, 4), 0.4):
        n_sample = int(rng.uniform(0.1, 0.28) * RATE_HZ)
        bend = base * (1 + 0.5 * np.sin(np.pi * np.linspace(0, 1, n_sample) ** 0.6))
        voice = harmonics(rng, bend.astype(np.float32), 1 / np.arange(1, 20) ** 0.6)
        rough = np.tanh(3 * unit(voice)) + 0.4 * noise(rng, n_sample)
        hits.append((start, edges(formants(rough, (base * 2.2, 1300, 2400)), 0.01, 0.08)))
    return unit(scatter(4 * RATE_HZ, hits))


@recipe("frog croaking")
def frog(rng: Generator) -> F32:
    hits = []
    for start in moments(rng, 3.5, rng.uniform(0.8, 4), 0.5):
        n_sample = int(rng.uniform(0.15, 0.5) * RATE_HZ)
        pulses = np.zeros(n_sample, np.float32)
        pulses[:: max(1, int(RATE_HZ / rng.uniform(35, 110)))] = 1
        hits.append((start, edges(formants(pulses, (rng.uniform(400, 900), 1800)), 0.03, 0.05)))
    return unit(scatter(4 * RATE_HZ, hits))


@recipe("owl hooting")
def owl(rng: Generator) -> F32:
    pitch, hits = rng.uniform(280, 480), []
    for start in moments(rng, 3.5, rng.uniform(0.8, 2), 0.5):
        n_sample = int(rng.uniform(0.2, 0.7) * RATE_HZ)
        curve = pitch * (1 - 0.1 * np.linspace(0, 1, n_sample) ** 2)
        hits.append(
            (start, edges(harmonics(rng, curve.astype(np.float32), np.array([1, 0.1])), 0.05, 0.1))
        )
    return unit(scatter(4 * RATE_HZ, hits) + 0.02 * noise(rng, 4 * RATE_HZ, 1))


@recipe("whistling")
def whistle(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    steps = np.repeat(rng.choice([0, 2, 4, 5, 7, 9, 12], 16), n_sample // 16)
    curve = low_pass(rng.uniform(700, 1300) * 2 ** (steps / 12).astype(np.float32), 20)
    curve = curve * (1 + 0.01 * np.sin(2 * np.pi * 5.5 * seconds(4)))
    breath = band(noise(rng, n_sample), 800, 4000)
    return unit(np.sin(sweep(curve)) + rng.uniform(0.02, 0.15) * breath)


@recipe("heartbeat")
def heartbeat(rng: Generator) -> F32:
    thump = np.sin(2 * np.pi * rng.uniform(40, 90) * seconds(0.2)) * decay(3200, 0.15)
    gap, hits = rng.uniform(0.18, 0.35), []
    for start in moments(rng, 4, rng.uniform(0.8, 2), 0.03):
        hits += [(start, thump), (start + gap, 0.7 * thump)]
    return unit(low_pass(scatter(4 * RATE_HZ, hits), 250) + 0.003 * noise(rng, 4 * RATE_HZ, 1))


@recipe("breathing")
def breathing(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    cycle = np.abs(np.sin(np.pi * rng.uniform(0.25, 0.9) * seconds(4) + rng.uniform(0, 3))) ** 2
    return unit(band(noise(rng, n_sample), rng.uniform(250, 700), rng.uniform(1500, 5000)) * cycle)


@recipe("fireworks or explosion")
def explosion(rng: Generator) -> F32:
    hits = []
    for start in moments(rng, 3, rng.uniform(0.4, 3), 0.8):
        n_sample = 2 * RATE_HZ
        boom = low_pass(noise(rng, n_sample, 1.5), rng.uniform(150, 1500))
        hits.append(
            (start, unit(boom) * decay(n_sample, rng.uniform(0.4, 2.5)) * rng.uniform(0.3, 1))
        )
    return unit(np.tanh(2 * scatter(4 * RATE_HZ, hits)))
