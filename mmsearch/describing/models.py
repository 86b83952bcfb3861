"""The models that the settings name for speech and captions, opened when they are needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from mmsearch.encode.describers.describer import Listens, Looks
from mmsearch.encode.describers.opening import (
    listening_record,
    looking_record,
    open_listener,
    open_looker,
)
from mmsearch.encode.models.folder import folder_of
from mmsearch.encode.models.record import ModelRecord
from mmsearch.errors import ModelError
from mmsearch.settings import Settings
from mmsearch.types import Modality


class Describers:
    """None of both, one, or both."""

    def __init__(self, settings: Settings) -> None:
        """Raises ModelError when a model is not there, or cannot do it."""
        speech, captions = settings.speech_model, settings.caption_model
        self._hears: ModelRecord | None = listening_record(speech) if speech else None
        self._sees: ModelRecord | None = looking_record(captions) if captions else None

    def versions(self) -> Mapping[Modality, str]:
        """Which model is asked about a kind of file, in the order of the work."""
        found: dict[Modality, str] = {}
        if self._hears is not None:
            found |= dict.fromkeys((Modality.AUDIO, Modality.VIDEO), self._hears.spec.space)
        if self._sees is not None:
            found[Modality.IMAGE] = self._sees.spec.space
        return found

    def listener(self) -> Listens:
        """Raises ModelError when it cannot be opened."""
        return self._listener

    def looker(self) -> Looks:
        """Raises ModelError when it cannot be opened."""
        return self._looker

    @cached_property
    def _listener(self) -> Listens:
        return open_listener(_folder(self._hears))

    @cached_property
    def _looker(self) -> Looks:
        return open_looker(_folder(self._sees))


def _folder(record: ModelRecord | None) -> Path:
    if record is None:
        raise ModelError("No model is chosen for it.")
    return folder_of(record.id)
