"""What is done for one pair of kinds: which method, with which parameters, how strongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
    real_share: float = 0.5
    """How much of the term comes from real queries where the library's own bank is there too."""

    @property
    def is_raw(self) -> bool:
        return self.method == NONE or self.strength == 0

    def __str__(self) -> str:
        if self.is_raw:
            return "raw"
        told = [f"{name}={value:g}" for name, value in self.parameters.items()]
        told += [f"×{self.strength:g}"] if self.strength != 1 else []
        return " ".join([self.method, *told])

    def to_json(self) -> dict[str, Any]:
        """As kept with a library."""
        return {
            "method": self.method,
            "parameters": {name: float(value) for name, value in self.parameters.items()},
            "strength": float(self.strength),
            "real_share": float(self.real_share),
        }

    @staticmethod
    def from_json(given: Mapping[str, Any]) -> Setting:
        """Raises ValueError, TypeError or KeyError for anything that to_json does not write."""
        if given["method"] != NONE and given["method"] not in METHODS:
            raise ValueError(f"unknown method {given['method']!r}")
        return Setting(
            str(given["method"]),
            {str(name): float(value) for name, value in given["parameters"].items()},
            float(given["strength"]),
            float(given["real_share"]),
        )


RAW = Setting()


def kinds_of_tower(target: Modality) -> tuple[Modality, ...]:
    """Film is seen through the picture tower: both are treated alike, or else the one would win
    over the other in the same list. A kind stands for its tower if it comes first."""
    pictures = (Modality.IMAGE, Modality.VIDEO)
    return pictures if target in pictures else (target,)
