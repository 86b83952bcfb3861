"""What a user should know about a query that is answered, but perhaps not as they think."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from mmsearch.query.tokens import KEYS
from mmsearch.types import Query

_MOST_WORDS = 200
"""About what the sentence encoder reads (256 pieces of words)."""
_KEY_LIKE = re.compile(r"(?<!\S)([A-Za-z]{2,12}):(?=[\w\"])")
_MOST_LOOKED_AT = 2000
"""Characters: enough to know the script of a text."""


def notes_on(text: str, query: Query) -> tuple[str, ...]:
    """Notes on a text and on what was understood of it."""
    return (*_on_length(query.text), *_on_script(query.text), *_on_keys(text))


def _on_length(words: str) -> Iterator[str]:
    n_word = words.count(" ") + 1
    if n_word > _MOST_WORDS:
        yield f"Of {n_word:,} words the meaning of about the first {_MOST_WORDS} counts."


def _on_script(words: str) -> Iterator[str]:
    """The encoder knows English. Names of files and words in texts are found in any script."""
    if words.isascii():
        return
    letters = [letter for letter in words[:_MOST_LOOKED_AT] if letter.isalpha()]
    scripts = Counter(unicodedata.name(letter, "?").split()[0] for letter in letters)
    script, n_letter = scripts.most_common(1)[0] if scripts else ("LATIN", 0)
    if script != "LATIN" and 2 * n_letter > len(letters):
        yield (
            f"The words are in {script.capitalize()} letters. The embedded model knows English: "
            "only names of files and words in texts will be found."
        )


def _on_keys(text: str) -> Iterator[str]:
    """A misspelt filter is searched for as words, as any other text with a colon."""
    for found in _KEY_LIKE.finditer(text[:_MOST_LOOKED_AT]):
        name = found[1].lower()
        near = [] if name in KEYS else difflib.get_close_matches(name, KEYS, n=1, cutoff=0.75)
        if near:
            yield f"{found[1]}: is no filter and was searched for. Did you mean {near[0]}: ?"
