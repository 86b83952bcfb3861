"""Turns a piece of code into words that a sentence encoder understands.

The encoder was trained on prose. It reads ``parseHTTPHeader`` as a rare string of letters and
"parse http header" as three known words; and as it reads a bounded number of words, what people
write for people (name, documentation, comments) has to come before the body.
"""

from __future__ import annotations

import re

from mmsearch.types import CodeText

_MAX_DOCUMENTATION = 600
_MAX_BODY = 1200
"""In characters; together with the name they fill the 256 tokens of the text tower."""

_STRINGS_AND_COMMENTS = re.compile(
    r'"""(?P<double>.*?)"""'
    r"|'''(?P<single>.*?)'''"
    r"|/\*+(?P<block>.*?)\*/"
    r"|(?:(?<=\s)|^)(?://[/!]?|\#(?!include|define|if|endif|else|pragma|!)|--(?=\s))(?P<line>[^\n]*)",
    re.DOTALL | re.MULTILINE,
)
_NAME = re.compile(
    r"\b(?:def|fn|func|function|class|struct|enum|trait|interface|impl|type|module)\s+(?:\([^)]*\)\s*)?(\w+)"
    r"|^[\w:<>,&*\[\]\s]*?\b(\w+)\s*\([^;{}]*\)[^;{}\n]*\{",
    re.MULTILINE,
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|_+")
_WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*", re.UNICODE)


def code_words(content: CodeText) -> str:
    """Return what the text tower reads: name, documentation, then the words of the body."""
    body, documentation = _separate(content.text)
    name = _NAME.search(body)
    named = next((group for group in name.groups() if group), "") if name else ""
    parts = [
        " ".join([content.language, *map(split_words, content.scope), split_words(named)]),
        documentation[:_MAX_DOCUMENTATION],
        split_words(body)[:_MAX_BODY],
    ]
    return ". ".join(part.strip() for part in parts if part.strip())


def split_words(text: str) -> str:
    """Return the words of identifiers: ``readHTTPHeader(x_max)`` to ``read HTTP header x max``."""
    words = (word for name in _WORD.findall(text) for word in _HUMP.split(name))
    return " ".join(word if word.isupper() else word.lower() for word in words if word)


def _separate(code: str) -> tuple[str, str]:
    """Return the code without its comments, and the comments as one line of prose."""
    comments = []
    for match in _STRINGS_AND_COMMENTS.finditer(code):
        comment = next(group for group in match.groups() if group is not None)
        comments.append(" ".join(comment.replace("*", " ").split()))
    return _STRINGS_AND_COMMENTS.sub(" ", code), " ".join(comments)
