"""The command, with an encoder that needs no weights and decoders in the same process.

python -m tests.quick_indexer --library LIBRARY index FOLDER
"""

from __future__ import annotations

import sys
from unittest import mock

from mmsearch import library
from mmsearch.cli.app import main
from mmsearch.encode.mini import bundle
from mmsearch.settings import Settings
from tests.conftest import FakeEncoder

if __name__ == "__main__":
    settings = Settings(decode_in_process=True)
    with (
        mock.patch.object(bundle, "open_encoder", FakeEncoder),
        mock.patch.object(library, "load_settings", return_value=settings),
    ):
        sys.exit(main())
