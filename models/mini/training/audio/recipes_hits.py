"""Struck, plucked, clapped and clicked things."""

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
    harmonics,
    low_pass,
    moments,
    noise,
    partials,
    pluck,
    ring,
    scatter,
    seconds,
    sweep,
    unit,
    wobble,
)

LENGTH = 4 * RATE_HZ
BELL = np.array([0.5, 1.0, 1.2, 1.5, 2.0, 2.5, 2.66, 3.0, 4.1, 5.4, 6.8])


def _click(rng: Generator, low_hz: float, high_hz: float, time_s: float) -> F32:
    n_sample = int(time_s * 2 * RATE_HZ) + 64
    return unit(band(noise(rng, n_sample), low_hz, high_hz)) * decay(n_sample, time_s)


@recipe("church bell")
def church_bell(rng: Generator) -> F32:
    shake = 1 + rng.uniform(-0.02, 0.02, len(BELL))
    bell = partials(rng, rng.uniform(150, 600), BELL * shake, rng.uniform(2, 6))
    times = moments(rng, 3.5, rng.uniform(0.4, 1.6), 0.1)
    return unit(scatter(LENGTH, [(t, bell) for t in times]))


@recipe("bicycle bell or small bell ringing")
def small_bell(rng: Generator) -> F32:
    bell = partials(
        rng, rng.uniform(1200, 3200), np.array([1, 1.02, 2.3, 3.1, 4.2]), rng.uniform(0.5, 2)
    )
    times = moments(rng, 3.5, rng.uniform(1, 12), rng.uniform(0, 0.6))
    return unit(scatter(LENGTH, [(t, bell * rng.uniform(0.4, 1)) for t in times]))


@recipe("wind chime")
def chime(rng: Generator) -> F32:
    tubes = [
        partials(rng, f, np.array([1, 2.76, 5.4]), rng.uniform(1, 3))
        for f in rng.uniform(700, 2800, 6)
    ]
    times = moments(rng, 3.8, rng.uniform(2, 8), 1)
    return unit(scatter(LENGTH, [(t, tubes[rng.integers(6)] * rng.uniform(0.2, 1)) for t in times]))


@recipe("typing on a keyboard")
def typing(rng: Generator) -> F32:
    hits, low = [], rng.uniform(600, 2000)
    for start in moments(rng, 3.9, rng.uniform(4, 12), 0.7):
        key = _click(rng, low * rng.uniform(0.8, 1.2), low * 4, rng.uniform(0.01, 0.04))
        thud = ring(key, rng.uniform(150, 500), 0.03)
        hits.append((start, rng.uniform(0.4, 1) * (key + 0.3 * unit(thud))))
        hits.append((start + rng.uniform(0.05, 0.11), 0.3 * _click(rng, low, low * 4, 0.01)))
    return unit(scatter(LENGTH, hits) + rng.uniform(0, 0.02) * noise(rng, LENGTH, 1))


@recipe("mouse clicks")
def mouse(rng: Generator) -> F32:
    hits = []
    for start in moments(rng, 3.8, rng.uniform(0.8, 4), 0.7):
        hits += [
            (start, _click(rng, 1500, 7000, 0.006)),
            (start + 0.09, 0.6 * _click(rng, 2000, 7500, 0.005)),
        ]
    return unit(scatter(LENGTH, hits) + 0.003 * noise(rng, LENGTH, 1))


@recipe("clock ticking")
def clock(rng: Generator) -> F32:
    body = rng.uniform(900, 4500)
    tick = unit(ring(_click(rng, 1000, 7000, 0.004), body, 0.02))
    tock = unit(ring(_click(rng, 1000, 7000, 0.004), body * rng.uniform(0.7, 1), 0.02))
    beats = moments(rng, 4, rng.choice([1.0, 2.0, 2.5, 4.0, 5.0]), 0)
    hits = [(t, tick if i % 2 else tock) for i, t in enumerate(beats)]
    return unit(scatter(LENGTH, hits) + rng.uniform(0, 0.01) * noise(rng, LENGTH, 1))


def _clap(rng: Generator) -> F32:
    centre = rng.uniform(700, 2200)
    return _click(rng, centre * 0.6, centre * 2.2, rng.uniform(0.02, 0.07)) * rng.uniform(0.2, 1)


