"""How well a relevance curve finds the highlights of a film, as in QVHighlights.

Lei, Berg and Bansal 2021 (arXiv:2107.09609), section 5: several people judged each clip of two
seconds; a clip is a highlight for one of them if the judgement is at least a given one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F64 = NDArray[np.float64]


def first_is_highlight(scores: F64, is_highlight: NDArray[np.bool_]) -> bool:
    """Whether anybody takes the clip with the highest score for a highlight (Hit@1).

    scores: (n_clip,), may be longer than the film. is_highlight: (n_clip, n_judge).
    """
    best = int(np.argmax(scores))
    return best < len(is_highlight) and bool(is_highlight[best].any())


def highlight_precision(scores: F64, is_highlight: NDArray[np.bool_]) -> float:
    """Mean over the judges of the interpolated average precision of the clips' scores.

    Clips without a score count as 0. A judge who found no highlight gives 0, one who found
    nothing else 1. Clips of equal score are taken together.
    """
    padded = np.zeros(len(is_highlight))
    n_known = min(len(scores), len(padded))
    padded[:n_known] = scores[:n_known]
    return float(np.mean([_precision(padded, column) for column in is_highlight.T]))


def _precision(scores: F64, right: NDArray[np.bool_]) -> float:
    if right.all() or not right.any():
        return float(right.all())
    order = np.argsort(-scores, kind="stable")
    last_of_equals = np.append(np.diff(scores[order]) != 0, True)
    n_right = np.cumsum(right[order])[last_of_equals]
    n_seen = np.flatnonzero(last_of_equals) + 1
    best_from_here = np.maximum.accumulate((n_right / n_seen)[::-1])[::-1]
    return float(best_from_here[np.diff(n_right, prepend=0) > 0].mean())
