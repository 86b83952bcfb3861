"""Identifiers as words: ``readHTTPHeader`` is found by "reading the header of http".

``terms`` makes what the lexical index of code and its queries are compared by: words without case,
accents, endings and the short forms of programmers. ``name_words`` does it for what people call
their files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|_+")
_WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*", re.UNICODE)
_MAX_TERM_CHARS = 64
"""What is longer is data, not a word."""

_EMPTY_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "i",
        "me",
        "my",
        "you",
        "your",
        "is",
        "are",
        "do",
        "does",
        "did",
        "can",
        "could",
        "should",
        "would",
        "how",
        "what",
        "which",
        "who",
        "where",
        "when",
        "why",
    ]
)
"""Words of questions. Others that are often left out ("if", "not", "in", "to") mean something in
code: leaving those out too loses .015 of the lexical MRR on CoSQA dev."""

_SMALL_WORDS = frozenset(
    [
        "about",
        "above",
        "across",
        "after",
        "against",
        "all",
        "along",
        "among",
        "and",
        "another",
        "any",
        "around",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "behind",
        "being",
        "below",
        "beside",
        "between",
        "both",
        "but",
        "by",
        "down",
        "during",
        "each",
        "for",
        "from",
        "front",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "his",
        "if",
        "in",
        "into",
        "it",
        "its",
        "just",
        "more",
        "most",
        "near",
        "next",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "only",
        "onto",
        "or",
        "other",
        "out",
        "over",
        "own",
        "same",
        "several",
        "she",
        "so",
        "some",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "under",
        "until",
        "up",
        "very",
        "was",
        "were",
        "while",
        "with",
    ]
)
"""Words that join others. In a sentence about a picture they say nothing about a file's name."""
_UNTELLING_WORDS = _EMPTY_WORDS | _SMALL_WORDS

_SHORT_FORMS = {
    "addr": "address",
    "arg": "argument",
    "arr": "array",
    "attr": "attribute",
    "auth": "authentication",
    "avg": "average",
    "bool": "boolean",
    "calc": "calculate",
    "cfg": "configuration",
    "char": "character",
    "cmd": "command",
    "cnt": "count",
    "col": "column",
    "concat": "concatenate",
    "config": "configuration",
    "conn": "connection",
    "coord": "coordinate",
    "ctx": "context",
    "db": "database",
    "del": "delete",
    "desc": "description",
    "df": "dataframe",
    "dict": "dictionary",
    "diff": "difference",
    "dim": "dimension",
    "dir": "directory",
    "dist": "distance",
    "doc": "document",
    "elem": "element",
    "env": "environment",
    "err": "error",
    "exec": "execute",
    "expr": "expression",
    "fmt": "format",
    "fn": "function",
    "freq": "frequency",
    "func": "function",
    "idx": "index",
    "img": "image",
    "info": "information",
    "init": "initialize",
    "int": "integer",
    "iter": "iterate",
    "js": "javascript",
    "len": "length",
    "lib": "library",
    "max": "maximum",
    "min": "minimum",
    "msg": "message",
    "ndarray": "array",
    "num": "number",
    "obj": "object",
    "param": "parameter",
    "pos": "position",
    "prev": "previous",
    "proc": "process",
    "ptr": "pointer",
    "py": "python",
    "rand": "random",
    "ref": "reference",
    "repr": "representation",
    "req": "request",
    "resp": "response",
    "ret": "return",
    "rm": "remove",
    "sep": "separator",
    "seq": "sequence",
    "sock": "socket",
    "src": "source",
    "std": "standard",
    "str": "string",
    "sync": "synchronize",
    "temp": "temporary",
    "tmp": "temporary",
    "txt": "text",
    "usr": "user",
    "val": "value",
    "var": "variable",
    "vec": "vector",
}


def terms(text: str) -> list[str]:
    """Return what a text is found by, in its order: each word, and identifiers of several whole.

    ``parse_args`` gives parse_args, pars, argument: whoever types the name itself finds it first.
    """
    found = []
    for name, parts in _identifiers(text):
        if len(parts) > 1:
            found.append(name.lower())
        found += [_comparable(part) for part in parts if part not in _EMPTY_WORDS]
    return [term for term in found if len(term) <= _MAX_TERM_CHARS]


def name_words(text: str) -> list[str]:
    """Return what a name, a title or a caption is found by: its words, without the small ones.

    "The Cat in the Hat" gives cat, hat; a name of nothing but small words keeps them all.
    """
    every = [part for _, parts in _identifiers(text) for part in parts]
    telling = [part for part in every if part not in _UNTELLING_WORDS] or every
    return [term for part in telling if len(term := _comparable(part)) <= _MAX_TERM_CHARS]


def typed_words(text: str) -> list[str]:
    """Return the different words of a query as they were typed, without those that join others."""
    words = dict.fromkeys(_WORD.findall(text))
    return [word for word in words if word.lower() not in _UNTELLING_WORDS] or list(words)


def _identifiers(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each identifier, and its parts in lower case."""
    for name in _WORD.findall(_folded(text)):
        yield name, [part.lower() for part in _HUMP.split(name) if part]


def _folded(text: str) -> str:
    """Compatibility forms and accents removed: "ﬁancé" becomes "fiance"."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.encode("utf-8", "ignore").decode())
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=1 << 16)
def _comparable(word: str) -> str:
    """The form in which a word in lower case is compared."""
    return _stem(_full_form(word))


def _full_form(word: str) -> str:
    if word in _SHORT_FORMS:
        return _SHORT_FORMS[word]
    return _SHORT_FORMS.get(word.removesuffix("s"), word)


def _stem(word: str) -> str:
    """A light stem: plurals, -ing, -ed, and the e they leave behind. Never below three letters."""
    word = _singular(word)
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3 and re.search("[aeiouy]", stem):
            doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            word = stem[:-1] if doubled else stem
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
