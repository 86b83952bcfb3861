"""How likely each hit is what was asked for.

A logit from calibrate.py says how well a segment fits; whether that is much depends on the
library. Among a million pictures many fit a sentence by chance, among ten hardly one; and a query
that fits everything a little has to fit something much better before that means anything. So what
the query's logits look like over the whole library (its null distribution, one for each kind)
decides with, by logistic regression on dev data: tests/benchmarks/match_curve.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import F32

F64 = NDArray[np.float64]

OFFSET, LEVEL, STANDING, SIZE = 0.72, 0.55, 0.62, -1.08
"""The odds are exp(OFFSET + LEVEL * logit + STANDING * z + SIZE * ln n), where z is by how many
standard deviations a logit stands out of all segments of its kind, and n how many compete."""

_MOST_OF_EXAMPLE, _MOST_OF_WORD, _MOST_OF_MORE, _MOST = 100.0, 50.0, 3.0, 20_000.0
"""How many segments may compete with a right one: for an example, for one word, times as many for
each word more, and in the end. A word asks for a sort of thing, of which there are the more the
larger the library is: among a hundred thousand photographs the best of a dog is no worse a match
than among a hundred. A long sentence asks for one among all."""

USUAL_MEAN, USUAL_SPREAD, _USUAL_WEIGHT = -4.6, 1.8, 20.0
"""Of the logits of segments that have nothing to do with a query. They count like this many
segments, because ten files say little about what chance does."""


@dataclass(frozen=True, slots=True, eq=False)
class Null:
    """What logits look like that mean nothing, for each of MODALITIES: (4,) each."""

    mean: F32
    spread: F32
    n: F32
    """How many segments compete, at least 1."""


_MOST_LOOKED_AT = 65_536
"""Of more segments of a kind every so-manieth stands for all. The mean is then off by a 256th of
the spread (standard error), and log odds by 0.003."""


def null_of(gallery: Gallery, logit: F32) -> Null:
    """The null distribution of one query from the logits of all segments: (n_segment,)."""
    mean, spread = np.zeros(len(MODALITIES)), np.zeros(len(MODALITIES))
    for kind, n in enumerate(gallery.n_of_kind.tolist()):
        some = logit[gallery.sample_of_kind(kind, _MOST_LOOKED_AT)].astype(np.float64)
        mean[kind] = _shrunk(some, n, USUAL_MEAN)
        spread[kind] = np.sqrt(_shrunk((some - mean[kind]) ** 2, n, USUAL_SPREAD**2))
    n_of_kind = np.maximum(gallery.n_of_kind, 1).astype(np.float32)
    return Null(mean.astype(np.float32), spread.astype(np.float32), n_of_kind)


def among(null: Null, kinds: NDArray[np.integer], n_words: int) -> Null:
    """The null distribution of a search. kinds: those asked for; n_words: of its sentence.

    Only words that tell something are counted: "a dog on a beach" asks for the same as "dog beach".
    With all of them counted, the best of 8,000 photographs for it had a match of .06, though dozens
    of them show it; on captions the calibration error is .010 instead of .013 (Flickr8k dev).

    Each segment of all kinds is as likely as any other to be the answer, so that all of them
    together compete: with the number of each kind by itself, sixty films come before 1,700 pictures
    for a caption of a picture (mean reciprocal rank .19 instead of .35 in the mixed folder; that of
    captions of shots is .61 then, instead of .43).
    """
    n_asked = max(float(null.n[kinds].sum()), 1.0)
    most = min(_MOST_OF_WORD * _MOST_OF_MORE ** min(n_words - 1, 20), _MOST)
    n = n_asked / (1 + n_asked / (most if n_words else _MOST_OF_EXAMPLE))
    return replace(null, n=np.full(len(MODALITIES), max(n, 1), np.float32))


def _shrunk(some: F64, n: int, usual: float) -> float:
    """The mean of n, of which these are some, drawn towards what is usual."""
    mean = float(some.mean()) if len(some) else 0.0
    return (n * mean + _USUAL_WEIGHT * usual) / (n + _USUAL_WEIGHT)


def match_logits(logit: F32, kind: NDArray[np.uint8], null: Null) -> F32:
    """The log odds that something is what was asked for, comparable between kinds: (n,) float32.

    logit: (n,) of segments or of whole files. kind: (n,) of each, indices into MODALITIES.
    It keeps the order within a kind.
    """
    slope = np.asarray(LEVEL + STANDING / null.spread, np.float32)
    level = np.asarray(
        OFFSET - STANDING * null.mean / null.spread + SIZE * np.log(null.n), np.float32
    )
    is_one = len(kind) > 0 and kind[0] == kind[-1] and bool((kind == kind[0]).all())
    of = kind[0] if is_one else kind
    found = np.asarray(logit * slope[of])
    found += level[of]
    return found


def log_odds(match: float) -> float:
    """What match_strength makes this match of: minus infinity for 0, infinity for 1."""
    with np.errstate(divide="ignore"):
        return float(np.log(match) - np.log1p(-match))


def match_strength(log_odds: float) -> float:
    """The match in (0, 1): the probability that the hit is what was asked for."""
    return 1 / (1 + math.exp(-min(max(log_odds, -60.0), 60.0)))


def match_strengths(log_odds: F32) -> F64:
    """The match of each of many, of the same shape."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -60, 60).astype(np.float64))))
