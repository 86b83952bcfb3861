"""What a piece of code is found by in the lexical index."""

from __future__ import annotations

import re

from mmsearch.identifiers import terms
from mmsearch.types import CodeText

_NAME_COUNTS = 3
_DOCUMENTATION_COUNTS = 2
"""Times as much as the body: what a function is called and said to do is what it is looked for
by. Chosen on CoSQA dev."""

_STRINGS_AND_COMMENTS = re.compile(
    r'"""(?P<double>.*?)"""'
    r"|'''(?P<single>.*?)'''"
    r"|/\*+(?P<block>.*?)\*/"
    r"|(?:(?<=\s)|^)(?://[/!]?|\#(?!include|define|if|endif|else|pragma|!)|--(?=\s))(?P<line>[^\n]*)",
    re.DOTALL | re.MULTILINE,
)
_NAME = re.compile(
    r"\b(?:def|fn|func|function|class|struct|enum|trait|interface|impl|type|module)\s+(?:\([^)]*\)\s*)?(\w+)"
    r"|^[\w:<>,&*\[\] \t]*?\b(\w+)\s*\([^;{}]*\)[^;{}\n]*\{",
    re.MULTILINE,
)


def index_words(content: CodeText) -> str:
    """Return the terms of the name, the documentation and the body, each as often as it counts.

    The language and the names around the piece count as one word each of the body: in a library
    of one language its name then weighs nothing, among several it tells them apart.
    """
    body, documentation = _separate(content.text)
    match = _NAME.search(body)
    name = next((group for group in match.groups() if group), "") if match else ""
    return " ".join(
        [
            *terms(name) * _NAME_COUNTS,
            *terms(documentation) * _DOCUMENTATION_COUNTS,
            *terms(body),
            *terms(" ".join((content.language, *content.scope))),
        ]
    )


def _separate(code: str) -> tuple[str, str]:
    """Return the code without its comments, and the comments."""
    comments = [
        next(group for group in match.groups() if group is not None)
        for match in _STRINGS_AND_COMMENTS.finditer(code)
    ]
    return _STRINGS_AND_COMMENTS.sub(" ", code), " ".join(comments)
