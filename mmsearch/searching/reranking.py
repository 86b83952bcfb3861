"""Puts the best files of a sentence in another order: where rerankers are asked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.fuse.calibrate import pair_of
from mmsearch.fuse.combine import best_of, best_segment
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.query.check import RERANKERS
from mmsearch.rerank.budget import Ints
from mmsearch.retrieve.filters import Mask
from mmsearch.searching.judges import Judges
from mmsearch.searching.judging import judged
from mmsearch.searching.picture_scores import PictureFile, PictureScores
from mmsearch.searching.scored import Scored
from mmsearch.searching.sound_scores import SoundFile, SoundScores, has_sound_words
from mmsearch.types import F32, Modality, Query, TimeRange

WORDS = "words"
_BY_WORDS = (WORDS, "picture-words")
"""The second is what it was called when it knew no sounds."""
SEEN = (Modality.IMAGE, Modality.VIDEO)
KINDS = (*SEEN, Modality.AUDIO)
"""The kinds of file that are reranked by words."""
N_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class WordScores:
    """What reranks by words."""

    pictures: PictureScores
    sounds: SoundScores


def reranked(
    query: Query,
    gallery: Gallery,
    scored: Scored,
    mask: Mask,
    root_paths: Mapping[str, Path],
    by_words: WordScores | None,
    encoder: Encoder,
    judges: Judges | None = None,
) -> Scored:
    """The scores after the reranker that the query names; the same where it asks for none.

    The best pictures change places among themselves, and so do films, of which the best shot is
    looked at, and sounds, of which the best window is heard. Each takes the odds of its new place,
    so that what is not reranked, other kinds and the promise of a match stay as they are.
    """
    sentences = [
        one.part for one in scored.parts if one.part.is_only_sentence and not one.part.avoided
    ]
    if query.rerank not in RERANKERS and judges is not None and sentences:
        return judged(query, sentences[0], gallery, scored, mask, root_paths, judges)
    if query.rerank not in _BY_WORDS or by_words is None or not sentences:
        return scored
    rows = _candidates(gallery, scored, mask)
    parts = {row: _part(gallery, scored.logit, row, root_paths) for row in rows.tolist()}
    added = _told(sentences[0].text, parts, by_words, encoder, query.rerank_s)
    rows = np.array([row for row, one in added.items() if np.isfinite(one)], np.int64)
    odds, by_row = scored.odds.copy(), dict[int, float]()
    for kind in KINDS:
        mine = rows[gallery.asset_modality[rows] == MODALITIES.index(kind)]
        _, scale = pair_of("text", kind, encoder.calibration)
        more = np.array([added[row] / scale for row in mine.tolist()], np.float32)
        odds[_ordered(mine, scored.asset_logit[mine] + more)] = scored.odds[mine]
        by_row |= dict(zip(mine.tolist(), more.tolist(), strict=True))
    return replace(scored, odds=odds, reranked=by_row)


def _candidates(gallery: Gallery, scored: Scored, mask: Mask) -> Ints:
    """The best 50 of each kind that is reranked; all of them best first."""
    rows = scored.candidates[mask[scored.candidates]]
    kinds = gallery.asset_modality[rows]
    best = [
        row
        for kind in KINDS
        for row in best_of(
            gallery, scored.odds, rows[kinds == MODALITIES.index(kind)], N_CANDIDATES
        )
    ]
    return np.array(sorted(best, key=lambda row: -scored.odds[row]), np.int64)


def _ordered(rows: Ints, logit: F32) -> Ints:
    return rows[np.argsort(-logit, kind="stable")]


def _part(
    gallery: Gallery, logit: F32, row: int, root_paths: Mapping[str, Path]
) -> PictureFile | SoundFile | None:
    """What is looked at or heard of a file; None for a film that was found by its sound."""
    path = root_paths[gallery.root_ids[gallery.asset_root[row]]] / gallery.relative_paths[row]
    content_id, kind = gallery.content_ids[row], MODALITIES[gallery.asset_modality[row]]
    if kind is Modality.IMAGE:
        return PictureFile(path, content_id)
    segment = best_segment(gallery, logit, int(gallery.asset_content[row]))
    locator = gallery.locator(segment)
    if MODALITIES[gallery.kind[segment]] is not kind or not isinstance(locator, TimeRange):
        return None
    if kind is Modality.AUDIO:
        return SoundFile(path, content_id, locator)
    return PictureFile(path, content_id, locator)


def _told(
    sentence: str,
    parts: Mapping[int, PictureFile | SoundFile | None],
    by_words: WordScores,
    encoder: Encoder,
    budget_s: float,
) -> dict[int, float]:
    """What is added to the cosine of each file, NaN where time ran out.

    Pictures and sounds have as much of the time as there are of them; what pictures leave over is
    for sounds. Sounds whose encoder has no such reranker are left out.
    """
    started_s = time.perf_counter()
    seen = {row: one for row, one in parts.items() if isinstance(one, PictureFile)}
    heard = {row: one for row, one in parts.items() if isinstance(one, SoundFile)}
    if not has_sound_words(encoder):
        heard = {}
    told = dict[int, float]()
    if seen:
        share_s = budget_s * len(seen) / (len(seen) + len(heard))
        scores = by_words.pictures.scores(sentence, list(seen.values()), encoder, share_s)
        told |= dict(zip(seen, scores.tolist(), strict=True))
    if heard:
        left_s = max(0.0, budget_s - (time.perf_counter() - started_s))
        scores = by_words.sounds.scores(sentence, list(heard.values()), encoder, left_s)
        told |= dict(zip(heard, scores.tolist(), strict=True))
    return told
