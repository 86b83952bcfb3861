"""What is done for one pair of kinds: which method, with which parameters, how strongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from mmsearch.gallery import MODALITIES
from mmsearch.normalise.method import METHODS, NONE
from mmsearch.types import Modality

Pair = tuple[str, Modality]
"""(kind of query part, kind of segment), as in fuse/calibrate.py."""
QUERY_KINDS = ("text", Modality.IMAGE.value, Modality.AUDIO.value, Modality.CODE.value)


@dataclass(frozen=True, slots=True)
class Setting:
    """The method of a pair."""

    method: str = NONE
    parameters: Mapping[str, float] = field(default_factory=dict)
    """Of the method's term; what is not named has its default."""
    strength: float = 1.0
    """Times the term; 0.5 is careful."""

    @property
    def is_raw(self) -> bool:
        return self.method == NONE or self.strength == 0

    def to_json(self) -> dict[str, Any]:
        """As kept with a library."""
        return asdict(self)

    @staticmethod
    def from_json(given: Mapping[str, Any]) -> Setting:
        """Raises ValueError, TypeError or KeyError for anything that to_json does not write."""
        if given["method"] != NONE and given["method"] not in METHODS:
            raise ValueError(f"unknown method {given['method']!r}")
        return Setting(
            str(given["method"]),
            {str(name): float(value) for name, value in given["parameters"].items()},
            float(given["strength"]),
        )


RAW = Setting()
_ROBUST = Setting("nnn")
_FEW_NEIGHBOURS = Setting("nnn", {"k": 8})

DEFAULTS: Mapping[Pair, Setting] = {
    ("text", Modality.IMAGE): _ROBUST,
    ("text", Modality.VIDEO): _ROBUST,
    ("image", Modality.CODE): _FEW_NEIGHBOURS,
    ("image", Modality.IMAGE): _ROBUST,
    ("image", Modality.VIDEO): _ROBUST,
    ("audio", Modality.AUDIO): _ROBUST,
}
"""What was measured to help, and never to hurt by more than noise, also in tiny libraries, far
domains and among near-duplicates (tests/benchmarks/hubness.py). All other pairs are left raw."""


def settings_for(name: str) -> dict[Pair, Setting]:
    """The same method for all pairs, as ``--normalise METHOD`` wishes; "auto": the defaults."""
    if name == "auto":
        return dict(DEFAULTS)
    setting = RAW if name == NONE else Setting(name)
    if name != NONE:
        METHODS.get(name)
    return {(query, target): setting for query in QUERY_KINDS for target in MODALITIES}
