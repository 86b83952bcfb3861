"""Identifiers as words: ``readHTTPHeader`` is found by "reading the header of http".

``split_words`` makes prose of code, for encoders. ``terms`` makes what the lexical index and its
queries are compared by: words without case, accents, endings and the short forms of programmers.
"""

from __future__ import annotations

import re
import unicodedata

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


def split_words(text: str) -> str:
    """Return the words of identifiers: ``readHTTPHeader(x_max)`` to ``read HTTP header x max``."""
    words = (word for name in _WORD.findall(text) for word in _HUMP.split(name))
    return " ".join(word if word.isupper() else word.lower() for word in words if word)


def terms(text: str) -> list[str]:
    """Return what a text is found by, in its order: each word, and identifiers of several whole.

    ``parse_args`` gives parse_args, pars, argument: whoever types the name itself finds it first.
    """
    found = []
    for name in _WORD.findall(_folded(text)):
        parts = [part.lower() for part in _HUMP.split(name) if part]
        if len(parts) > 1:
            found.append(name.lower())
        found += [_stem(_full_form(part)) for part in parts if part not in _EMPTY_WORDS]
    return [term for term in found if len(term) <= _MAX_TERM_CHARS]


def _folded(text: str) -> str:
    """Compatibility forms and accents removed: "ﬁancé" becomes "fiance"."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text.encode("utf-8", "ignore").decode())
    return "".join(part for part in parts if not unicodedata.combining(part))


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