@recipe("applause")
def applause(rng: Generator) -> F32:
    times = moments(rng, 4, rng.uniform(50, 400), 1)
    claps = [_clap(rng) for _ in range(40)]
    total = scatter(LENGTH, [(t, claps[rng.integers(40)] * rng.uniform(0.2, 1)) for t in times])
    return unit(total + rng.uniform(0, 0.3) * unit(band(noise(rng, LENGTH), 500, 4000)))


@recipe("hand clapping")
def clapping(rng: Generator) -> F32:
    clap = _clap(rng)
    times = moments(rng, 3.8, rng.uniform(1.2, 5), rng.uniform(0, 0.15))
    people = rng.uniform(0, 0.03, rng.integers(1, 5))
    return unit(scatter(LENGTH, [(t + p, clap) for t in times for p in people]))


@recipe("footsteps")
def footsteps(rng: Generator) -> F32:
    hits, low = [], rng.uniform(80, 300)
    for start in moments(rng, 3.8, rng.uniform(1.3, 3.2), 0.06):
        heel = low_pass(_click(rng, low, low * 8, rng.uniform(0.03, 0.1)), rng.uniform(700, 4000))
        hits += [
            (start, unit(heel) * rng.uniform(0.6, 1)),
            (start + 0.1, 0.4 * _click(rng, 400, 4000, 0.06)),
        ]
    return unit(scatter(LENGTH, hits))


@recipe("knocking on a door")
def knock(rng: Generator) -> F32:
    wood = unit(sum(ring(_click(rng, 100, 3000, 0.005), f, 0.06) for f in rng.uniform(120, 900, 4)))
    beats = [
        t
        for t in moments(rng, 3.5, rng.uniform(3, 7), 0.08)
        if (t + rng.uniform(0, 0.05)) % 1.7 < 1
    ]
    return unit(scatter(LENGTH, [(t, wood * rng.uniform(0.6, 1)) for t in beats]))


@recipe("hammering")
def hammer(rng: Generator) -> F32:
    ratios = np.array([1, 1.8, 2.9, 4.4]) * rng.uniform(0.9, 1.1, 4)
    metal = partials(rng, rng.uniform(400, 1600), ratios, rng.uniform(0.1, 0.6))
    metal[:384] += _click(rng, 500, 7500, 0.01)
    return unit(scatter(LENGTH, [(t, metal) for t in moments(rng, 3.5, rng.uniform(1.2, 4), 0.1)]))


@recipe("glass breaking")
def glass(rng: Generator) -> F32:
    start = rng.uniform(0.1, 1)
    hits = [(start, _click(rng, 1500, 7800, 0.25))]
    for at in start + rng.exponential(0.25, rng.integers(15, 50)):
        shard = partials(
            rng, rng.uniform(2000, 6000), np.array([1, 1.3, 1.7]), rng.uniform(0.05, 0.3)
        )
        hits.append((float(at), shard * rng.uniform(0.1, 0.8)))
    return unit(scatter(3 * RATE_HZ, hits))


@recipe("coins jingling")
def coins(rng: Generator) -> F32:
    hits = []
    for at in moments(rng, 3.5, rng.uniform(4, 20), 1):
        coin = partials(
            rng, rng.uniform(2500, 5500), np.array([1, 1.25, 1.5]), rng.uniform(0.1, 0.5)
        )
        hits.append((at, coin * rng.uniform(0.1, 1)))
    return unit(scatter(LENGTH, hits))


@recipe("gunshot")
def gunshot(rng: Generator) -> F32:
    hits, per_s = [], rng.choice([0.7, 2, 9, 12])
    for at in moments(rng, 3, per_s, 0.3 if per_s < 5 else 0.02):
        crack = noise(rng, RATE_HZ, rng.uniform(0, 0.8)) * decay(RATE_HZ, rng.uniform(0.1, 0.7))
        hits.append((at, np.tanh(4 * crack) * decay(RATE_HZ, 0.8)))
    return unit(scatter(LENGTH, hits))


