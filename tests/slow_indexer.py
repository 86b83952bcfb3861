"""Indexes with an encoder that waits for a sign, so that a test can interrupt it midway.

python -m tests.slow_indexer LIBRARY FOLDER SIGN
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from mmsearch.cli.app import main
from mmsearch.encode.mini import bundle
from mmsearch.indexing import ledger
from mmsearch.types import F32, Content, Modality
from tests.conftest import FakeEncoder

N_AT_ONCE = 96
"""Segments, of three batches: two commits at least."""


class WaitingEncoder(FakeEncoder):
    """Encodes some segments at once, and the others when there is a file called as the sign."""

    def __init__(self, sign: Path) -> None:
        self._sign = sign
        self._n_encoded = 0

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        while self._n_encoded >= N_AT_ONCE and not self._sign.exists():
            time.sleep(0.01)
        self._n_encoded += len(contents)
        return super().encode_contents(modality, contents)


if __name__ == "__main__":
    library, folder, sign = (Path(argument) for argument in sys.argv[1:])
    with (
        mock.patch.object(bundle, "open_encoder", return_value=WaitingEncoder(sign)),
        mock.patch.object(ledger, "_COMMIT_EVERY_SEGMENTS", 1),
    ):
        sys.exit(main(["--library", str(library), "index", str(folder)]))
