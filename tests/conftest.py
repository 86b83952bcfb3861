"""Rules for the whole suite: no network, no leaked threads, a private home for every test."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import hypothesis
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from mmsearch.concepts import Vocabulary
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.types import F32, CodeText, Content, EncoderSpec, Frames, Modality, Samples
from tests.files import BLUE, GREEN, RED, save_picture, save_text

# A busy machine is no failure.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

PATIENCE_S = 60
"""How long a test waits for something that will surely come, even on a very busy machine."""
PATIENCE_MS = PATIENCE_S * 1000

DATA = Path(os.environ.get("MMSEARCH_DATA", Path(__file__).parents[2] / "shared" / "data"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with a reason, what needs the data folder where there is none."""
    if DATA.is_dir():
        return
    skip = pytest.mark.skip(reason=f"no data folder at {DATA} (set MMSEARCH_DATA)")
    for item in items:
        if item.get_closest_marker("data"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The real files for end-to-end tests; use together with the marker ``data``."""
    if not DATA.is_dir():
        pytest.skip(f"no data folder at {DATA} (set MMSEARCH_DATA)")
    return DATA


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The application in the style that the theme is drawn for."""

    class Application(QApplication):
        def __init__(self, arguments: list[str]) -> None:
            super().__init__(arguments)
            self.setStyle("Fusion")

    return Application


class PatientQtBot(QtBot):
    """Waits longer than pytest-qt does by default: only a test that fails waits so long."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """In place of pytest-qt's own: a busy machine is no failure."""
    return PatientQtBot(request)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may leave the machine: only local (unix) sockets work."""
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"a test tried to reach the network: {address}")
        real_connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _private_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings, caches and libraries of the person who runs the tests stay untouched."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name))
    monkeypatch.setenv("MMSEARCH_CACHE", str(home / "cache"))
    monkeypatch.delenv("MMSEARCH_LIBRARY", raising=False)


# Runtimes that keep a thread of their own for the life of the process.
_LASTING_THREADS = ("LanceDBBackgroundEventLoop", "lance", "asyncio_", "tqdm", "QueueFeederThread")


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    """A thread that a test started must be gone when it ends."""
    before = set(threading.enumerate())
    yield
    deadline_s = time.monotonic() + PATIENCE_S
    while True:
        leaked = [
            thread
            for thread in threading.enumerate()
            if thread not in before
            and thread.is_alive()
            and not isinstance(thread, threading._DummyThread)
            and not thread.name.startswith(_LASTING_THREADS)
        ]
        if not leaked:
            return
        if time.monotonic() > deadline_s:
            pytest.fail(f"leaked threads: {[thread.name for thread in leaked]}")
        time.sleep(0.02)


class FakeEncoder:
    """Deterministic vectors without weights.

    Texts and code become a bag of hashed words, pictures their mean colour named in words
    (so "red" finds a red picture), sounds "tone" or "noise": enough to test everything
    around the encoder.
    """

    spec = EncoderSpec(id="fake", revision="1", dim=64, modalities=tuple(Modality), image_px=32)
    calibration: ClassVar = {("text", kind): (0.3, 0.1) for kind in Modality}
    _COLOURS: ClassVar = {
        "red": (255, 0, 0),
        "green": (0, 255, 0),
        "blue": (0, 0, 255),
        "black": (0, 0, 0),
        "white": (255, 255, 255),
        "yellow": (255, 255, 0),
    }

    vocabulary: Vocabulary | None = None

    def encode_texts(self, texts: Sequence[str]) -> F32:
        return np.stack([self._words(text) for text in texts])

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        return np.stack([self._words(self._describe(content)) for content in contents])

    def _describe(self, content: Content) -> str:
        match content:
            case CodeText(text, language, scope):
                return " ".join((text, language, *scope))
            case Frames(pixels):
                mean = pixels.reshape(-1, 3).mean(axis=0)
                distance = {
                    name: float(np.abs(mean - np.array(rgb)).sum())
                    for name, rgb in self._COLOURS.items()
                }
                return min(distance, key=distance.__getitem__)
            case Samples(samples):
                flips = np.mean(np.diff(np.signbit(samples)) != 0) if len(samples) > 1 else 0
                return "noise" if flips > 0.3 else "tone"

    def _words(self, text: str) -> F32:
        vector = np.zeros(self.spec.dim, np.float32)
        for word in text.lower().split():
            seed = int.from_bytes(word.encode()[:64], "big") % (2**32)
            vector += np.random.default_rng(seed).standard_normal(self.spec.dim).astype(np.float32)
        if not vector.any():
            vector[0] = 1
        return vector / np.linalg.norm(vector)


@pytest.fixture
def fake_encoder() -> FakeEncoder:
    """An encoder without weights; see FakeEncoder."""
    return FakeEncoder()


@pytest.fixture
def library(tmp_path: Path, fake_encoder: FakeEncoder) -> Iterator[Library]:
    """An empty library that decodes in this process."""
    settings = Settings(decode_in_process=True)
    with open_library(tmp_path / "library", encoder=fake_encoder, settings=settings) as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A mixed folder: three pictures and a piece of code."""
    folder = tmp_path / "things"
    save_picture(folder / "red.png", RED)
    save_picture(folder / "deep" / "grün.png", GREEN)
    save_picture(folder / "deep" / "blue.jpg", BLUE)
    save_text(folder / "sorting.py", 'def bubble(items):\n    """sort the items"""\n    return 1\n')
    return folder


def found_names(library: Library, text: str, **fields: Any) -> list[str]:
    """The names of the files that answer a query, best first."""
    return [hit.path.name for hit in library.search(text, **fields)]
