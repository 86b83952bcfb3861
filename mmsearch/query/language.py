"""The query language: from text to a tree of parts.

    query  = or
    or     = and ("OR" and)*
    and    = run ("AND"? run)*
    run    = unit+                         parts that stand side by side
    unit   = "NOT" unit | "-" atom | weight atom | atom
    atom   = words | "a phrase" | key:value | "(" or ")"

``NOT`` takes all words up to the next sign, ``-`` and a weight only what they touch. Filters and
what is to be avoided go for all alternatives: "dog OR cat type:video" asks for videos, and only
"dog OR (cat type:video)" for any dog. What is no syntax is words; tokens.py draws the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from mmsearch.errors import QueryError
from mmsearch.expression import And, Example, Field, Node, Not, Or, Run, Weighted, Words
from mmsearch.query.tokens import LIKE, Kind, Token, may_have_syntax, tokens_of
from mmsearch.query.values import filter_of

_MAX_DEPTH = 40
_MAX_WEIGHT = 100.0
_AS_WORDS = "To search for the word itself, put it in quotes."


def parse(text: str, today: date | None = None) -> Node | None:
    """The tree of a query; None for a blank one.

    ``today`` is what "yesterday" counts from. Raises QueryError, with its place in the text, for
    what looks like syntax and cannot be understood.
    """
    if not may_have_syntax(text):
        words = text.split()
        start = len(text) - len(text.lstrip())
        return Words(" ".join(words), span=(start, len(text.rstrip()))) if words else None
    tokens = tokens_of(text)
    parser = _Parser(text, tokens, today or date.today())
    tree = parser.either(0)
    parser.expect_end()
    return tree


class _Parser:
    """Recursive descent over the tokens; one method a rule of the grammar."""

    def __init__(self, text: str, tokens: list[Token], today: date) -> None:
        self._text = text
        self._tokens = tokens
        self._today = today
        self._next = 0

    def expect_end(self) -> None:
        if (token := self._peek()) is not None:
            raise self._error("This parenthesis closes nothing.", _AS_WORDS, token)

    def either(self, depth: int) -> Node:
        alternatives = [self._both(depth)]
        while self._take(Kind.OR):
            alternatives.append(self._both(depth))
        if len(alternatives) == 1:
            return _joined(And, [_run_of(run) for run in alternatives[0]])
        own, for_all = zip(*map(_divided, alternatives), strict=True)
        return _joined(Run, [_joined(Or, own), *(node for some in for_all for node in some)])

    def _both(self, depth: int) -> list[_Units]:
        runs = [self._run(depth)]
        while self._take(Kind.AND):
            runs.append(self._run(depth))
        return runs

    def _run(self, depth: int) -> _Units:
        """Parts side by side, and of each whether it is a filter or to be avoided."""
        parts: _Units = []
        while (token := self._peek()) is not None:
            if token.kind in (Kind.AND, Kind.OR, Kind.CLOSE):
                break
            parts.append((self._unit(depth), token.kind in _FOR_ALL and token.key != LIKE))
        if not parts:
            raise self._nothing()
        return parts

    def _unit(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise self._error("This is nested too deeply.", "Use fewer groups.", self._peek())
        token = self._tokens[self._next]
        match token.kind:
            case Kind.NOT:
                self._next += 1
                if self._peek() is None or self._tokens[self._next].kind in _JOINTS:
                    raise self._error("NOT needs something behind it.", _AS_WORDS, token)
                return Not(self._unit(depth + 1))
            case Kind.WORD:
                return self._words()
            case _:
                return self._atom(depth)

    def _words(self) -> Words:
        """All the words up to the next sign."""
        first = self._next
        while (token := self._peek()) is not None and token.kind is Kind.WORD:
            self._next += 1
        words = self._tokens[first : self._next]
        text = " ".join(word.text for word in words)
        return Words(text, span=(words[0].span[0], words[-1].span[1]))

    def _atom(self, depth: int) -> Node:
        """What a minus or a weight belongs to: one word, phrase, filter or group."""
        token = self._tokens[self._next]
        self._next += 1
        match token.kind:
            case Kind.MINUS:
                return Not(self._atom(depth + 1))
            case Kind.WEIGHT:
                return Weighted(self._atom(depth + 1), self._weight(token))
            case Kind.OPEN:
                return self._group(token, depth)
            case Kind.PHRASE:
                return Words(" ".join(token.text.split()), quoted=True, span=token.span)
            case Kind.FILTER:
                return self._filter(token)
            case _:
                return Words(token.text, span=token.span)

    def _group(self, opened: Token, depth: int) -> Node:
        if (token := self._peek()) is not None and token.kind is Kind.CLOSE:
            raise self._error("There is nothing in these parentheses.", _AS_WORDS, opened)
        inside = self.either(depth + 1)
        if not self._take(Kind.CLOSE):
            raise self._error(
                "This parenthesis is never closed.", "Put a ) behind the group.", opened
            )
        return inside

    def _weight(self, token: Token) -> float:
        weight = float(token.text)
        if not 0 < weight <= _MAX_WEIGHT:
            raise self._error(
                f"A weight is above 0 and at most {_MAX_WEIGHT:.0f}.",
                "Use -word for what you do not want.",
                token,
            )
        return weight

    def _filter(self, token: Token) -> Node:
        if token.key == LIKE:
            return Example(token.text.strip(), span=token.span)
        try:
            found = filter_of(Field(token.key), token.text, self._today)
        except QueryError as error:
            hint = error.hint or _AS_WORDS
            raise QueryError(
                error.message, hint, text=self._text, place=token.value_span
            ) from error
        return replace(found, span=token.span)

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _take(self, kind: Kind) -> bool:
        token = self._peek()
        taken = token is not None and token.kind is kind
        self._next += taken
        return taken

    def _nothing(self) -> QueryError:
        """AND or OR with nothing on one side."""
        token = self._peek()
        if token is not None and token.kind in (Kind.AND, Kind.OR):
            return self._error(f"{token.text} needs something before it.", _AS_WORDS, token)
        if self._next == 0:
            return self._error("This parenthesis closes nothing.", _AS_WORDS, token)
        before = self._tokens[self._next - 1]
        return self._error(f"{before.text} needs something behind it.", _AS_WORDS, before)

    def _error(self, message: str, hint: str, token: Token | None) -> QueryError:
        place = token.span if token is not None else (len(self._text), len(self._text))
        return QueryError(message, hint, text=self._text, place=place)


_JOINTS = (Kind.AND, Kind.OR, Kind.CLOSE)
_FOR_ALL = (Kind.FILTER, Kind.MINUS, Kind.NOT)
_Units: TypeAlias = list[tuple[Node, bool]]


def _run_of(units: _Units) -> Node:
    return _joined(Run, [node for node, _ in units])


def _divided(runs: list[_Units]) -> tuple[Node, list[Node]]:
    """An alternative, and what is written in it and goes for all of them."""
    own = [(node, False) for node, goes_for_all in runs[0] if not goes_for_all]
    if len(runs) > 1 or not own:
        return _joined(And, [_run_of(run) for run in runs]), []
    return _run_of(own), [node for node, goes_for_all in runs[0] if goes_for_all]


def _joined(kind: type[Or] | type[And] | type[Run], parts: Sequence[Node]) -> Node:
    """One node of the kind, without others of its kind inside; a single part stands for itself."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else (part,)
    if kind is Run:
        flat = _one_sentence(flat)
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _one_sentence(parts: Sequence[Node]) -> list[Node]:
    """Plain words side by side are one text."""
    merged: list[Node] = []
    for part in parts:
        match merged[-1:], part:
            case [Words(before, False, (start, _))], Words(text, False, (_, end)):
                merged[-1] = Words(f"{before} {text}", span=(start, end))
            case _:
                merged.append(part)
    return merged
