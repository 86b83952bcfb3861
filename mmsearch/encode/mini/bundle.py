"""The embedded default: one space for pictures, video, sound and code."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from mmsearch.concepts import Vocabulary
from mmsearch.encode.catalog import CatalogEntry, read_catalog
from mmsearch.encode.encoder import Encoder
from mmsearch.encode.frames import frame_means, unit_rows
from mmsearch.encode.mini.code_text import code_text
from mmsearch.errors import ModelError
from mmsearch.installed import shipped_path
from mmsearch.types import F32, U8, CodeText, Content, Frames, Modality, Samples

if TYPE_CHECKING:
    from mmsearch.encode.mini.picture_words import PictureWords
    from mmsearch.encode.mini.sound_words import SoundWords

T = TypeVar("T")


class _Texts(Protocol):
    def encode(self, texts: Sequence[str]) -> F32: ...

    def token_ids(self, text: str) -> list[int]: ...


class _Pictures(Protocol):
    def encode(self, pixels: U8) -> F32: ...


class _Sounds(Protocol):
    def encode(self, samples: Sequence[F32]) -> F32: ...


class MiniEncoder:
    """Opens a tower when it is first needed; thread-safe.

    A search by text alone never loads the picture tower. A tower that cannot be opened raises
    ModelError each time it is asked for and leaves the others as they are.
    """

    def __init__(self, entry: CatalogEntry, *, n_threads: int | None = None) -> None:
        self.spec = entry.spec
        self._entry = entry
        self._n_threads = n_threads
        self._lock = threading.Lock()
        self._towers: dict[str, object] = {}

    def encode_texts(self, texts: Sequence[str]) -> F32:
        """Embed query sentences: (n_text, 384) float32, unit length."""
        return unit_rows(self._text_tower().encode(texts))

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        """Embed segments of one kind: (n_segment, 384) float32, unit length."""
        match modality:
            case Modality.IMAGE | Modality.VIDEO:
                pixels = _all_of(Frames, contents)
                encode = self._image_tower().encode
                return unit_rows(frame_means(pixels, encode, self.spec.dim))
            case Modality.AUDIO:
                sounds = [content.samples for content in _all_of(Samples, contents)]
                return unit_rows(self._audio_tower().encode(sounds))
            case Modality.CODE:
                texts = [code_text(content) for content in _all_of(CodeText, contents)]
                return unit_rows(self._text_tower().encode(texts))

    @cached_property
    def calibration(self) -> Mapping[tuple[str, Modality], tuple[float, float]]:
        """(kind of query, kind of segment) -> (midpoint, scale) of the cosine.

        logit = (cosine - midpoint) / scale; models/mini/training/calibrate.py finds the numbers.
        """
        return _read_calibration()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words by which pictures and sounds are described."""
        from mmsearch.encode.mini.vocabulary import read_vocabulary

        return read_vocabulary()

    def open_picture_words(self) -> PictureWords:
        """The reranker for pictures; raises ModelError."""
        from mmsearch.encode.mini.picture_words import PictureWords

        return PictureWords.open(self._entry, n_threads=self._n_threads)

    def open_sound_words(self) -> SoundWords:
        """The reranker for sounds; raises ModelError."""
        from mmsearch.encode.mini.sound_words import SoundWords

        return SoundWords.open(self._entry, n_threads=self._n_threads)

    def token_ids(self, text: str) -> list[int]:
        """What the tower of texts and the reranker cut a sentence into."""
        return self._text_tower().token_ids(text)

    def _text_tower(self) -> _Texts:
        from mmsearch.encode.mini.text_tower import TextTower

        return self._tower("text", lambda: TextTower.open(self._entry, n_threads=self._n_threads))

    def _image_tower(self) -> _Pictures:
        from mmsearch.encode.mini.image_tower import ImageTower

        return self._tower("image", lambda: ImageTower.open(self._entry, n_threads=self._n_threads))

    def _audio_tower(self) -> _Sounds:
        from mmsearch.encode.mini.audio_tower import AudioTower

        return self._tower("audio", lambda: AudioTower.open(self._entry, n_threads=self._n_threads))

    def _tower(self, name: str, open_tower: Callable[[], T]) -> T:
        with self._lock:
            if name not in self._towers:
                self._towers[name] = open_tower()
            return self._towers[name]  # type: ignore[return-value]


def open_encoder(*, n_threads: int | None = None) -> Encoder:
    """Return the embedded encoder; raises ModelError at once when a file of it is missing."""
    entry = read_catalog()["mini"]
    for file in entry.files:
        file.locate()
    return MiniEncoder(entry, n_threads=n_threads)


def _all_of(kind: type[T], contents: Sequence[Content]) -> list[T]:
    wrong = [content for content in contents if not isinstance(content, kind)]
    if wrong:
        raise TypeError(f"expected {kind.__name__}, got {type(wrong[0]).__name__}")
    return [content for content in contents if isinstance(content, kind)]


def _read_calibration() -> dict[tuple[str, Modality], tuple[float, float]]:
    path = shipped_path("models", "mini", "calibration.json")
    try:
        rows = json.loads(path.read_text("utf-8"))["pairs"]
        return {
            (row["query"], Modality(row["target"])): (float(row["midpoint"]), float(row["scale"]))
            for row in rows
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"The calibration {path} cannot be read: {error}."
        raise ModelError(message, "Install mmsearch again.") from error
