"""What a library learns from what its files are called, and from verdicts on them."""

from __future__ import annotations

from mmsearch.adapting.adaptation import Adaptation
from mmsearch.answering import Answers
from mmsearch.store.told import Told


class Learning:
    """The part of a library that adapts sentences to its owner's words."""

    _answers: Answers
    _told: Told

    def adapt(self) -> Adaptation:
        """Learn how this library's sentences have to be bent to find what they name.

        It learns from titles, from names that are words, and from liked answers, for each kind of
        file apart; and is kept for a kind only if files that were held out are found better, by a
        paired test. Searches use what is kept at once; no stored vector changes. Raises
        LibraryError when it cannot be kept.
        """
        return self._answers.adapt(self._told.verdicts())

    def adaptation(self) -> Adaptation | None:
        """What was learned, and why what was not kept was refused; None where nothing is kept."""
        return self._answers.adaptation(self._answers.ready())

    def use_adaptation(self, on: bool) -> Adaptation | None:
        """Use what was learned, or leave it alone; None where nothing is kept."""
        return self._answers.switch_adaptation(on=on)

    def forget_adaptation(self) -> bool:
        """Throw away what was learned; whether there was something."""
        return self._answers.forget_adaptation()
