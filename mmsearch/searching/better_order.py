"""Which query finds a better order than the first, where there is time for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mmsearch.encode.encoder import Encoder
from mmsearch.searching.judges import installed_judges
from mmsearch.searching.picture_scores import has_reranker
from mmsearch.searching.reranking import SEEN, WORDS
from mmsearch.searching.sound_scores import has_sound_words
from mmsearch.settings import Settings
from mmsearch.types import Modality, Query


def in_better_order(
    query: Query, settings: Settings, encoder: Callable[[], Encoder]
) -> Query | None:
    """A sentence, asked with the reranker that the settings want; None where there is none.

    encoder: what answers; asked for only where it matters.
    """
    own = settings.reranker
    if own and own in installed_judges():
        return replace(query, rerank=own, rerank_s=settings.reranker_s)
    if not settings.rerank_pictures:
        return None
    possible = _with_words(encoder())
    kinds = set(query.modalities) or possible
    return replace(query, rerank=WORDS) if kinds & possible else None


def _with_words(encoder: Encoder) -> set[Modality]:
    """The kinds whose files can be ordered word by word."""
    if not has_reranker(encoder):
        return set()
    return {*SEEN, Modality.AUDIO} if has_sound_words(encoder) else set(SEEN)
