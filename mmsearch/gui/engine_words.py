"""What the engine says, in the language of the window.

The engine speaks English and knows nothing of Qt; what it said months ago stands in the library.
So its finished sentences are recognised by their shape (resources/translations/engine.json, made
by tests.gui.renew_translations) and said again with the same values in it.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QCoreApplication, QLocale

from mmsearch.errors import UserError
from mmsearch.gui.translating import TRANSLATIONS_PATH

CONTEXT = "engine"
SHAPES_PATH = TRANSLATIONS_PATH / "engine.json"
_FIELD = re.compile(r"\{\d+\}")
_BETWEEN = re.compile(r"(?<=[.?!:;])\s+")
_END = re.compile(r"[.?!]\s")
_MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence with places for values: "The library {0} is in use."."""

    source: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, source: str) -> Shape:
        """Read the places {0}, {1} … of a source text."""
        literals = [re.escape(part) for part in _FIELD.split(source)]
        return cls(source, re.compile("(.+?)".join(literals), re.DOTALL))

    def values(self, text: str) -> tuple[str, ...] | None:
        """Return what stands at the places, None if it is another sentence.

        A value with the end of a sentence in it would be two sentences taken for one.
        """
        found = self.pattern.fullmatch(text)
        if found is None or any(_END.search(value) for value in found.groups()):
            return None
        return found.groups()

    @property
    def n_literal(self) -> int:
        """How many letters are certain; the more, the less it is mistaken for another."""
        return len(_FIELD.sub("", self.source))


def engine_text(text: str) -> str:
    """Return what the engine said, as far as its sentences are known, in the window's language."""
    if QLocale().language() == QLocale.Language.English:
        return text
    return _translated(text, QLocale().name())


@lru_cache(_MOST_KEPT)
def _translated(text: str, _language: str) -> str:
    return reworded(text, shapes(), lambda source: QCoreApplication.translate(CONTEXT, source))


def engine_error(error: UserError) -> UserError:
    """Return a copy of an error that speaks the window's language."""
    said = copy.copy(error)
    said.message, said.hint = engine_text(error.message), engine_text(error.hint)
    return said


def reworded(text: str, known: Sequence[Shape], word: Callable[[str], str]) -> str:
    """Return ``text`` with its sentences replaced by ``word(source)`` of the shape they have.

    The longest beginning with a known shape counts; a sentence without one stays.
    """
    cuts = [None, *reversed(list(_BETWEEN.finditer(text)))]
    for cut in cuts:
        first, rest = (text[: cut.start()], text[cut.end() :]) if cut else (text, "")
        for shape in known:
            values = shape.values(first)
            if values is not None:
                said = word(shape.source).format(*(reworded(one, known, word) for one in values))
                return said + (cut[0] + reworded(rest, known, word) if cut else "")
    last = cuts[-1]
    return text[: last.end()] + reworded(text[last.end() :], known, word) if last else text


@cache
def shapes() -> tuple[Shape, ...]:
    """Return what the engine may say, what is certain first."""
    sources = json.loads(SHAPES_PATH.read_text("utf-8"))
    return tuple(sorted(map(Shape.of, sources), key=lambda shape: -shape.n_literal))
