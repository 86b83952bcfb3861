"""Things of many vectors as one vector each, whose products are nearly those of Chamfer.

Source: MUVERA (Dhulipala et al. 2024, "Multi-Vector Retrieval via Fixed Dimensional Encodings",
arXiv:2405.19504). Random hyperplanes cut space into buckets; a query's vectors are summed in each
bucket, an item's averaged, so that the product of the two adds up what lies in the same bucket:
for each vector of the query about its best of the item. Many random cuts make it steady.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mmsearch.types import F32

Ints = NDArray[np.int64]
_ROWS_AT_ONCE = 16_384


@dataclass(frozen=True)
class FixedEncoding:
    """A way of encoding. Queries and items go together only if all of it is the same."""

    dim: int
    n_bit: int = 4
    """2 ** n_bit buckets."""
    n_kept: int = 16
    """Dimensions that are left of each bucket, by a random sum with signs."""
    n_repeat: int = 20
    n_final: int = 0
    """Dimensions that are left of all in the end, by another such sum; 0 leaves them."""
    seed: int = 0

    @property
    def n_bucket(self) -> int:
        return 1 << self.n_bit

    @property
    def n_full(self) -> int:
        """Dimensions before the last sum."""
        return self.n_repeat * self.n_bucket * self.n_kept

    def of_query(self, vectors: F32) -> F32:
        """A query of vectors (n, dim): (n_final or n_full,)."""
        parts = np.zeros((self.n_repeat, self.n_bucket, self.n_kept), np.float32)
        for repeat in range(self.n_repeat):
            np.add.at(parts[repeat], self._buckets(vectors, repeat), self._kept(vectors, repeat))
        return np.asarray(self._final(parts.reshape(1, -1))[0] / self.n_repeat)

    def of_items(self, vectors: F32, starts: Ints) -> F32:
        """Items, one after the other in (n_vector, dim): (n_item, n_final or n_full).

        starts: (n_item,) where each begins; every item has at least one vector.
        """
        ends = np.append(starts[1:], len(vectors))
        n_each = self.n_bucket * self.n_kept
        found = np.zeros((len(starts), self.n_full), np.float32)
        for repeat in range(self.n_repeat):
            part = self._means(vectors, starts, ends, repeat)
            found[:, repeat * n_each : (repeat + 1) * n_each] = part.reshape(len(starts), -1)
        return self._final(found)

    def _means(self, vectors: F32, starts: Ints, ends: Ints, repeat: int) -> F32:
        """Of each item and bucket, by one cut: (n_item, n_bucket, n_kept).

        A bucket in which an item has nothing gets its vector that lies on the right side of most
        hyperplanes; so every vector of a query finds something.
        """
        bucket, kept = self._buckets(vectors, repeat), self._kept(vectors, repeat)
        item = np.repeat(np.arange(len(starts)), ends - starts)
        place = item * self.n_bucket + bucket
        count = np.bincount(place, minlength=len(starts) * self.n_bucket)
        sums = np.zeros((len(count), self.n_kept), np.float32)
        np.add.at(sums, place, kept)
        means = sums / np.maximum(count, 1)[:, None]
        nearest = self._nearest(bucket, starts).reshape(-1)
        means[count == 0] = kept[nearest[count == 0]]
        return np.asarray(means.reshape(len(starts), self.n_bucket, self.n_kept), np.float32)

    def _nearest(self, bucket: Ints, starts: Ints) -> Ints:
        """For each item and bucket the row of its vector with the fewest other bits.

        (n_item, n_bucket); the first of equals.
        """
        other = np.bitwise_count(np.arange(self.n_bucket)[:, None] ^ np.arange(self.n_bucket))
        rows = np.arange(len(bucket))[:, None]
        coded = other[bucket].astype(np.int64) * len(bucket) + rows
        return np.asarray(np.minimum.reduceat(coded, starts, axis=0) % len(bucket))

    def _buckets(self, vectors: F32, repeat: int) -> Ints:
        bits = vectors @ self._hyperplanes[repeat] > 0
        return np.asarray(bits @ (1 << np.arange(self.n_bit)))

    def _kept(self, vectors: F32, repeat: int) -> F32:
        return np.asarray(vectors @ self._sums[repeat])

    def _final(self, encodings: F32) -> F32:
        if not self.n_final:
            return encodings
        place, sign = self._last
        found = np.zeros((len(encodings), self.n_final), np.float32)
        np.add.at(found.T, place, (encodings * sign).T)
        return found

    @cached_property
    def _hyperplanes(self) -> F32:
        chance = np.random.default_rng([self.seed, 0])
        shape = (self.n_repeat, self.dim, self.n_bit)
        return chance.standard_normal(shape).astype(np.float32)

    @cached_property
    def _sums(self) -> F32:
        """(n_repeat, dim, n_kept): each dimension goes to one place, with a sign (AMS sketch)."""
        if self.n_kept >= self.dim:
            return np.broadcast_to(
                np.eye(self.dim, self.n_kept, dtype=np.float32),
                (self.n_repeat, self.dim, self.n_kept),
            )
        chance = np.random.default_rng([self.seed, 1])
        found = np.zeros((self.n_repeat, self.dim, self.n_kept), np.float32)
        place = chance.integers(0, self.n_kept, (self.n_repeat, self.dim))
        sign = chance.choice([-1, 1], (self.n_repeat, self.dim))
        repeat, dimension = np.indices((self.n_repeat, self.dim))
        found[repeat, dimension, place] = sign
        return found

    @cached_property
    def _last(self) -> tuple[Ints, F32]:
        chance = np.random.default_rng([self.seed, 2])
        place = chance.integers(0, self.n_final, self.n_full)
        return place, chance.choice(np.array([-1, 1], np.float32), self.n_full)
