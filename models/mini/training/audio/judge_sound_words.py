"""What the reranker of sounds is worth: unseen folds, held-out sounds, and two sounds at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from mmsearch.encode.mini.log_mel import patches
from models.mini.training.rerank.network import Network
from models.mini.training.rerank.words import Ints, Words, tokens

from .embed import anchored, listen
from .evaluate import INSTRUMENT_WORD, Model, held_out, mixed, relevant
from .pool import Sound, esc10
from .signals import F32
from .words import GENERAL_WORDS, average_precision, unit_rows
from .words import Words as Texts

N_CANDIDATES = 50
WEIGHTS = (0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08)


@dataclass(frozen=True)
class Heard:
    """Sounds as the first stage and the reranker hear them."""

    vectors: F32
    """(n, 384)"""
    evidence: F32
    """(n, n_word)"""


@torch.no_grad()
def hear(model: Model, network: Network, words: Words, sounds: Sequence[F32]) -> Heard:
    """Evidence is that of the mean chance over the patches."""
    vectors, evidence = [], []
    layer = model.student.embedding
    for sound in sounds:
        features, scores = listen(model.student, patches(sound))
        added = layer(torch.from_numpy(features.mean(axis=0))).numpy()
        vectors.append(anchored(scores.mean(axis=0)[None], model.anchors)[0] + added)
        chances = torch.sigmoid(network(torch.from_numpy(features))).mean(0)
        evidence.append((chances.log() - torch.from_numpy(words.share).log()).numpy())
    return Heard(unit_rows(np.stack(vectors)), np.stack(evidence))


def reranked(cosines: F32, told: F32) -> F32:
    """New scores whose order is that after reranking the best 50: (n,)."""
    order = np.argsort(-cosines, kind="stable")
    top = order[:N_CANDIDATES]
    order[:N_CANDIDATES] = top[np.argsort(-(cosines + told)[top], kind="stable")]
    scores = np.empty(len(order), np.float32)
    scores[order] = -np.arange(len(order))
    return scores


def precisions(
    heard: Heard, words: Words, texts: list[str], right: list[NDArray[np.bool_]], weight: float
) -> F32:
    """Average precision of each text: (n_text,)."""
    queries = Texts().queries(texts)
    found = []
    for query, row, mine in zip(queries, tokens(texts), right, strict=True):
        told = weight * heard.evidence[:, _places(words, row)].sum(axis=1)
        found.append(average_precision(reranked(heard.vectors @ query, told), mine))
    return np.array(found, np.float32)


def _places(words: Words, row: Ints) -> Ints:
    return np.unique(words.of(np.asarray(row)))


def pairs(sounds: list[Sound], seed: int = 5) -> tuple[list[str], list[NDArray[np.bool_]]]:
    """Sentences that name both sounds of each mixture of evaluate.mixed, and what they ask for."""
    rng = np.random.default_rng(seed)
    both = []
    for sound in sounds:
        other = sounds[rng.integers(len(sounds))]
        rng.uniform(6, 14)  # the loudness, drawn as there
        both.append((sound.label.lower(), other.label.lower()))
    asked = [one for one in both if one[0] != one[1]]
    right = [np.array([set(other) == set(one) for other in both]) for one in asked]
    return [" and ".join(one) for one in asked], right


def judge(
    network: Network, words: Words, model: Model, data: Path, work: Path, folds: Sequence[int]
) -> None:
    """Print mean average precisions by weight."""
    fold = [sound for sound in esc10(data) if sound.fold in folds]
    named = [sound for sound in held_out(data, work) if sound.label]
    general = [INSTRUMENT_WORD, *GENERAL_WORDS]
    by_word = [relevant(word, named) for word in general]
    names = sorted({sound.label for sound in fold})
    by_name = [np.array([sound.label == name for sound in fold]) for name in names]
    heard = {
        "fold": hear(model, network, words, [sound.samples for sound in fold]),
        "clean": hear(model, network, words, [sound.samples for sound in named]),
        "mixed": hear(model, network, words, mixed(named)),
    }
    asked = {
        "ESC-10": ("fold", names, by_name),
        "the sound of, ESC-10": ("fold", [f"the sound of {name}" for name in names], by_name),
        "general words": ("clean", general, by_word),
        "general words, mixed": ("mixed", general, by_word),
        "two sounds named": ("mixed", *pairs(named)),
    }
    for name, (sounds, texts, right) in asked.items():
        means = [precisions(heard[sounds], words, texts, right, one).mean() for one in WEIGHTS]
        told = ", ".join(f"{w}: {m:.3f}" for w, m in zip(WEIGHTS, means, strict=True))
        print(f"{name} ({len(texts)}), mAP by weight: {told}", flush=True)
