"""Scores of pictures and sounds by the words of a sentence, from features kept on disk."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.picture_words import F16
from mmsearch.present.disk_cache import DiskCache
from mmsearch.rerank.budget import Ints, score_within
from mmsearch.types import F32


class Seen(Protocol):
    """Part of a file that is looked at or listened to."""

    @property
    def key(self) -> str:
        """Names what is there: the content, and which part of it."""


class Network(Protocol):
    """What knows words in features."""

    @property
    def n_feature(self) -> int: ...
    @property
    def features_name(self) -> str: ...
    def words_of(self, text: str) -> Ints: ...
    def features(self, contents: Sequence[Any]) -> F16: ...
    def scores(self, words: Ints, features: F16) -> F32: ...


N = TypeVar("N", bound=Network)
S = TypeVar("S", bound=Seen)


class KeptScores(ABC, Generic[N, S]):
    """Scores within a time budget. Thread-safe; opens its networks when they are first needed."""

    def __init__(self, kept: DiskCache) -> None:
        self._kept = kept
        self._opening = threading.Lock()
        self._network: N | None = None

    @abstractmethod
    def _open(self, encoder: Encoder) -> N:
        """Open the networks; raises QueryError where the encoder has none."""

    @abstractmethod
    def _look(self, one: S) -> Any | None:
        """What the network reads of a part of a file; None where it cannot be read."""

    def scores(self, text: str, parts: Sequence[S], encoder: Encoder, budget_s: float) -> F32:
        """What to add to the cosine of each part with a sentence, the first ones first.

        Returns (n_part,); NaN for those that the budget was too short for, or that cannot be
        read. Opening the networks, once, is not counted. Raises QueryError where the files are
        another encoder's.
        """
        network = self._opened(encoder)
        words = network.words_of(text)
        if len(words) == 0:
            return np.zeros(len(parts), np.float32)

        def score(places: Ints) -> F32:
            features = self._features(network, [parts[place] for place in places.tolist()])
            scores = np.full(len(places), np.nan, np.float32)
            read = [place for place, one in enumerate(features) if one is not None]
            if read:
                found = np.stack([one for one in features if one is not None])
                scores[read] = network.scores(words, found)
            return scores

        return score_within(len(parts), score, budget_s)

    def _opened(self, encoder: Encoder) -> N:
        with self._opening:
            if self._network is None:
                self._network = self._open(encoder)
            return self._network

    def _features(self, network: N, parts: Sequence[S]) -> list[F16 | None]:
        """(n_feature,) of each part; None for one that cannot be read."""
        features = [self._read(network, one) for one in parts]
        missing = [place for place, one in enumerate(features) if one is None]
        looked = {place: self._look(parts[place]) for place in missing}
        seen = {place: one for place, one in looked.items() if one is not None}
        made = network.features(list(seen.values()))
        for place, one in zip(seen, made, strict=True):
            self._kept.put(_key(network, parts[place]), one.tobytes())
            features[place] = one
        return features

    def _read(self, network: N, one: S) -> F16 | None:
        content = self._kept.get(_key(network, one))
        if content is None or len(content) != 2 * network.n_feature:
            return None
        return np.frombuffer(content, np.float16)


def _key(network: Network, one: Seen) -> str:
    return f"{one.key}|{network.features_name}"
