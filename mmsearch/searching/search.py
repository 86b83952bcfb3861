"""From a query to its hits."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Set
from pathlib import Path

import numpy as np

from mmsearch.encode.encoder import Encoder
from mmsearch.fuse.calibrate import Calibration
from mmsearch.fuse.combine import asset_logits
from mmsearch.fuse.films import film_moments
from mmsearch.fuse.match import match_logits, match_strength, null_of
from mmsearch.fuse.names import name_logits
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.normalise.terms import NO_TERMS, Terms, bank_terms
from mmsearch.query.check import check_query
from mmsearch.query.understand import understand
from mmsearch.retrieve.exact import cosines
from mmsearch.retrieve.filters import Mask, asset_mask
from mmsearch.retrieve.lexical import Lexical, MatchWords, lexical
from mmsearch.retrieve.names import match_names
from mmsearch.searching.arranging import Placed, arrange
from mmsearch.searching.parts import composed, embedded_parts, part_logits
from mmsearch.searching.scored import Scored
from mmsearch.settings import Settings
from mmsearch.store.records import metadata_from_json
from mmsearch.types import F32, Hit, Modality, Query


def search(
    query: Query,
    gallery: Gallery,
    root_paths: Mapping[str, Path],
    encoder: Encoder,
    settings: Settings,
    match_words: MatchWords | None = None,
    apart: Set[frozenset[str]] = frozenset(),
    terms: Terms = NO_TERMS,
    note_sentence: Callable[[F32], None] = lambda vector: None,
) -> list[Hit]:
    """Answer a query with hits, best first; raises QueryError for one that cannot be answered.

    ``match_words`` asks the database for words; without it a gallery that does not know its
    words is searched by meaning alone. ``apart`` are pairs of content ids that are no duplicates.
    ``terms`` are taken off the cosines. ``note_sentence`` is told the vector of the sentence that
    is wanted.
    """
    query = understand(query).query
    check_query(query)
    if gallery.n_segment == 0:
        return []
    mask = asset_mask(gallery, query, root_paths)
    scored = score(query, gallery, mask, root_paths, encoder, settings, match_words, terms)
    for part in scored.parts:
        if part.is_only_sentence and not part.avoided:
            note_sentence(part.vectors[0])
    placed = arrange(query, gallery, scored, mask, settings, apart)
    return [
        _hit(
            rank,
            one,
            gallery=gallery,
            root_paths=root_paths,
            scored=scored,
            calibration=encoder.calibration,
        )
        for rank, one in enumerate(placed, 1)
    ]


def score(
    query: Query,
    gallery: Gallery,
    mask: Mask,
    root_paths: Mapping[str, Path],
    encoder: Encoder,
    settings: Settings,
    match_words: MatchWords | None = None,
    terms: Terms = NO_TERMS,
) -> Scored:
    """How well everything answers an understood query; ``mask`` says what is asked for at all."""
    parts = list(embedded_parts(query, encoder, settings))
    part_cosines = [cosines(gallery, part.vectors) for part in parts]
    part_terms = bank_terms(part_cosines, gallery, terms, [part.kind for part in parts])
    words = _lexical(query, gallery, mask, match_words)
    of_parts = [
        part_logits(part, cosine - term, gallery, encoder.calibration, words, match_words)
        for part, cosine, term in zip(parts, part_cosines, part_terms, strict=True)
    ]
    logit = composed(query, of_parts, gallery, root_paths)
    by_name = _by_name(query, gallery)
    asset_logit = asset_logits(gallery, logit, by_name)
    null = null_of(gallery, logit)
    odds = asset_logit  # of what filters alone let through
    if query.wanted is not None:
        odds = match_logits(asset_logit, gallery.asset_modality, null)
    return Scored(parts, part_cosines, part_terms, words, by_name, logit, asset_logit, null, odds)


def _lexical(
    query: Query, gallery: Gallery, mask: Mask, match_words: MatchWords | None
) -> Lexical | None:
    """The words of the sentence that is wanted, where any code passes the filters."""
    if not query.by_words:
        return None
    code = gallery.asset_modality == MODALITIES.index(Modality.CODE)
    return lexical(query.text, gallery, match_words) if (mask & code).any() else None


def _by_name(query: Query, gallery: Gallery) -> F32 | None:
    """What names add to the logit of each asset: (n_asset,), None where they say nothing."""
    found = match_names(query.text, gallery) if query.by_words else None
    if found is None:
        return None
    added = name_logits(found.scores, found.n_terms, found.is_whole, found.is_name)
    return added / np.float32(1 + len(query.like))


def _hit(
    rank: int,
    placed: Placed,
    *,
    gallery: Gallery,
    root_paths: Mapping[str, Path],
    scored: Scored,
    calibration: Calibration,
) -> Hit:
    """The hit with the trace of its scores."""
    row, segment = placed.row, placed.segment
    root_path = root_paths[gallery.root_ids[gallery.asset_root[row]]]
    path = root_path / gallery.relative_paths[row]
    modality = MODALITIES[gallery.asset_modality[row]]
    moments = (
        film_moments(gallery, scored.logit, segment, calibration, scored.null)
        if modality is Modality.VIDEO
        else ()
    )
    scores = scored.trace(gallery, row, segment)
    if placed.reranked is not None:
        scores["rerank"] = placed.reranked
    return Hit(
        rank=rank,
        path=path,
        modality=modality,
        match=match_strength(float(scored.odds[row])),
        locator=moments[0].range if moments else gallery.locator(segment),
        scores=scores,
        asset_id=gallery.asset_ids[row],
        content_id=gallery.content_ids[row],
        size_bytes=int(gallery.asset_size_bytes[row]),
        modified_at_s=float(gallery.asset_mtime_ns[row]) / 1e9,
        metadata=metadata_from_json(gallery.metadata[row]),
        offline=not os.path.lexists(path),
        moments=moments,
        group_id=gallery.asset_ids[placed.leader] if placed.group_size > 1 else "",
        group_size=placed.group_size,
    )
