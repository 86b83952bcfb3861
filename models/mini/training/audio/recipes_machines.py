"""Sounds of machines, signals and electricity."""

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
    ring,
    scatter,
    seconds,
    sweep,
    unit,
    wobble,
)


@recipe("siren")
def siren(rng: Generator) -> F32:
    time_s = seconds(4)
    low, high = rng.uniform(350, 750), rng.uniform(900, 1700)
    rate = 10 ** rng.uniform(-0.7, 0.6)
    turn = (time_s * rate + rng.uniform()) % 1
    shape = [np.abs(2 * turn - 1), turn, (turn > 0.5) * 1.0, 0.5 + 0.5 * np.sin(2 * np.pi * turn)]
    curve = low + (high - low) * shape[rng.integers(4)].astype(np.float32)
    tone = harmonics(rng, curve, 1 / np.arange(1, 9) ** rng.uniform(0.6, 2))
    return unit(unit(tone) + rng.uniform(0, 0.15) * noise(rng, len(tone), 1))


@recipe("engine running")
def engine(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    speed_hz = rng.uniform(15, 90) * (1 + rng.uniform(0, 0.4) * wobble(rng, n_sample, 0.5))
    speed_hz *= 1 + 0.02 * wobble(rng, n_sample, 12)
    turns = np.floor(sweep(speed_hz) / (2 * np.pi))
    fire = np.diff(turns, prepend=0) > 0
    pulses = fire * rng.uniform(0.6, 1, n_sample)
    body = sum(ring(pulses.astype(np.float32), f, 0.05) for f in rng.uniform(50, 900, 4))
    return unit(unit(low_pass(body, rng.uniform(500, 3500))) + 0.1 * noise(rng, n_sample, 1))


@recipe("motorcycle")
def motorcycle(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    rev = 60 + 120 * (0.5 + 0.5 * wobble(rng, n_sample, 0.8)) * rng.uniform(0.4, 1)
    turns = np.floor(sweep(rev.astype(np.float32)) / (2 * np.pi))
    pulses = (np.diff(turns, prepend=0) > 0).astype(np.float32)
    pulses *= np.where(turns % 2 == 0, 1.0, rng.uniform(0.3, 0.9))
    body = sum(ring(pulses, f, rng.uniform(0.01, 0.04)) for f in rng.uniform(120, 2200, 5))
    return unit(np.tanh(3 * unit(body)) + 0.05 * noise(rng, n_sample))


@recipe("alarm beeping")
def alarm(rng: Generator) -> F32:
    time_s = seconds(4)
    rate, duty, tone_hz = rng.uniform(0.8, 9), rng.uniform(0.25, 0.7), rng.uniform(700, 3500)
    gate = low_pass(((time_s * rate) % 1 < duty).astype(np.float32), 120)
    tone_hz = np.full_like(time_s, tone_hz)
    return unit(gate * harmonics(rng, tone_hz, 1 / np.arange(1, 6) ** rng.uniform(0.5, 3)))


@recipe("telephone ringing")
def telephone(rng: Generator) -> F32:
    if rng.random() < 0.5:
        time_s = seconds(4)
        pair = 1 + (np.sin(2 * np.pi * rng.uniform(8, 22) * time_s) > 0)
        base = rng.uniform(500, 1500)
        tone = np.sin(sweep((base * (1 + 0.25 * pair)).astype(np.float32)))
        gate = (time_s + rng.uniform(0, 1)) % rng.uniform(1.5, 4) < rng.uniform(0.8, 2)
        return unit(tone * low_pass(gate.astype(np.float32), 60))
    body = partials(rng, rng.uniform(900, 1800), np.array([1, 1.5, 2.1, 2.9, 3.7]), 0.4)
    on = [t for t in moments(rng, 4, rng.uniform(18, 28), 0.05) if (t + 0.5) % 3 < 1.8]
    return unit(scatter(4 * RATE_HZ, [(t, body) for t in on]))


@recipe("car horn honking")
def horn(rng: Generator) -> F32:
    total = np.zeros(4 * RATE_HZ, np.float32)
    for root in rng.uniform(300, 550) * np.array([1, rng.uniform(1.18, 1.3)]):
        curve = np.full(len(total), root, np.float32)
        total += harmonics(rng, curve, 1 / np.arange(1, 20) ** rng.uniform(0.4, 1))
    gate = np.zeros_like(total)
    for start in moments(rng, 4, rng.uniform(0.4, 2), 0.5):
        gate[int(start * RATE_HZ) : int((start + rng.uniform(0.2, 1.2)) * RATE_HZ)] = 1
    return unit(total * low_pass(gate, 40))


@recipe("train horn")
def train_horn(rng: Generator) -> F32:
    chord = rng.uniform(220, 330) * np.array([1, 1.19, 1.5, 1.68, 2.0])[: rng.integers(3, 6)]
    total = sum(
        harmonics(rng, np.full(3 * RATE_HZ, f, np.float32), 1 / np.arange(1, 25) ** 0.7)
        for f in chord
    )
    return unit(edges(unit(total), 0.15, 0.5) + 0.05 * noise(rng, 3 * RATE_HZ))


@recipe("vacuum cleaner")
def vacuum(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    whirr = np.full(n_sample, rng.uniform(180, 700), np.float32) * (
        1 + 0.01 * wobble(rng, n_sample, 3)
    )
    tone = harmonics(rng, whirr, rng.uniform(0, 1, 10) / np.arange(1, 11))
    return unit(0.3 * unit(tone) + band(noise(rng, n_sample, 0.7), 100, rng.uniform(3000, 7500)))


@recipe("electric drill")
def drill(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    curve = rng.uniform(150, 500) * (1 + 0.3 * wobble(rng, n_sample, 1))
    buzz = np.tanh(2 * harmonics(rng, curve.astype(np.float32), 1 / np.arange(1, 22) ** 0.3))
    gate = low_pass((wobble(rng, n_sample, 0.8) > -0.6).astype(np.float32), 10)
    return unit(unit(buzz) * gate + 0.2 * noise(rng, n_sample) * gate)


@recipe("air conditioner or fan humming")
def fan(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    blades = 1 + 0.3 * np.sin(2 * np.pi * rng.uniform(3, 25) * seconds(4))
    hum = harmonics(
        rng, np.full(n_sample, rng.choice([50.0, 60.0, 100, 120]), np.float32), np.ones(4)
    )
    return unit(
        low_pass(noise(rng, n_sample, 1.2), 1500) * blades + rng.uniform(0, 0.4) * unit(hum)
    )


@recipe("electric hum")
def hum(rng: Generator) -> F32:
    root = rng.choice([50.0, 60.0, 100.0, 120.0])
    curve = np.full(4 * RATE_HZ, root, np.float32)
    return unit(harmonics(rng, curve, rng.uniform(0, 1, 30) / np.arange(1, 31) ** 0.5))


@recipe("jet airplane")
def jet(rng: Generator) -> F32:
    n_sample = 4 * RATE_HZ
    whine = rng.uniform(1500, 4500) * (1 + 0.06 * wobble(rng, n_sample, 0.5))
    swell = 0.6 + 0.4 * wobble(rng, n_sample, 0.4)
    roar = noise(rng, n_sample, rng.uniform(0.6, 1.4))
    return unit(swell * (roar + rng.uniform(0, 0.25) * np.sin(sweep(whine.astype(np.float32)))))


@recipe("steam train")
def steam_train(rng: Generator) -> F32:
    chuff = noise(rng, RATE_HZ // 2, 0.6) * decay(RATE_HZ // 2, rng.uniform(0.15, 0.4))
    beats = moments(rng, 4, rng.uniform(2, 7), 0.05)
    hits = [(t, chuff * (1.0 if i % 4 == 0 else 0.6)) for i, t in enumerate(beats)]
    return unit(scatter(4 * RATE_HZ, hits) + 0.1 * noise(rng, 4 * RATE_HZ, 1.5))


@recipe("sine wave tone")
def tone(rng: Generator) -> F32:
    pitch = np.full(3 * RATE_HZ, 10 ** rng.uniform(2, 3.7), np.float32)
    if rng.random() < 0.3:
        pitch *= np.linspace(1, rng.uniform(0.4, 2.5), len(pitch), dtype=np.float32)
    kinds = [
        np.ones(1),
        1 / np.arange(1, 30),
        np.where(np.arange(1, 30) % 2, 1 / np.arange(1, 30), 0),
    ]
    return unit(harmonics(rng, pitch, kinds[rng.choice(3, p=[0.6, 0.2, 0.2])]))


@recipe("white noise static")
def static(rng: Generator) -> F32:
    hiss = noise(rng, 3 * RATE_HZ, rng.uniform(-0.3, 0.3))
    crackle = (rng.random(len(hiss)) < 10 ** rng.uniform(-4, -2)) * rng.uniform(1, 3)
    return unit(hiss + rng.integers(2) * crackle.astype(np.float32))


@recipe("pink noise")
def pink(rng: Generator) -> F32:
    return noise(rng, 3 * RATE_HZ, rng.uniform(0.8, 2))


@recipe("touch tone telephone dialling")
def dialling(rng: Generator) -> F32:
    rows, columns = (697, 770, 852, 941), (1209, 1336, 1477)
    length_s, hits = rng.uniform(0.08, 0.3), []
    for start in moments(rng, 3.5, 0.7 / length_s, 0.1):
        time_s = seconds(length_s)
        pair = np.sin(2 * np.pi * rng.choice(rows) * time_s)
        pair += np.sin(2 * np.pi * rng.choice(columns) * time_s)
        hits.append((start, edges(pair.astype(np.float32), 0.003, 0.003)))
    return unit(scatter(4 * RATE_HZ, hits))


@recipe("buzzer")
def buzzer(rng: Generator) -> F32:
    curve = np.full(3 * RATE_HZ, rng.uniform(80, 240), np.float32)
    buzz = band(np.sign(harmonics(rng, curve, np.ones(3))), 150, rng.uniform(2500, 7000))
    gate = ((seconds(3) * rng.uniform(0.4, 3)) % 1 < 0.7).astype(np.float32)
    return unit(buzz * low_pass(gate, 80))


@recipe("synthesizer")
def synthesizer(rng: Generator) -> F32:
    hits, root = [], rng.uniform(60, 300)
    for start in moments(rng, 3.8, rng.uniform(2, 9), 0):
        step = rng.choice([0, 3, 5, 7, 10, 12, 15, 19])
        pitch = np.full(int(rng.uniform(0.1, 0.6) * RATE_HZ), root * 2 ** (step / 12), np.float32)
        saw = harmonics(rng, pitch, 1 / np.arange(1, 40)) * decay(len(pitch), rng.uniform(0.2, 1.5))
        hits.append((start, edges(low_pass(saw, rng.uniform(400, 6000)), 0.005, 0.02)))
    return unit(scatter(4 * RATE_HZ, hits))


@recipe("laser or video game sound")
def laser(rng: Generator) -> F32:
    hits = []
    for start in moments(rng, 3.5, rng.uniform(1, 7), 0.4):
        n_sample = int(rng.uniform(0.08, 0.5) * RATE_HZ)
        curve = np.geomspace(rng.uniform(1500, 6000), rng.uniform(80, 600), n_sample)
        curve = curve[::-1] if rng.random() < 0.3 else curve
        zap = harmonics(rng, curve.astype(np.float32), np.array([1, 0, 0.33, 0, 0.2]))
        hits.append((start, zap * decay(n_sample, 1)))
    return unit(scatter(4 * RATE_HZ, hits))
