"""Indexes with an encoder that takes its time, so that a test can interrupt it.

python -m tests.slow_indexer LIBRARY FOLDER
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from mmsearch.cli.app import main
from mmsearch.encode.mini import bundle
from mmsearch.types import F32, Content, Modality
from tests.conftest import FakeEncoder


class SlowEncoder(FakeEncoder):
    """Needs a thirtieth of a second for each segment."""

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        time.sleep(0.033 * len(contents))
        return super().encode_contents(modality, contents)


if __name__ == "__main__":
    library, folder = (Path(argument) for argument in sys.argv[1:])
    with mock.patch.object(bundle, "open_encoder", SlowEncoder):
        sys.exit(main(["--library", str(library), "index", str(folder)]))
