"""The reranker for sounds: how well the words of a sentence describe each of them.

As picture_words.py does for pictures. The first stage averages all that a sound has into one
vector, in which a dog barking in the rain is neither. Here each word is asked for by itself, in
every patch of 0.975 s, so that a sentence that names two sounds finds the file that has both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mmsearch.encode.catalog import CatalogEntry
from mmsearch.encode.graph import BUILDER_VERSION
from mmsearch.encode.graph_cache import cached_graph
from mmsearch.encode.mini import audio_graph
from mmsearch.encode.mini.audio_tower import ROLE as TOWER_ROLE
from mmsearch.encode.mini.audio_tower import load_weights
from mmsearch.encode.mini.log_mel import patches
from mmsearch.encode.mini.picture_words import F16, Ints, places_of, read_weights
from mmsearch.encode.mini.sound_words_graph import GRAPH_VERSION, sound_words_graph
from mmsearch.encode.mini.text_tower import clean_text, open_tokenizer
from mmsearch.encode.session import open_session
from mmsearch.types import F32

ROLE = "sound words"
_MAX_PATCHES_PER_BATCH = 32


class SoundWords:
    """Opens the network, knows the words. Thread-safe."""

    def __init__(self, tokenizer: Any, network: Any, weights: dict[str, F32], name: str) -> None:
        self._tokenizer, self._network = tokenizer, network
        self._pieces = weights["pieces"].astype(np.int64)
        self._usual = np.log(weights["share"])
        self.weight = float(weights["weight"][0])
        """What a unit of evidence is worth, as a cosine of the first stage."""
        self.features_name = name
        """Names what made the features: others must not be mixed with them."""

    @classmethod
    def open(cls, entry: CatalogEntry, *, n_threads: int | None = None) -> SoundWords:
        """Verify the files and open the network; raises ModelError."""
        tokens, tower, file = map(entry.file, ("text tokens", TOWER_ROLE, ROLE))
        weights = read_weights(file.verify())
        versions = f"audio {audio_graph.GRAPH_VERSION} words {GRAPH_VERSION}"
        graph = cached_graph(
            "sound words",
            (tower.sha256, file.sha256, f"builder {BUILDER_VERSION}", versions),
            lambda: sound_words_graph(load_weights(tower.verify()), weights),
        )
        network = open_session(graph, n_threads=n_threads)
        name = f"{tower.sha256[:16]} {file.sha256[:16]} {versions}"
        return cls(open_tokenizer(tokens.verify()), network, weights, name)

    @property
    def n_feature(self) -> int:
        """How much is kept of a sound: the evidence for each word that it knows."""
        return len(self._pieces)

    def words_of(self, text: str) -> Ints:
        """Which of the words that it knows a sentence has, each once, ascending: (n_found,)."""
        ids = np.array(self._tokenizer.encode(clean_text(text)).ids, np.int64)
        return np.unique(places_of(self._pieces, ids))

    def features(self, sounds: Sequence[F32]) -> F16:
        """The evidence in sounds, each (n_sample,) at 16 kHz of any length: (n, n_word).

        Evidence is how much likelier a word is for this sound than for any, as a logarithm: that of
        the mean over the patches, so that a bark in a minute of rain counts.
        """
        found = [np.log(self._mean_chance(patches(sound))) - self._usual for sound in sounds]
        return np.array(found, np.float16).reshape(len(found), self.n_feature)

    def scores(self, words: Ints, features: F16) -> F32:
        """How well sounds answer a sentence, as cosines to be added to the first stage's: (n,).

        words: of the sentence, as ``words_of`` gives them; none say nothing, so 0.
        """
        evidence = features[:, words].astype(np.float32)
        return np.asarray(self.weight * evidence.sum(axis=1), np.float32)

    def _mean_chance(self, sound_patches: F32) -> F32:
        total = np.zeros(self.n_feature, np.float32)
        for start in range(0, len(sound_patches), _MAX_PATCHES_PER_BATCH):
            batch = {"patches": sound_patches[start : start + _MAX_PATCHES_PER_BATCH]}
            total += np.exp(self._network.run(["chances"], batch)[0]).sum(axis=0)
        return np.maximum(total / len(sound_patches), np.float32(1e-9))
