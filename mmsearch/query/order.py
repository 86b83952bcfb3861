"""Sees that a sentence tells of one thing after another: "a dog, then a car"."""

from __future__ import annotations

import re

_THEN = re.compile(r"\s*[,;]?\s*\b(?:and\s+)?(?:then|followed\s+by)\b\s*,?\s*", re.IGNORECASE)
_MOST_STEPS = 5


def steps_of(sentence: str) -> tuple[str, ...]:
    """The things in their order; nothing for a sentence that tells of no order.

    ``then`` at the beginning or the end, or next to another one, is a word like others.
    """
    steps = tuple(_THEN.split(sentence.strip()))
    is_order = 2 <= len(steps) <= _MOST_STEPS and all(step.strip() for step in steps)
    return steps if is_order else ()
