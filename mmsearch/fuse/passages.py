"""Other pieces of a file of code that answer a query, beside its best one."""

from __future__ import annotations

import numpy as np

from mmsearch.fuse.match import Null, match_logits, match_strengths
from mmsearch.gallery import Gallery
from mmsearch.types import F32, LineRange

_MOST = 4
_LEAST_MATCH = 0.03
"""Less is chance."""
_LEAST_SHARE = 0.15
"""Of the match of the best piece; what is further off is another matter. In our own code, pieces
that answer too ("read json": its callers) have about a fifth, others less than a twentieth."""


def passages(gallery: Gallery, logit: F32, segment: int, null: Null) -> tuple[LineRange, ...]:
    """The lines of other pieces of the file that ``segment`` is the best of, best first.

    logit: (n_segment,) of the query. Pieces that share lines with a better one are left out, such
    as the class around a method. Nothing for what has no lines.
    """
    best = gallery.locator(segment)
    if not isinstance(best, LineRange):
        return ()
    content = int(np.searchsorted(gallery.first_segment, segment, side="right")) - 1
    pieces = np.arange(*gallery.first_segment[content : content + 2])
    if len(pieces) < 2:
        return ()
    odds = match_logits(logit[pieces], gallery.kind[pieces], null)
    matches = match_strengths(odds)
    least = max(_LEAST_MATCH, _LEAST_SHARE * float(matches[pieces == segment][0]))
    taken = [best]
    for place in np.argsort(-matches, kind="stable").tolist():
        lines = gallery.locator(int(pieces[place]))
        if matches[place] < least or len(taken) > _MOST:
            break
        if isinstance(lines, LineRange) and not any(_overlap(lines, one) for one in taken):
            taken.append(lines)
    return tuple(taken[1:])


def _overlap(one: LineRange, other: LineRange) -> bool:
    return one.first_line <= other.last_line and other.first_line <= one.last_line
