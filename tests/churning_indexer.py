"""Changes a folder and indexes it, over and over, until somebody kills it.

python -m tests.churning_indexer LIBRARY FOLDER LOG SEED

LOG gets a line for everything that must survive: see ``Log``.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from unittest import mock

from mmsearch.indexing import ledger
from mmsearch.indexing.batches import Batches, Waiting
from mmsearch.library import Library, open_library
from mmsearch.settings import Settings
from mmsearch.store import tables
from mmsearch.store.records import AssetRecord, SegmentRecord
from mmsearch.store.store import Store
from mmsearch.types import F32, Content, Modality
from tests.conftest import FakeEncoder
from tests.files import BLUE, GREEN, RED, save_picture, save_text

N_FILES = 60


class Log:
    """What has happened, a line each, written at once.

    ``encoded TIME CONTENT``, ``stored ASSET CONTENT`` when a commit has returned, ``deleted
    ASSET`` before a deletion begins, ``forgotten`` before that of all, ``synced INODE SIZE MTIME``
    when a file is on the disk.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def say(self, *words: object) -> None:
        os.write(self._handle, (" ".join(map(str, words)) + "\n").encode())

    def watch(self) -> None:
        """Have what must survive told from now on."""
        log, commit, delete = self, Store.commit, Store.delete_assets
        forget, encode, fsync = Store.forget_root, Batches._encode, os.fsync

        def told_commit(
            store: Store, assets: Sequence[AssetRecord], segments: Sequence[SegmentRecord]
        ) -> None:
            commit(store, assets, segments)
            for asset in assets:
                log.say("stored", asset.asset_id, asset.content_id.replace(" ", "_"))

        def told_delete(store: Store, asset_ids: Iterable[str]) -> None:
            gone = list(asset_ids)
            for asset_id in gone:
                log.say("deleted", asset_id)
            delete(store, gone)

        def told_forget(store: Store, root_id: str) -> None:
            log.say("forgotten")
            forget(store, root_id)

        def told_encode(
            batches: Batches, kind: Modality, queue: list[Waiting]
        ) -> list[SegmentRecord]:
            records = encode(batches, kind, queue)
            for item in queue:
                log.say("encoded", time.monotonic(), item.key.replace(" ", "_"))
            return records

        def told_fsync(handle: int) -> None:
            fsync(handle)
            state = os.fstat(handle)
            log.say("synced", state.st_ino, state.st_size, state.st_mtime_ns)

        for place, name, told in (
            (Store, "commit", told_commit),
            (Store, "delete_assets", told_delete),
            (Store, "forget_root", told_forget),
            (Batches, "_encode", told_encode),
            (os, "fsync", told_fsync),
        ):
            mock.patch.object(place, name, told).start()


class UnhurriedEncoder(FakeEncoder):
    """Gives a kill the time to come between two commits."""

    def encode_contents(self, modality: Modality, contents: Sequence[Content]) -> F32:
        time.sleep(0.002 * len(contents))
        return super().encode_contents(modality, contents)


def put_whole(folder: Path, path: Path, make: Callable[[Path], object]) -> None:
    """Make a file beside the folder and move it in: a kill leaves no half of one."""
    draft = folder.with_name(f"draft{path.suffix}")
    make(draft)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.replace(path)


def change(folder: Path, chance: random.Random) -> None:
    """Add, delete, rename, copy and rewrite some files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in chance.sample(files, min(len(files) // 6, 12)):
        match chance.randrange(4):
            case 0:
                path.rename(path.with_name(f"moved {chance.randrange(10**6)}{path.suffix}"))
            case 1:
                copy = path.with_name(f"copy {chance.randrange(10**6)}{path.suffix}")
                put_whole(folder, copy, partial(shutil.copyfile, path))
            case _:
                path.unlink()
    for _ in range(N_FILES - len(files) + 12):
        name, place = f"new {chance.randrange(10**6)}", folder / chance.choice("abc")
        if chance.random() < 0.25:
            text = f"def answer_{name[4:]}():\n    return {name[4:]}\n"
            put_whole(folder, place / f"{name}.py", partial(save_text, text=text))
        else:
            colour, spot = chance.choice((RED, GREEN, BLUE)), chance.randrange(2**16)
            put_whole(
                folder, place / f"{name}.png", partial(save_picture, colour=colour, spot=spot)
            )
    for path in chance.sample(files, min(len(files), 3)):
        if path.exists():  # the clock of another machine
            os.utime(path, ns=(0, chance.choice((0, 10**18 * 4, time.time_ns()))))


def churn(library: Library, folder: Path, chance: random.Random) -> None:
    while True:
        change(folder, chance)
        library.index(forget_missing=True)
        if chance.random() < 0.2:
            library.remove(folder)
            library.add(folder)


def main(library: Path, folder: Path, log: Path, seed: int) -> None:
    chance = random.Random(seed)
    told = Log(log)
    told.watch()
    settings = Settings(decode_in_process=chance.random() < 0.9, decode_workers=1)
    often = chance.random() < 0.5
    with (
        mock.patch.object(ledger, "_COMMIT_EVERY_S", 0.05 if often else ledger._COMMIT_EVERY_S),
        mock.patch.object(ledger, "_LEAST_PAUSE_S", 0.05),
        mock.patch.object(tables, "_COMMITS_BETWEEN_UPKEEP", 4),
        open_library(library, encoder=UnhurriedEncoder(), settings=settings) as opened,
    ):
        opened.add(folder)
        told.say("ready")
        churn(opened, folder, chance)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
