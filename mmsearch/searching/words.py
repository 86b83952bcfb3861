"""What the words of a query say, beside its meaning: in code, in names, as concepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from mmsearch.fuse.compose import AVOIDED_WEIGHT
from mmsearch.fuse.lexical import with_concepts, with_words, without_phrase
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
    concepts: Lexical | None
    is_calibrated: bool = True
    """Whether it is known what a cosine between a sentence and code means."""
    lacking: NDArray[np.bool_] | None = None
    """(n_segment,) code that lacks a word of a phrase in quotes; None where all have them."""

    def added_to(self, logit: F32, gallery: Gallery) -> F32 | None:
        """What to add to the logits of its meaning, (n_segment,) each; None where nothing.

        Of code it may be less than 0.
        """
        if self.code is None and self.concepts is None and self.lacking is None:
            return None
        changed = logit
        if self.code is not None and self.is_calibrated:
            changed = with_words(logit, self.code.scores, self.code.n_terms, gallery)
        elif self.code is not None:
            is_code = gallery.kind == MODALITIES.index(Modality.CODE)
            changed = by_reciprocal_rank(logit, self.code.scores, is_code)
        if self.concepts is not None:
            changed = with_concepts(changed, self.concepts.scores, self.concepts.n_terms)
        if self.lacking is not None:
            changed = without_phrase(changed, self.lacking)
        return changed - logit


@dataclass(frozen=True, slots=True)
class WordSearch:
    """How words are looked for in the segments."""

    any_code: bool
    """Whether any code is asked for; otherwise none is looked through."""
    match_words: MatchWords | None
    """Asks the database, for a gallery that does not know its words."""
    is_calibrated: bool = True
    """As in SentenceWords."""


def sentence_words(
    text: str, phrases: Sequence[str], gallery: Gallery, how: WordSearch
) -> SentenceWords:
    """What the words of a sentence, and those of it that are in quotes, say about the segments."""
    code = lexical(text, gallery, how.match_words) if how.any_code else None
    lacking = lacking_phrases(phrases, gallery) if how.any_code else None
    return SentenceWords(code, match_concepts(text, gallery), how.is_calibrated, lacking)


def logits_by_name(query: Query, gallery: Gallery) -> F32 | None:
    """What names, folders and metadata add to the logit of each asset: (n_asset,), or None.

    A file that is called what is to be avoided loses more than one that is wanted gains, so that
    "BubbleSort" is not what "sort -bubble" asks for.
    """
    if not query.by_words:
        return None
    found: list[F32] = []
    if (wanted := match_names(query.text, gallery)) is not None:
        added = _name_logits(wanted)
        found.append(added / np.float32(1 + len(query.like)))  # as one wanted part of several
    for text in query.avoid:
        if (avoided := match_names(text, gallery)) is not None:
            taken = _name_logits(avoided)
            found.append(np.float32(-AVOIDED_WEIGHT) * taken * avoided.is_whole)
    return reduce(np.add, found) if found else None


def _name_logits(found: NameMatches) -> F32:
    return name_logits(found.scores, found.n_terms, found.is_whole, found.is_name, found.is_phrase)
