"""BM25 as it is written down: slow, and plain to see."""

from __future__ import annotations

import math
from collections.abc import Sequence


def slow_bm25(texts: Sequence[str], query: Sequence[str]) -> list[float]:
    """The score of each text. Texts without words are no texts."""
    documents = [text.split() for text in texts]
    n_document = sum(map(bool, documents))
    mean_length = sum(map(len, documents)) / max(n_document, 1)
    scores = []
    for document in documents:
        score = 0.0
        for term in query:
            n_with = sum(term in other for other in documents)
            idf = math.log(1 + (n_document - n_with + 0.5) / (n_with + 0.5))
            if count := document.count(term):
                share = 1 - 0.75 + 0.75 * len(document) / mean_length
                score += idf * count * (1.2 + 1) / (count + 1.2 * share)
        scores.append(score)
    return scores