@recipe("drum beat")
def drums(rng: Generator) -> F32:
    curve = np.geomspace(rng.uniform(120, 250), rng.uniform(35, 60), RATE_HZ // 3)
    kick = np.sin(sweep(curve.astype(np.float32))) * decay(len(curve), 0.3)
    snare = unit(noise(rng, 4000)) * decay(4000, 0.2)
    snare += np.sin(2 * np.pi * rng.uniform(150, 250) * np.arange(4000) / RATE_HZ) * decay(
        4000, 0.15
    )
    hat = _click(rng, 4000, 7800, rng.uniform(0.03, 0.15))
    beat_s, hits = 60 / rng.uniform(70, 170) / 2, []
    for step in range(int(3.9 / beat_s)):
        hits.append((step * beat_s, 0.4 * hat))
        hits += [(step * beat_s, kick)] if step % 4 == 0 or rng.random() < 0.15 else []
        hits += [(step * beat_s, 0.8 * snare)] if step % 4 == 2 else []
    return unit(scatter(LENGTH, hits))


@recipe("guitar strumming")
def strum(rng: Generator) -> F32:
    hits, root = [], rng.uniform(80, 200)
    bright = rng.uniform(0.2, 1)
    for start in moments(rng, 3.5, rng.uniform(0.8, 4), 0.05):
        shift = 2 ** (rng.choice([0, 5, 7, -3]) / 12)
        for string, step in enumerate([0, 7, 12, 16, 19, 24]):
            note = pluck(rng, root * shift * 2 ** (step / 12), 2, bright)
            hits.append((start + string * 0.018, note * 0.5))
    return unit(scatter(LENGTH, hits))


@recipe("plucked string instrument")
def plucked(rng: Generator) -> F32:
    root, bright = rng.uniform(90, 400), rng.uniform(0.1, 1)
    hits = []
    for start in moments(rng, 3.7, rng.uniform(1.5, 8), 0.05):
        pitch = root * 2 ** (rng.choice([0, 2, 4, 7, 9, 12, 14, 16]) / 12)
        hits.append((start, pluck(rng, pitch, 1.5, bright)))
    return unit(scatter(LENGTH, hits))


@recipe("organ")
def organ(rng: Generator) -> F32:
    total = np.zeros(LENGTH, np.float32)
    stops = rng.uniform(0, 1, 8) * np.array([1, 1, 0.7, 0.8, 0.3, 0.5, 0.2, 0.4])
    for step in rng.choice([0, 4, 7, 12, 3, 9], rng.integers(1, 5), replace=False):
        pitch = np.full(LENGTH, 130 * 2 ** ((step + rng.integers(-5, 12)) / 12), np.float32)
        total += harmonics(rng, pitch, stops)
    return unit(edges(total, 0.05, 0.2) + 0.01 * noise(rng, LENGTH))


@recipe("singing bowl")
def bowl(rng: Generator) -> F32:
    return partials(rng, rng.uniform(180, 700), np.array([1, 1.004, 2.8, 5.2]), rng.uniform(3, 8))


@recipe("zipper or scratching")
def scratch(rng: Generator) -> F32:
    hits = []
    for start in moments(rng, 3.5, rng.uniform(1, 4), 0.5):
        n_sample = int(rng.uniform(0.1, 0.6) * RATE_HZ)
        rasp = band(noise(rng, n_sample), rng.uniform(700, 2000), rng.uniform(4000, 7500))
        teeth = 0.5 + 0.5 * np.sign(np.sin(sweep(np.linspace(60, rng.uniform(80, 300), n_sample))))
        hits.append((start, edges(rasp * teeth.astype(np.float32), 0.02, 0.05)))
    return unit(scatter(LENGTH, hits))


@recipe("sawing wood")
def saw(rng: Generator) -> F32:
    stroke = np.abs(np.sin(np.pi * rng.uniform(1.2, 3.5) * seconds(4)))
    teeth = 1 + 0.6 * np.sign(np.sin(sweep((60 + 160 * stroke).astype(np.float32))))
    return unit(band(noise(rng, LENGTH, 0.4), 300, 5500) * teeth * stroke)


@recipe("crumpling paper or rustling leaves")
def rustle(rng: Generator) -> F32:
    hits = [
        (t, _click(rng, 1500, 7500, rng.uniform(0.002, 0.03)) * rng.uniform(0.05, 1))
        for t in moments(rng, 3.9, rng.uniform(30, 160), 1)
    ]
    return unit(scatter(LENGTH, hits) * (0.6 + 0.4 * wobble(rng, LENGTH, 3)))
