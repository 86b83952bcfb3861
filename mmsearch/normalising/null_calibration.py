"""What the cosines of a model that nobody has measured mean, from those that mean nothing.

The midpoints and scales of the embedded encoder were fitted on right answers. Of a model of the
user's choice there are none; but almost all segments have nothing to do with almost all words, and
what logits look like that mean nothing is known (fuse/match.py). So midpoint and scale are chosen
such that the cosines of everyday words with a library's segments, and of its segments with each
other, get just that mean and spread. A model that tells things apart better then has higher logits
for what it finds, as it should.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from mmsearch.atomic import write_atomically
from mmsearch.encode.encoder import Encoder
from mmsearch.encode.side_by_side import TEXT, SideBySide
from mmsearch.fuse.match import USUAL_MEAN, USUAL_SPREAD
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.types import F32, Modality

Pairs = dict[tuple[str, Modality], tuple[float, float]]

FILE = "cosines.json"
_N_SEGMENTS, _N_SENTENCES = 1000, 128
_ENOUGH_SEGMENTS = 500
"""With fewer the scales are found anew when the library has grown to four times as many."""
_LEAST_SPREAD = 0.005
"""Of cosines: a library of hardly anything but copies says nothing about chance."""
_USUAL_COUNT = 20
"""How many cosines the usual ones count for, because a library may hold three pictures."""
_USUAL_COSINE = (0.2, 0.05)
"""Mean and spread of chance cosines in common models, for a library of hardly anything."""

_log = logging.getLogger(__name__)


def learn_calibration(encoder: Encoder, gallery: Gallery, folder: Path) -> None:
    """Let the encoder know what its cosines in this library mean; at once where that is known.

    folder: of the library, where what was found is kept.
    """
    if not isinstance(encoder, SideBySide) or not encoder.unmeasured:
        return
    counts = {kind: int((gallery.kind == MODALITIES.index(kind)).sum()) for kind in MODALITIES}
    known, seen = _load(folder / FILE, encoder.spec.space)
    wanted = [
        kind
        for kind in encoder.unmeasured
        if counts[kind] and _is_outgrown(seen.get(kind.value, 0), counts[kind])
    ]
    if wanted:
        known |= found_calibration(encoder, gallery, wanted)
        seen |= {kind.value: counts[kind] for kind in wanted}
        _save(folder / FILE, encoder.spec.space, known, seen)
    encoder.learn(known)


def found_calibration(encoder: SideBySide, gallery: Gallery, kinds: Sequence[Modality]) -> Pairs:
    """(kind of query, kind of segment) -> (midpoint, scale) for sentences and for examples."""
    sentences = encoder.encode_texts(chance_sentences())
    found: Pairs = {}
    for kind in kinds:
        vectors = _sample(gallery, kind)
        query = Modality.IMAGE if kind is Modality.VIDEO else kind
        among = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
        # Queries are shorter in each block than segments; see SideBySide.
        length, of_text = encoder.length_of(query.value), encoder.length_of(TEXT)
        midpoint, scale = scale_of(of_text * (sentences @ vectors.T))
        found[TEXT, kind] = midpoint / of_text, scale / of_text
        midpoint, scale = scale_of(among)
        found[query.value, kind] = midpoint / length, scale / length
    return found


def scale_of(cosines: F32) -> tuple[float, float]:
    """Midpoint and scale that give chance cosines the mean and spread of logits by chance."""
    values = cosines.astype(np.float64).ravel()
    mean, spread = _USUAL_COSINE
    weight = len(values) + _USUAL_COUNT
    centre = (values.sum() + _USUAL_COUNT * mean) / weight
    squares = ((values - centre) ** 2).sum() + _USUAL_COUNT * spread**2
    deviation = max(float(np.sqrt(squares / weight)), _LEAST_SPREAD)
    scale = deviation / USUAL_SPREAD
    return float(centre - USUAL_MEAN * scale), scale


def chance_sentences() -> list[str]:
    """Everyday things, alone and in pairs: what a person could search for in any library."""
    from mmsearch.encode.mini.vocabulary import read_vocabulary

    words = list(read_vocabulary().words)
    step = max(1, len(words) // (2 * _N_SENTENCES))
    some = words[::step][: 2 * _N_SENTENCES]
    pairs = list(zip(some[::2], some[1::2], strict=False))[:_N_SENTENCES]
    return [one if n % 2 else f"{one} and {other}" for n, (one, other) in enumerate(pairs)]


def _sample(gallery: Gallery, kind: Modality) -> F32:
    """At most _N_SEGMENTS segments of a kind, always the same: (n, dim)."""
    rows = np.flatnonzero(gallery.kind == MODALITIES.index(kind))
    if len(rows) > _N_SEGMENTS:
        rows = np.sort(np.random.default_rng(0).choice(rows, _N_SEGMENTS, replace=False))
    return np.asarray(gallery.vectors[rows], np.float32)


def _is_outgrown(n_seen: int, n_now: int) -> bool:
    return n_seen == 0 or (n_seen < _ENOUGH_SEGMENTS and n_now >= 4 * n_seen)


def _load(path: Path, space: str) -> tuple[Pairs, dict[str, int]]:
    """What was found before; nothing where the file is missing, damaged, or of another space."""
    try:
        content = json.loads(path.read_bytes())
        if content["space"] != space:
            return {}, {}
        pairs = {
            (row["query"], Modality(row["target"])): (float(row["midpoint"]), float(row["scale"]))
            for row in content["pairs"]
        }
        return pairs, {str(kind): int(n) for kind, n in content["segments"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}


def _save(path: Path, space: str, pairs: Pairs, seen: Mapping[str, int]) -> None:
    rows = [
        {"query": query, "target": target.value, "midpoint": midpoint, "scale": scale}
        for (query, target), (midpoint, scale) in pairs.items()
    ]
    content = {"space": space, "segments": dict(seen), "pairs": rows}
    try:
        write_atomically(path, json.dumps(content, indent=1).encode())
    except OSError as error:
        # A library on a read-only volume: each process finds them for itself.
        _log.info("the scales of %s cannot be kept: %s", path.parent, error)
