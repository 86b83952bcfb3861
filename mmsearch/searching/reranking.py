"""Puts the best pictures of a sentence in another order: the place where rerankers are asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.fuse.calibrate import pair_of
from mmsearch.fuse.combine import best_of
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.retrieve.filters import Mask
from mmsearch.searching.picture_scores import PictureFile, PictureScores
from mmsearch.searching.scored import Scored
from mmsearch.types import Modality, Query

PICTURE_WORDS = "picture-words"
N_CANDIDATES = 50


def reranked(
    query: Query,
    gallery: Gallery,
    scored: Scored,
    mask: Mask,
    root_paths: Mapping[str, Path],
    pictures: PictureScores | None,
    encoder: Encoder,
) -> Scored:
    """The scores after the reranker that the query names; the same where it asks for none.

    The best pictures change places among themselves: each takes the odds of its new place, so that
    what is not reranked, other kinds and the promise of a match stay as they are.
    """
    sentences = [
        one.part.text for one in scored.parts if one.part.is_only_sentence and not one.part.avoided
    ]
    if query.rerank != PICTURE_WORDS or pictures is None or not sentences:
        return scored
    rows = scored.candidates[mask[scored.candidates]]
    rows = rows[gallery.asset_modality[rows] == MODALITIES.index(Modality.IMAGE)]
    rows = np.array(best_of(gallery, scored.odds, rows, N_CANDIDATES), np.int64)
    files = [
        PictureFile(
            root_paths[gallery.root_ids[gallery.asset_root[row]]] / gallery.relative_paths[row],
            gallery.content_ids[row],
        )
        for row in rows.tolist()
    ]
    if not files:
        return scored
    added = pictures.scores(sentences[0], files, encoder, query.rerank_s)
    told = np.isfinite(added)
    rows, added = rows[told], added[told]
    _, scale = pair_of("text", Modality.IMAGE, encoder.calibration)
    order = np.argsort(-(scored.asset_logit[rows] + added / scale), kind="stable")
    odds = scored.odds.copy()
    odds[rows[order]] = scored.odds[rows]
    by_row = dict(zip(rows.tolist(), (added / scale).tolist(), strict=True))
    return replace(scored, odds=odds, reranked=by_row)
