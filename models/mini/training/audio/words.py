"""Text vectors for classes and labels, and the general words that the tower is judged by."""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mmsearch.encode.catalog import read_catalog
from mmsearch.encode.mini.text_tower import TextTower

from .prepare import load_pool
from .signals import F32
from .windows import Shelf

TARGET_HEAT = 0.05
WORDINGS = ("{}", "the sound of {}", "{} sound")

# A word and the parts of labels that answer to it. None is a class of ESC-10.
GENERAL_WORDS = {
    "speech": ("speech",),
    "whispering": ("whisper",),
    "guitar": ("guitar",),
    "piano": ("piano",),
    "violin": ("violin", "fiddle"),
    "cello": ("cello",),
    "harp": ("harp",),
    "trumpet": ("trumpet",),
    "trombone": ("trombone",),
    "saxophone": ("saxophone",),
    "clarinet": ("clarinet",),
    "flute": ("flute",),
    "organ": ("organ",),
    "accordion": ("accordion",),
    "harmonica": ("harmonica",),
    "banjo": ("banjo",),
    "sitar": ("sitar",),
    "bagpipes": ("bagpipes",),
    "xylophone": ("xylophone", "marimba"),
    "choir": ("choir",),
    "synthesizer": ("synth",),
    "drum": ("drum",),
    "cymbal": ("cymbal",),
    "tambourine": ("tambourine",),
    "bell": ("bell",),
    "siren": ("siren",),
    "engine": ("engine", "motorcycle"),
    "alarm": ("alarm",),
    "telephone": ("telephone",),
    "applause": ("applause",),
    "water": ("water",),
    "wind": ("wind blowing",),
    "thunder": ("thunder",),
    "typing": ("typing",),
    "bird": ("bird", "owl"),
    "insect": ("cricket", "bee or"),
    "gunshot": ("gunshot",),
    "explosion": ("explosion",),
    "footsteps": ("footsteps",),
    "whistling": ("whistl",),
    "car horn": ("car horn",),
    "train": ("train",),
    "vacuum cleaner": ("vacuum",),
    "drill": ("drill",),
    "noise": ("noise",),
    "cat": ("cat meow",),
}


class Words:
    """Embeds words with the text tower of mini."""

    def __init__(self) -> None:
        self._tower = TextTower.open(read_catalog()["mini"], n_threads=1)

    def queries(self, texts: list[str]) -> F32:
        """The vectors of texts as they are."""
        return self._tower.encode(texts)

    def averaged(self, name: str) -> F32:
        """Unit mean over the wordings of each part of a name ("Snare drum, rimshot")."""
        return unit_rows(self.worded(name).mean(axis=0))

    def worded(self, name: str) -> F32:
        """The vectors of a name in each wording, the mean over its parts: (n_wording, 384)."""
        parts = [part.strip() for part in name.lower().split(",")]
        texts = [wording.format(part) for wording in WORDINGS for part in parts]
        vectors = self._tower.encode(texts).reshape(len(WORDINGS), len(parts), -1)
        return unit_rows(vectors.mean(axis=1))


def class_names(class_map: Path) -> list[str]:
    """The names of the teacher's 521 classes."""
    with class_map.open(newline="") as file:
        return [row["display_name"] for row in csv.DictReader(file)]


@dataclass(frozen=True)
class TextBank:
    """Text vectors of the pool's labels and of the teacher's classes.

    labels:  (n_label, 384), numbered as in the shards, averaged over the wordings.
    names:   (521, 384), of the classes, averaged over the wordings.
    worded:  (n_wording, n_label + 521, 384), the same in each wording.
    """

    labels: F32
    names: F32
    worded: F32

    @classmethod
    def load(cls, data: Path, work: Path) -> TextBank:
        """Made once and kept."""
        path = work / "texts-worded.npz"
        if not path.exists():
            words, labels = Words(), Shelf(load_pool(data, work)).labels
            names = [*labels, *class_names(data / "yamnet" / "yamnet_class_map.csv")]
            worded = np.stack([words.worded(name) for name in names], axis=1)
            means = np.stack([words.averaged(name) for name in names])
            # Several processes may get here at once; each writes its own file and renames it.
            partial = work / f"texts-{os.getpid()}.npz"
            np.savez(
                partial, labels=means[: len(labels)], anchors=means[len(labels) :], worded=worded
            )
            partial.rename(path)
        with np.load(path) as file:
            return cls(file["labels"], file["anchors"], file["worded"])

    @property
    def texts(self) -> F32:
        """All texts that a sound can be named by."""
        return np.concatenate((self.labels, self.names))

    @property
    def anchors(self) -> F32:
        """What the tower adds up for the classes: their names, freed of what all names share."""
        return self.names @ self.freed()

    def freed(self) -> F32:
        """The projection (384, 384) that removes what says nothing about a sound.

        That is the mean of all names, and what "the sound of" or "sound" adds to a name: a vector
        that holds more or less of these would answer every sentence about sound more or less.
        """
        wordings = self.worded.mean(axis=1)
        shared = np.stack([*(wordings[1:] - wordings[0]), self.texts.mean(axis=0)])
        basis, _ = np.linalg.qr(shared.T)
        return np.asarray(np.eye(len(basis)) - basis @ basis.T, np.float32)

    def answers(self) -> F32:
        """What each label should answer to: (n_label + 1, n_text), rows add up to one.

        Texts that mean nearly the same share; the last row, for an unknown label, is zero.
        """
        alike = np.exp((self.labels @ self.texts.T - 1) / TARGET_HEAT)
        shares = alike / alike.sum(axis=1, keepdims=True)
        return np.vstack((shares, np.zeros_like(shares[:1]))).astype(np.float32)


def unit_rows(vectors: F32) -> F32:
    """Scale along the last axis to unit length."""
    scaled = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return np.asarray(scaled, np.float32)


def average_precision(scores: F32, relevant: np.ndarray) -> float:
    """Mean precision at each relevant item, best score first."""
    hits = relevant[np.argsort(-scores, kind="stable")]
    ranks = np.flatnonzero(hits) + 1
    return float(np.mean(np.arange(1, len(ranks) + 1) / ranks)) if len(ranks) else 0.0
