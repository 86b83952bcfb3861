"""Sentences that people ask their own files with, for models that came without any."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mmsearch.installed import shipped_path
from mmsearch.types import Modality

FILE = "everyday_sentences.txt"


@cache
def sentences_by_kind() -> Mapping[Modality, tuple[str, ...]]:
    """What each kind of file is asked for with; films are asked for as pictures are."""
    found: dict[Modality, list[str]] = {}
    section: list[str] = []
    for line in shipped_path("resources", FILE).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = found.setdefault(Modality(line.strip("[] ")), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return {kind: tuple(lines) for kind, lines in found.items()}


def everyday_sentences() -> list[str]:
    """All of them."""
    return [line for lines in sentences_by_kind().values() for line in lines]
