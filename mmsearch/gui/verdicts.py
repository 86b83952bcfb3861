"""What a person said about the answers to the queries of this run: right, or not this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from mmsearch.types import Query


class Verdict(Enum):
    """What was said about one file; the value is the name of its icon."""

    GOOD = "thumb-up"
    NOT_THIS = "thumb-down"


Judged: TypeAlias = Mapping[Path, Verdict]
_Question: TypeAlias = tuple[str, tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class _Step:
    question: _Question
    before: Judged


class Verdicts(QObject):
    """Verdicts belong to a question; whoever comes back to it finds them again."""

    changed = Signal()
    """The question has other verdicts now: it is to be asked anew."""
    shown = Signal()
    """Another question is looked at, or it has other verdicts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_question: dict[_Question, Judged] = {}
        self._question: _Question = ("", ())
        self._steps: list[_Step] = []

    def applied(self, query: Query) -> Query:
        """The query, refined by what was said about its answers."""
        judged = self._by_question.get(_question(query), {})
        return replace(
            query,
            liked=tuple(path for path, said in judged.items() if said is Verdict.GOOD),
            disliked=tuple(path for path, said in judged.items() if said is Verdict.NOT_THIS),
        )

    def learn(self, query: Query) -> None:
        """Take over the verdicts that a kept search was refined by, if any."""
        if not query.liked and not query.disliked:
            return
        said = dict.fromkeys(query.liked, Verdict.GOOD)
        self._by_question[_question(query)] = said | dict.fromkeys(query.disliked, Verdict.NOT_THIS)

    def show(self, query: Query) -> None:
        """From now on verdicts are about the answers to this query."""
        self._question = _question(query)
        self.shown.emit()

    def judged(self) -> Judged:
        """The verdicts on the question that is looked at."""
        return self._by_question.get(self._question, {})

    def judge(self, paths: Iterable[Path], verdict: Verdict) -> None:
        """Say something about answers; saying the same of all of them again takes it back."""
        wanted, before = list(paths), self.judged()
        if not wanted:
            return
        now = {path: said for path, said in before.items() if path not in wanted}
        if any(before.get(path) is not verdict for path in wanted):
            now |= dict.fromkeys(wanted, verdict)
        self._steps.append(_Step(self._question, before))
        self._set(now)

    def can_undo(self) -> bool:
        """Whether there is something to take back on this question."""
        return any(step.question == self._question for step in self._steps)

    def undo(self) -> None:
        """Take the last thing back that was said on this question."""
        for place in range(len(self._steps) - 1, -1, -1):
            if self._steps[place].question == self._question:
                self._set(self._steps.pop(place).before)
                return

    def clear(self) -> None:
        """Forget all verdicts on this question; that, too, can be undone."""
        if self.judged():
            self._steps.append(_Step(self._question, self.judged()))
            self._set({})

    def _set(self, judged: Judged) -> None:
        self._by_question[self._question] = judged
        self.shown.emit()
        self.changed.emit()


def _question(query: Query) -> _Question:
    """What makes it the same question: filters and limits do not."""
    return query.text.strip(), query.like
