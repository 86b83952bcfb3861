"""Puts the best pictures and films of a sentence in another order: where rerankers are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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
from mmsearch.types import F32, Modality, Query, TimeRange

PICTURE_WORDS = "picture-words"
SEEN = (Modality.IMAGE, Modality.VIDEO)
"""The kinds of file that words of pictures rerank."""
N_CANDIDATES = 50


def reranked(
    query: Query,
    gallery: Gallery,
    scored: Scored,
    mask: Mask,
    root_paths: Mapping[str, Path],
    pictures: PictureScores | None,
    encoder: Encoder,
    judges: Judges | None = None,
) -> Scored:
    """The scores after the reranker that the query names; the same where it asks for none.

    The best pictures change places among themselves, and so do films, of which the best shot is
    looked at. Each takes the odds of its new place, so that what is not reranked, other kinds and
    the promise of a match stay as they are.
    """
    sentences = [
        one.part for one in scored.parts if one.part.is_only_sentence and not one.part.avoided
    ]
    if query.rerank not in RERANKERS and judges is not None and sentences:
        return judged(query, sentences[0], gallery, scored, mask, root_paths, judges)
    if query.rerank != PICTURE_WORDS or pictures is None or not sentences:
        return scored
    rows = _candidates(gallery, scored, mask)
    found = {row: _seen(gallery, scored.logit, row, root_paths) for row in rows.tolist()}
    files = {row: file for row, file in found.items() if file is not None}
    if not files:
        return scored
    told = pictures.scores(sentences[0].text, list(files.values()), encoder, query.rerank_s)
    added = dict(zip(files, told.tolist(), strict=True))
    rows = np.array([row for row, one in added.items() if np.isfinite(one)], np.int64)
    odds, by_row = scored.odds.copy(), dict[int, float]()
    for kind in SEEN:
        mine = rows[gallery.asset_modality[rows] == MODALITIES.index(kind)]
        _, scale = pair_of("text", kind, encoder.calibration)
        more = np.array([added[row] / scale for row in mine.tolist()], np.float32)
        odds[_ordered(mine, scored.asset_logit[mine] + more)] = scored.odds[mine]
        by_row |= dict(zip(mine.tolist(), more.tolist(), strict=True))
    return replace(scored, odds=odds, reranked=by_row)


def _candidates(gallery: Gallery, scored: Scored, mask: Mask) -> Ints:
    """The best 50 of each kind that is looked at; all of them best first."""
    rows = scored.candidates[mask[scored.candidates]]
    kinds = gallery.asset_modality[rows]
    best = [
        row
        for kind in SEEN
        for row in best_of(
            gallery, scored.odds, rows[kinds == MODALITIES.index(kind)], N_CANDIDATES
        )
    ]
    return np.array(sorted(best, key=lambda row: -scored.odds[row]), np.int64)


def _ordered(rows: Ints, logit: F32) -> Ints:
    return rows[np.argsort(-logit, kind="stable")]


def _seen(
    gallery: Gallery, logit: F32, row: int, root_paths: Mapping[str, Path]
) -> PictureFile | None:
    """What is looked at of a file; None for a film that was found by what is heard in it."""
    path = root_paths[gallery.root_ids[gallery.asset_root[row]]] / gallery.relative_paths[row]
    shot = None
    if gallery.asset_modality[row] == MODALITIES.index(Modality.VIDEO):
        segment = best_segment(gallery, logit, int(gallery.asset_content[row]))
        locator = gallery.locator(segment)
        is_seen = MODALITIES[gallery.kind[segment]] is Modality.VIDEO
        if not (is_seen and isinstance(locator, TimeRange)):
            return None
        shot = locator
    return PictureFile(path, gallery.content_ids[row], shot)
