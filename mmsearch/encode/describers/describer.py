"""What every model can do that says something in words."""

from __future__ import annotations

from typing import Protocol

from mmsearch.types import F32, U8, Said

SPEECH, CAPTIONS = "whisper", "captions"
"""The families of models that write down speech, and that say what a picture shows."""
FAMILIES = (SPEECH, CAPTIONS)


class Listens(Protocol):
    """Writes down speech."""

    def phrases(self, samples: F32) -> list[Said]:
        """What is said in at most 30 s of mono sound, (n_sample,) at AUDIO_RATE_HZ.

        Times are from the beginning of what was given. Raises ModelError when the model answers
        with what is none.
        """
        ...


class Looks(Protocol):
    """Says what pictures show."""

    def caption(self, picture: U8) -> str:
        """A sentence about an RGB picture (h, w, 3); raises ModelError as above."""
        ...
