"""mmsearch with an encoder without weights that waits for a sign; called like mmsearch itself."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from unittest import mock

from mmsearch.background import service
from mmsearch.background.asking import Do, Wish, take_wishes
from mmsearch.background.starting import start_process
from mmsearch.cli.app import main
from mmsearch.encode.mini import bundle
from mmsearch.types import F32, Content, Modality
from tests.conftest import PATIENCE_S, FakeEncoder

PROGRAM = [sys.executable, "-m", "tests.background.process"]
SIGN = "MMSEARCH_TEST_SIGN"
N_AT_ONCE = 16
start_waiting = partial(start_process, program=PROGRAM)
"""Starts an indexing process that waits midway, until there is the file that SIGN names."""


class WaitingEncoder(FakeEncoder):
    """Encodes some segments, and the others when there is a sign, or something is asked.

    It is slow enough for the process to show how far it is, and to look what it is asked.
    """

    was_asked = False

    def __init__(self) -> None:
        self._sign = Path(os.environ[SIGN])
        self._asked = Path(sys.argv[sys.argv.index("--library") + 1]) / "indexer" / "asked"
        self._n_encoded = 0

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        if not self._sign.exists():
            self._wait()
            time.sleep(0.3)
        self._n_encoded += len(contents)
        return super().encode_contents(modality, contents)

    def _wait(self) -> None:
        deadline_s = time.monotonic() + 2 * PATIENCE_S  # the test may have been killed
        while self._n_encoded >= N_AT_ONCE and not (self.was_asked or self._sign.exists()):
            assert time.monotonic() < deadline_s
            self.was_asked = self.was_asked or any(self._asked.iterdir())
            time.sleep(0.01)


def _take_wishes(library: Path) -> list[Wish]:
    """Tells the encoder, which may not have seen them: it waits in a thread of its own."""
    wishes = take_wishes(library)
    if any(wish.do is not Do.INDEX for wish in wishes):
        WaitingEncoder.was_asked = True
    return wishes


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for what another process is about to do."""
    deadline_s = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline_s
        time.sleep(0.05)


if __name__ == "__main__":
    with (
        mock.patch.object(bundle, "open_encoder", WaitingEncoder),
        mock.patch.object(service, "take_wishes", _take_wishes),
    ):
        sys.exit(main())
