"""A few filters that a person switches on and off, kept as a text of the query language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mmsearch.errors import QueryError
from mmsearch.expression import Between, Field, Filter, OneOf, Run
from mmsearch.query.language import parse
from mmsearch.query.printing import to_text


@dataclass(frozen=True, slots=True)
class FilterSet:
    """At most one filter of each field."""

    parts: tuple[Filter, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> FilterSet:
        """Read it again; what is no such text is no filter."""
        try:
            tree = parse(text, date.today())
        except QueryError:
            return cls()
        parts: Iterable[object] = tree.parts if isinstance(tree, Run) else (tree,)
        return cls(tuple(part for part in parts if isinstance(part, OneOf | Between)))

    def to_text(self) -> str:
        """As Query.filters."""
        return " ".join(to_text(part) for part in self.parts)

    def values(self, field: Field) -> tuple[str, ...]:
        """The values that are let through; empty means all."""
        found = (
            part.values for part in self.parts if isinstance(part, OneOf) and part.field is field
        )
        return next(found, ())

    def range(self, field: Field) -> tuple[int | None, int | None] | None:
        """Lowest and highest that are let through; None means all."""
        found = (
            (part.low, part.high)
            for part in self.parts
            if isinstance(part, Between) and part.field is field
        )
        return next(found, None)

    def toggled(self, field: Field, value: str) -> FilterSet:
        """With a value more, or without it if it was there."""
        before = self.values(field)
        after = tuple(one for one in before if one != value)
        return self._with(
            field, OneOf(field, after if len(after) < len(before) else (*before, value))
        )

    def only(self, field: Field, value: str) -> FilterSet:
        """With this value alone, or without any where it is empty."""
        return self._with(field, OneOf(field, (value,) if value else ()))

    def limited(self, field: Field, low: int | None, high: int | None) -> FilterSet:
        """With another range; open at both ends, without one."""
        return self._with(field, Between(field, low, high))

    def _with(self, field: Field, new: Filter) -> FilterSet:
        others = tuple(part for part in self.parts if part.field is not field)
        is_filter = (
            bool(new.values) if isinstance(new, OneOf) else (new.low, new.high) != (None, None)
        )
        return FilterSet((*others, new) if is_filter else others)
