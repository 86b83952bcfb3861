"""Kills an indexing process at random moments and looks whether the library has come to harm.

python -m tests.kills --n 200 --seed 0

A round starts ``tests.churning_indexer``, waits for a random time and ends it: with SIGKILL, or
with a power cut, which is a copy of the library at that moment in which everything that nobody
had synced is whole, cut off, full of zeros or missing, as chance will have it. Then the library
has to open, to hold all that was committed, and to be whole and right after one more run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from mmsearch import atomic
from mmsearch.library import Library, open_library
from mmsearch.scan.content import content_hash
from mmsearch.settings import Settings
from mmsearch.store.mending import sweep
from mmsearch.store.records import INDEXED
from tests.conftest import PATIENCE_S, FakeEncoder

LONGEST_S = 4.0


@dataclass(slots=True)
class Told:
    """What the log of a killed process says."""

    stored: dict[str, str] = field(default_factory=dict)
    encoded_s: dict[str, float] = field(default_factory=dict)
    synced: set[tuple[int, ...]] = field(default_factory=set)
    ready: bool = False
    n_stored: int = 0
    """How often a file was committed, also if it was deleted since."""

    @classmethod
    def read(cls, path: Path) -> Told:
        told = cls()
        for line in path.read_text().splitlines() if path.exists() else ():
            match line.split():
                case ["stored", asset, content]:
                    told.stored[asset] = content
                    told.n_stored += 1
                case ["stored", asset]:
                    told.stored[asset] = ""
                case ["deleted", asset]:
                    told.encoded_s.pop(told.stored.pop(asset, ""), None)
                case ["forgotten"]:
                    told.stored.clear()
                    told.encoded_s.clear()
                case ["encoded", time_s, content]:
                    told.encoded_s[content] = float(time_s)
                case ["synced", *numbers] if len(numbers) == 3:
                    told.synced.add(tuple(map(int, numbers)))
                case ["ready"]:
                    told.ready = True
        return told


@dataclass(frozen=True, slots=True)
class Round:
    """What one kill did."""

    how: str
    lost_s: float
    """How long before the kill the oldest work was done that was lost."""
    n_stored: int


def one_round(work: Path, seed: int) -> Round:
    """Kill once and check everything; an AssertionError says what has come to harm."""
    chance = random.Random(seed)
    library, folder, log = work / "library", work / "files", work / f"log-{seed}"
    folder.mkdir(parents=True, exist_ok=True)
    before = {_identity(path) for path in _files(library)}
    command = [sys.executable, "-m", "tests.churning_indexer", library, folder, log, str(seed)]
    process = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE)
    _wait(process, lambda: Told.read(log).ready)
    if seed % 2:  # on a slow machine nothing may be stored in any time that is worth waiting
        _wait(process, lambda: bool(Told.read(log).n_stored))
    time.sleep(chance.uniform(0, LONGEST_S))
    how = chance.choice(("kill", "power cut"))
    process.send_signal(signal.SIGSTOP if how == "power cut" else signal.SIGKILL)
    killed_s = time.monotonic()
    if how == "power cut":
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        _cut_power(library, process, before | Told.read(log).synced, chance)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "it ended by itself"
    told = Told.read(log)
    lost_s = _check(library, folder, told, killed_s)
    log.unlink()
    return Round(how, lost_s, told.n_stored)


def _wait(process: subprocess.Popen[bytes], is_so: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not is_so():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline_s, "it has hung"
        time.sleep(0.02)


def _cut_power(
    library: Path,
    process: subprocess.Popen[bytes],
    synced: set[tuple[int, ...]],
    chance: random.Random,
) -> None:
    """Put in place of the library what a disk would hold if the power failed now."""
    copy = library.with_name("after")
    for path in _files(library):
        content: bytes | None = path.read_bytes()
        if _identity(path) not in synced:
            content = _damaged(content or b"", chance)
        if content is not None:
            target = copy / path.relative_to(library)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    process.kill()
    process.wait()
    shutil.rmtree(library)
    copy.rename(library)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _identity(path: Path) -> tuple[int, ...]:
    """What stays the same when a file is renamed, and changes when it is written to."""
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns


def _damaged(content: bytes, chance: random.Random) -> bytes | None:
    match chance.randrange(6):
        case 0:
            return None
        case 1:
            return b""
        case 2:
            return content[: chance.randrange(len(content) + 1)]
        case 3:
            return bytes(len(content))
        case _:
            return content


def _check(library: Path, folder: Path, told: Told, killed_s: float) -> float:
    """Check the library before and after one more run; returns how much work was lost."""
    with _opened(library) as opened:
        before = _rows(opened)
        lost = {asset for asset, content in told.stored.items() if before.get(asset) != content}
        assert not lost, f"{len(lost)} committed files are lost"
        on_disk = _contents_on_disk(folder)
        kept = set(before.values())
        unsaved = [
            killed_s - encoded_s
            for content, encoded_s in told.encoded_s.items()
            if content in on_disk.values() and content not in kept
        ]
        assert not _twice(hit.path for hit in opened.search("red", limit=10_000))
    with _opened(library) as opened:
        if not opened.roots():
            opened.add(folder)
        opened.index(forget_missing=True)
        _assert_right(opened, on_disk)
    return max(unsaved, default=0.0)


def _assert_right(opened: Library, on_disk: dict[str, str]) -> None:
    rows = opened._store.assets().to_pylist()
    found = {row["relative_path"]: row["content_id"].replace(" ", "_") for row in rows}
    assert len(found) == len(rows), "files are listed twice"
    assert found == on_disk
    assert {row["status"] for row in rows} <= {INDEXED}
    hits = opened.search("red", limit=10_000)
    assert len(hits) == len({hit.path for hit in hits})
    gallery = opened._current()[0]
    assert sorted(gallery.relative_paths) == sorted(on_disk)
    assert gallery.n_segment == len(set(on_disk.values()))
    with mock.patch.object(atomic, "_LEFT_FOR_S", -1):
        sweep(opened.path)
    assert opened._store.check() == []
    with _opened(opened.path) as again:
        assert again.index().n_unchanged == len(on_disk)


def _opened(library: Path) -> Library:
    settings = Settings(decode_in_process=True, grouping=False)
    return open_library(library, encoder=FakeEncoder(), settings=settings)


def _rows(opened: Library) -> dict[str, str]:
    opened.search("red")  # which mends what a power cut has left
    rows = opened._store.assets().select(["asset_id", "content_id"]).to_pylist()
    return {row["asset_id"]: row["content_id"].replace(" ", "_") for row in rows}


def _contents_on_disk(folder: Path) -> dict[str, str]:
    """What the library should know each file as."""
    prefixes = {".png": "image::", ".py": "code:python:"}
    return {
        path.relative_to(folder).as_posix(): prefixes[path.suffix] + content_hash(path)
        for path in _files(folder)
    }


def _twice(paths: object) -> list[object]:
    counted = Counter(paths)  # type: ignore[call-overload]
    return [path for path, count in counted.items() if count > 1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200, help="how many kills")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    lost_s: list[float] = []
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        for number in range(given.n):
            seed = given.seed + number
            try:
                done = one_round(Path(work), seed)
            except BaseException:
                kept = Path(tempfile.mkdtemp(prefix=f"kill-{seed}-"))
                shutil.copytree(work, kept, dirs_exist_ok=True)
                print(f"round {seed} failed; what it left: {kept}", file=sys.stderr)
                raise
            counted[done.how] += 1
            lost_s.append(done.lost_s)
            print(
                f"{number + 1}: {done.how}, {done.lost_s:.2f} s lost", file=sys.stderr, flush=True
            )
    print(json.dumps({"rounds": counted, "most_lost_s": round(max(lost_s), 2)}))


if __name__ == "__main__":
    main()
