"""What the words of a query say, beside its meaning: in code, in names, as concepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mmsearch.fuse.compose import AVOIDED_WEIGHT
from mmsearch.fuse.lexical import with_concepts, with_said, with_words, without_phrase
from mmsearch.fuse.names import name_logits
from mmsearch.fuse.reciprocal_rank import by_reciprocal_rank
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.retrieve.lexical import Lexical, MatchWords, lacking_phrases, lexical, match_concepts
from mmsearch.retrieve.names import NameMatches, match_names
from mmsearch.types import F32, Modality, Query


@dataclass(frozen=True, slots=True, eq=False)
class SentenceWords:
    """What the words of one sentence say about the segments."""

    code: Lexical | None
    """In code, and in what models made of the rest."""
    concepts: Lexical | None
    is_calibrated: bool = True
    """Whether it is known what a cosine between a sentence and code means."""
    lacking: NDArray[np.bool_] | None = None
    """(n_segment,) code that lacks a word of a phrase in quotes; None where all have them."""

    @property
    def is_by_rank(self) -> bool:
        """Whether what is said about a segment depends on all others."""
        return self.code is not None and not self.is_calibrated

    def of_rows(self, rows: NDArray[np.int64]) -> SentenceWords:
        """What is said about some of the segments."""
        return replace(
            self,
            code=self.code and self.code.of_rows(rows),
            concepts=self.concepts and self.concepts.of_rows(rows),
            lacking=None if self.lacking is None else self.lacking[rows],
        )

    def with_meaning(self, logit: F32, kind: NDArray[np.uint8]) -> F32:
        """The logits of its meaning with those of its words, (n_segment,) each.

        kind: (n_segment,) as in Gallery. Of code words may take away.
        """
        changed = logit
        if self.code is not None and self.is_calibrated:
            changed = with_words(logit, self.code.scores, self.code.n_terms, kind)
        elif self.code is not None:
            is_code = kind == MODALITIES.index(Modality.CODE)
            changed = by_reciprocal_rank(logit, self.code.scores, is_code)
        if self.code is not None:
            said = self.code.scores, self.code.n_terms, self.code.is_whole
            changed = with_said(changed, *said, kind)
        if self.concepts is not None:
            changed = with_concepts(changed, self.concepts.scores, self.concepts.n_terms)
        if self.lacking is not None:
            changed = without_phrase(changed, self.lacking)
        return changed


@dataclass(frozen=True, slots=True)
class WordSearch:
    """How words are looked for in the segments."""

    any_code: bool
    """Whether any code is asked for."""
    any_said: bool
    """Whether models have made words of films, sounds or pictures."""
    match_words: MatchWords | None
    """Asks the database, for a gallery that does not know its words."""
    is_calibrated: bool = True
    """As in SentenceWords."""


def sentence_words(
    text: str, phrases: Sequence[str], gallery: Gallery, how: WordSearch
) -> SentenceWords | None:
    """What the words of a sentence, and those of it that are in quotes, say about the segments;
    None where nothing."""
    is_worded = how.any_code or how.any_said
    code = lexical(text, gallery, how.match_words) if is_worded else None
    lacking = lacking_phrases(phrases, gallery) if how.any_code else None
    concepts = match_concepts(text, gallery)
    if code is None and concepts is None and lacking is None:
        return None
    return SentenceWords(code, concepts, how.is_calibrated, lacking)


def logits_by_name(query: Query, gallery: Gallery) -> F32 | None:
    """What names, folders and metadata add to the logit of each asset: (n_asset,), or None.

    A file that is called what is to be avoided loses more than one that is wanted gains, so that
    "BubbleSort" is not what "sort -bubble" asks for.
    """
    if not query.by_words:
        return None
    total: F32 | None = None
    wanted = match_names(query.text, gallery)
    avoided = [match_names(text, gallery) for text in query.avoid]
    for sign, one in ((1, wanted), *((-1, some) for some in avoided)):
        if one is not None:
            rows, added = _name_logits(one)
            if sign > 0:
                added = added / np.float32(1 + len(query.like))  # as one wanted part of several
            else:
                added = np.float32(-AVOIDED_WEIGHT) * added * one.is_whole[rows]
            total = np.zeros(gallery.n_asset, np.float32) if total is None else total
            total[rows] += added
    return total


def _name_logits(found: NameMatches) -> tuple[NDArray[np.int64], F32]:
    """The assets that have words of a sentence, mostly few, and what is added to each."""
    rows = np.flatnonzero((found.scores > 0) | found.is_name)
    said = (found.is_whole[rows], found.is_name[rows], found.is_phrase[rows])
    return rows, name_logits(found.scores[rows], found.n_terms, *said, len(found.scores))
