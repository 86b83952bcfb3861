"""Encodes a library anew, once for each revision of the encoder that is named.

python -m tests.reencoding_indexer LIBRARY FOLDER REVISION...
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest import mock

from mmsearch.encode import opening
from mmsearch.indexing import ledger
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.store import tables, upkeep
from tests.conftest import FakeEncoder
from tests.files import GREEN, save_picture


class RevisedEncoder(FakeEncoder):
    """The same vectors in a space of their own."""

    def __init__(self, revision: str) -> None:
        self.spec = replace(FakeEncoder.spec, revision=revision)  # type: ignore[misc]


def revised_encoder_of(space: str) -> RevisedEncoder:
    """The encoder of a space, whichever its revision."""
    return RevisedEncoder(space.rpartition("@")[2])


def opened(path: Path, revision: str) -> Library:
    """A library as a program would open it that encodes with this revision."""
    settings = Settings(decode_in_process=True, grouping=False)
    return open_library(path, encoder=RevisedEncoder(revision), settings=settings)


def main(path: Path, folder: Path, revisions: list[str]) -> None:
    """Each run commits often, and leaves nothing of the versions before for slow readers."""
    at_once = timedelta(milliseconds=1)
    with (
        mock.patch.object(opening, "open_encoder_of", revised_encoder_of),
        mock.patch.object(ledger, "_COMMIT_EVERY_SEGMENTS", 8),
        mock.patch.object(tables, "_COMMITS_BETWEEN_UPKEEP", 2),
        mock.patch.object(upkeep, "_KEEP_OLD_VERSIONS", at_once),
    ):
        for round_, revision in enumerate(revisions):
            save_picture(folder / "changing.png", GREEN, spot=round_)
            with opened(path, revision) as library:
                library.index()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
