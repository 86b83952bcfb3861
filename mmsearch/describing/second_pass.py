"""The second pass: models say what is heard and seen, after everything else was indexed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from mmsearch.decode.speech_windows import speech_windows
from mmsearch.describing.models import Describers
from mmsearch.describing.segment_words import segment_words
from mmsearch.errors import ModelError, UnreadableFileError
from mmsearch.gallery import MODALITIES, Gallery
from mmsearch.store.descriptions import Descriptions
from mmsearch.store.store import Store
from mmsearch.types import F32, Description, Modality, Progress, Said, TimeRange

_LOOK_AT_PX = 384
"""Of a picture, the shorter side at least: what models for captions are made for."""
_WRITE_EVERY_S = 600.0
"""Searches find new words so often; every time the whole snapshot is taken anew."""


@dataclass(frozen=True, slots=True)
class _Todo:
    row: int
    """Of the asset."""
    path: Path
    kind: Modality
    by: str


class SecondPass:
    """Use once, outside of a writing session. Resumable: what was said is kept by content."""

    def __init__(
        self,
        store: Store,
        gallery: Gallery,
        paths: Callable[[int], Path],
        kept: Descriptions,
        describers: Describers,
        stop: Callable[[], bool],
        *,
        again: bool = False,
    ) -> None:
        """paths: of an asset, where it lies. again: ask about files that models failed at, too."""
        self._store, self._gallery, self._paths = store, gallery, paths
        self._kept, self._describers, self._stop = kept, describers, stop
        self._again = again
        self._fresh: set[str] = set()
        """Contents that were described since words were last written."""
        self._written_s = time.monotonic()

    def steps(self) -> Generator[Progress, None, None]:
        """Describe what has not been described, while being iterated; then write all words."""
        todo = list(self._todo())
        started_s = time.monotonic()
        for n_done, one in enumerate(todo):
            yield self._progress(one, n_done, len(todo), started_s)
            if self._stop():
                break
            told = self._described(one)
            if told is None:
                break
            self._kept.add(told)
            self._fresh.add(told.content_id)
            if time.monotonic() - self._written_s > _WRITE_EVERY_S:
                self._write()
        else:
            self._kept.keep_only(set(self._gallery.content_ids))
        self._write()

    def _todo(self) -> Iterator[_Todo]:
        """One asset of each content that no model of now has spoken about, sounds first."""
        gallery, known = self._gallery, self._kept.all()
        seen: set[int] = set()
        for kind, by in self._describers.versions().items():
            for row, content in enumerate(gallery.asset_content.tolist()):
                of_kind = MODALITIES[gallery.asset_modality[row]] is kind
                if not of_kind or content < 0 or content in seen:
                    continue
                told = known.get(gallery.content_ids[row])
                is_told = told is not None and told.by == by
                if told is not None and told.failure and self._again:
                    is_told = False
                if not is_told and os.path.exists(self._paths(row)):
                    seen.add(content)
                    yield _Todo(row, self._paths(row), kind, by)

    def _described(self, one: _Todo) -> Description | None:
        """What its model says; None when it was stopped in the middle."""
        content_id = self._gallery.content_ids[one.row]
        try:
            if one.kind is Modality.IMAGE:
                return Description(content_id, one.by, self._seen(one.path))
            said: list[Said] = []
            for start_s, samples in speech_windows(one.path):
                if self._stop():
                    return None
                said += self._heard(start_s, samples)
            return Description(content_id, one.by, tuple(said))
        except (UnreadableFileError, ModelError) as error:
            return Description(content_id, one.by, failure=str(error))

    def _seen(self, path: Path) -> tuple[Said, ...]:
        import numpy as np

        from mmsearch.media.picture import open_picture

        picture = np.asarray(open_picture(path, at_least_px=_LOOK_AT_PX))
        text = self._describers.looker().caption(picture)
        return (Said(text),) if text else ()

    def _heard(self, start_s: float, samples: F32) -> Iterator[Said]:
        for said in self._describers.listener().phrases(samples):
            assert said.range is not None
            times = TimeRange(start_s + said.range.start_s, start_s + said.range.end_s)
            yield Said(said.text, times)

    def _write(self) -> None:
        """Put the words that searches do not have yet into the library."""
        self._written_s = time.monotonic()
        gallery, known = self._gallery, self._kept.all()
        worded = self._store.worded_contents()
        words: dict[tuple[str, int], str] = {}
        for row, content in enumerate(gallery.asset_content.tolist()):
            told = known.get(gallery.content_ids[row])
            if told is None or content < 0:
                continue
            if told.content_id in self._fresh or told.content_id not in worded:
                words |= segment_words(gallery, content, told)
        outdated = self._fresh & worded
        self._fresh = set()
        if words or outdated:
            with self._store.writing():
                self._store.put_said(words, outdated)

    @staticmethod
    def _progress(one: _Todo, n_done: int, n_todo: int, started_s: float) -> Progress:
        elapsed_s = time.monotonic() - started_s
        return Progress(
            "describing",
            n_todo=n_todo,
            n_done=n_done,
            files_per_s=n_done / elapsed_s if n_done else 0.0,
            eta_s=elapsed_s / n_done * (n_todo - n_done) if n_done else None,
            current=os.fspath(one.path),
        )
