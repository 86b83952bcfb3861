"""The settings that the guard chooses from, and what was measured about them beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mmsearch.gallery import MODALITIES
from mmsearch.normalise.method import METHODS, NONE
from mmsearch.normalise.setting import QUERY_KINDS, RAW, Pair, Setting
from mmsearch.types import Modality


@dataclass(frozen=True, slots=True)
class Candidate:
    """A setting, with the gain in reciprocal rank that is expected before a library is seen."""

    setting: Setting
    gain: float
    spread: float
    """How much the gain differed between collections: standard deviation."""


_TEXT_TO_PICTURE = (
    Candidate(Setting("is", strength=0.7), 0.014, 0.008),
    Candidate(Setting("is", strength=0.5), 0.012, 0.006),
    Candidate(Setting("nnn"), 0.008, 0.012),
)
_AMONG_LIKE = (Candidate(Setting("nnn"), 0.01, 0.01),)
_UNKNOWN = (Candidate(Setting("nnn", strength=0.5), -0.005, 0.015),)
_FOREIGN = (Candidate(Setting("nnn", strength=0.5), 0.002, 0.008),)
"""Of a model of the user's choice, with everyday sentences and the library as banks: NNN, because
it does not depend on how far its cosines spread. From tests/benchmarks/foreign_hubness.py, where it
changed +0.0 to +0.6 points in every library of mini's pictures."""
_CANDIDATES: Mapping[Pair, tuple[Candidate, ...]] = {
    ("text", Modality.IMAGE): _TEXT_TO_PICTURE,
    ("text", Modality.VIDEO): _TEXT_TO_PICTURE,
    ("text", Modality.CODE): (Candidate(Setting("nnn", strength=0.5, real_share=0), 0.004, 0.01),),
    ("text", Modality.AUDIO): _UNKNOWN,
    ("image", Modality.CODE): (
        Candidate(Setting("nnn", {"k": 8}), 0.03, 0.02),
        Candidate(Setting("is"), 0.025, 0.02),
    ),
    ("image", Modality.IMAGE): _AMONG_LIKE,
    ("image", Modality.VIDEO): _AMONG_LIKE,
    ("audio", Modality.AUDIO): (Candidate(Setting("nnn"), 0.001, 0.01),),
}
"""From tests/benchmarks/hubness.py: libraries of two sources of pictures, from ten files to a
thousand, with and without near-duplicates; CoSQA; ESC-10. Questions about code as a bank lose a
point of MRR, so the term of code comes from the library alone. Pairs without a line stay raw."""


def candidates_for(
    pair: Pair, *, is_measured: bool, has_bank: bool = False
) -> tuple[Candidate, ...]:
    """What may be done for a pair.

    has_bank: everyday sentences stand for the queries of an encoder of which nothing was measured.
    """
    if is_measured:
        return _CANDIDATES.get(pair, ())
    if has_bank and pair[0] == "text" and pair[1] in (Modality.IMAGE, Modality.VIDEO):
        return _FOREIGN
    return _UNKNOWN if pair in _CANDIDATES else ()


def default_setting(pair: Pair, *, is_measured: bool, has_bank: bool = False) -> Setting:
    """What is done before anything is known about a library."""
    promising = _promising(pair, is_measured=is_measured, has_bank=has_bank)
    return max(promising, key=lambda some: some.gain).setting if promising else RAW


def careful_setting(pair: Pair, *, is_measured: bool, has_bank: bool = False) -> Setting:
    """What is done in a library that is too small to know anything about: the surest."""
    promising = _promising(pair, is_measured=is_measured, has_bank=has_bank)
    return min(promising, key=lambda some: some.spread).setting if promising else RAW


def _promising(pair: Pair, *, is_measured: bool, has_bank: bool) -> list[Candidate]:
    found = candidates_for(pair, is_measured=is_measured, has_bank=has_bank)
    return [some for some in found if some.gain > 0]


def same_for_all(name: str) -> dict[Pair, Setting]:
    """One method for all pairs, as ``--normalise METHOD`` wishes; UserError for an unknown one."""
    setting = RAW
    if name != NONE:
        METHODS.get(name)
        setting = Setting(name)
    return {(query, target): setting for query in QUERY_KINDS for target in MODALITIES}
