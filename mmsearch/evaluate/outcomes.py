"""How each query went, in memory and as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mmsearch.atomic import write_atomically
from mmsearch.errors import UserError


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one query went."""

    dataset: str
    row: str
    """What it is counted with, e.g. "text → image"; without a group, the kinds it searched."""
    id: str
    ranks: tuple[int, ...]
    """Ranks of the relevant files that were found."""
    n_relevant: int
    n_items: int
    """How many files it could have found."""
    n_looked_at: int
    """How many hits it asked for."""
    located: bool | None
    """Whether the best relevant hit has the right place; None if no place is known or found."""
    elapsed_ms: float
    top: tuple[str, ...]
    """The first ten answers."""
    true_moment: tuple[float, float] | None = None
    """Where in a film or sound the answer is, in seconds; None if that is not known."""
    moments: tuple[tuple[float, float, float], ...] = ()
    """Start, end and match of the moments of the best relevant hit, best first."""
    matches: tuple[float, ...] = ()
    """Of the first ten answers; none in what earlier versions saved."""

    @property
    def key(self) -> tuple[str, str]:
        """What the same query has in another run."""
        return self.dataset, self.id


def save_outcomes(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write one JSON object a line."""
    lines = [json.dumps(asdict(outcome), ensure_ascii=False) + "\n" for outcome in outcomes]
    try:
        write_atomically(path, "".join(lines).encode())
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from error


def read_outcomes(path: Path) -> list[Outcome]:
    """Read what save_outcomes wrote; UserError for anything else."""
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return [Outcome(**{name: _frozen(value) for name, value in row.items()}) for row in rows]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise UserError(f"{path} holds no outcomes of an earlier run: {error!r}.") from error


def _frozen(value: Any) -> Any:
    """JSON has lists where an outcome has tuples."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
