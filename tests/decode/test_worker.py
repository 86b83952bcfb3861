"""Worker processes: what broken files may and may not do to a run."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from mmsearch.decode import worker, worker_handle
from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import Decoded, DecodeJob, DecodePool, Failed, Finished, Idle, Message
from mmsearch.errors import FailureKind
from mmsearch.types import CodeText, Frames, Metadata, Modality, Segment
from tests.conftest import PATIENCE_S

HOSTILE = "tests.decode.hostile:decode"
MEBIBYTE = 1024 * 1024


def make_pool(n_workers: int = 1, *, time_limit_s: float = 60, decode: str = HOSTILE) -> DecodePool:
    return DecodePool(
        n_workers,
        DecodeOptions(),
        time_limit_s=time_limit_s,
        memory_limit_bytes=100 * MEBIBYTE,
        decode=decode,
    )


def jobs(*names: str, modality: Modality = Modality.CODE) -> Iterator[DecodeJob]:
    for name in names:
        yield DecodeJob(name, Path(name), modality)


def outcomes(pool: DecodePool, *names: str) -> dict[str, FailureKind | str]:
    """What became of each file, by key."""
    found: dict[str, FailureKind | str] = {}
    for message in pool.decode(jobs(*names)):
        match message:
            case Failed(key, error):
                assert key not in found
                found[key] = error.kind
            case Finished(key):
                assert key not in found
                found[key] = "finished"
    return found


def test_a_file_yields_its_items_in_order_and_then_finished() -> None:
    with make_pool() as pool:
        first, second, last = pool.decode(jobs("a"))
    assert isinstance(first, Decoded)
    assert first.item == Metadata(title="a")
    assert isinstance(second, Decoded)
    assert isinstance(second.item, Segment)
    assert second.item.content == CodeText("a")
    assert last == Finished("a")


@pytest.mark.parametrize("n_workers", [1, 2])
def test_each_bad_file_costs_one_row_and_the_others_are_read(n_workers: int) -> None:
    names = ["a", "abort", "b", "exit", "c", "broken", "d", "bug", "e", "noise", "sigint", "f"]
    with make_pool(n_workers) as pool:
        found = outcomes(pool, *names)
    bad = {
        "abort": FailureKind.CRASH,
        "exit": FailureKind.CRASH,
        "broken": FailureKind.CORRUPT,
        "bug": FailureKind.CRASH,
    }
    assert found == {name: bad.get(name, "finished") for name in names}


def test_a_fault_of_ours_says_what_and_where() -> None:
    with make_pool() as pool:
        *_, last = pool.decode(jobs("bug"))
    assert isinstance(last, Failed)
    assert "ZeroDivisionError: one of ours (hostile.py, line" in last.error.message


def test_a_hanging_file_is_given_up_and_those_behind_it_are_read() -> None:
    with make_pool(time_limit_s=3.0) as pool:
        assert outcomes(pool, "hang", "a", "b") == {
            "hang": FailureKind.TIMEOUT,
            "a": "finished",
            "b": "finished",
        }


def test_a_patient_caller_hears_that_nothing_comes() -> None:
    with make_pool(time_limit_s=30) as pool:
        messages = pool.decode(jobs("hang"), idle_after_s=0.05)
        heard = (message for message in messages if isinstance(message, Idle))
        assert len(list(itertools.islice(heard, 3))) == 3


def test_a_slow_consumer_is_no_time_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with make_pool(time_limit_s=60) as pool:
        messages = pool.decode(jobs(*"abcdef"))
        first = next(messages)
        assert pool._workers[0].results.poll(PATIENCE_S), "more is there"
        later = SimpleNamespace(monotonic=lambda: time.monotonic() + 100)
        for module in (worker, worker_handle):
            monkeypatch.setattr(module, "time", later)
        rest = list(messages)
    assert not [message for message in [first, *rest] if isinstance(message, Failed)]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limit")
def test_a_memory_bomb_is_refused_and_the_next_file_gets_a_fresh_process() -> None:
    with make_pool() as pool:
        messages = list(pool.decode(jobs("pid-1", "bomb", "pid-2")))
    failed = [message for message in messages if isinstance(message, Failed)]
    assert [message.key for message in failed] == ["bomb"]
    assert failed[0].error.kind is FailureKind.MEMORY
    first, second = pids_in(messages)
    assert first != second


def test_jobs_are_drawn_lazily_and_memory_stays_bounded(tmp_path: Path) -> None:
    """A film of a million shots is decoded only as fast as it is consumed."""
    film = tmp_path / "long-film"
    drawn = []

    def draw() -> Iterator[DecodeJob]:
        for n in range(100):
            drawn.append(n)
            yield DecodeJob(f"{n}", film, Modality.VIDEO)

    with make_pool() as pool:
        messages = pool.decode(draw())
        for _ in range(20):
            message = next(messages)
            assert isinstance(message, Decoded)
        time.sleep(0.5)
        made_ahead = film.stat().st_size - 20
        assert made_ahead < 40, "more than a few megabytes wait"
        assert len(drawn) <= 2


def test_pictures_arrive_as_they_were_sent(tmp_path: Path) -> None:
    paths = []
    for n in range(12):
        pixels = np.random.default_rng(n).integers(0, 255, (50, 70, 3)).astype(np.uint8)
        paths.append(tmp_path / f"{n}.png")
        Image.fromarray(pixels).save(paths[-1])
    options = DecodeOptions()
    with DecodePool(2, options, time_limit_s=60, memory_limit_bytes=512 * MEBIBYTE) as pool:
        messages = list(pool.decode(DecodeJob(path.name, path, Modality.IMAGE) for path in paths))
    received = {
        message.key: message.item.content
        for message in messages
        if isinstance(message, Decoded) and isinstance(message.item, Segment)
    }
    for path in paths:
        _, segment = decode_file(path, Modality.IMAGE, options)
        assert isinstance(segment, Segment)
        assert isinstance(segment.content, Frames)
        content = received[path.name]
        assert isinstance(content, Frames)
        np.testing.assert_array_equal(content.pixels, segment.content.pixels)


def test_a_pool_serves_several_runs_and_starts_no_more_than_needed() -> None:
    with make_pool(8) as pool:
        pids = [pid for _ in range(3) for pid in pids_in(pool.decode(jobs("pid")))]
        assert len(multiprocessing.active_children()) == 1
    assert len(pids) == 3
    assert len(set(pids)) == 1
    assert multiprocessing.active_children() == []


def test_leaving_early_ends_the_processes() -> None:
    with make_pool() as pool:
        messages = pool.decode(jobs("pid", "hang"))
        pid = next(pids_in(messages))
        assert is_alive(pid)
        messages.close()
        assert not is_alive(pid)


def test_a_worker_that_cannot_start_is_a_bug_not_a_bad_file() -> None:
    with (
        make_pool(decode="no.such.module:decode") as pool,
        pytest.raises(RuntimeError, match="start"),
    ):
        list(pool.decode(jobs("a")))


@pytest.mark.data
def test_files_that_broke_decoders(data_folder: Path) -> None:
    """Every one is read or becomes one row, and none takes a worker with it."""
    pictures = sorted((data_folder / "odd" / "pictures").iterdir())
    films = sorted((data_folder / "odd" / "video").glob("h26*"))
    todo = [DecodeJob(path.name, path, Modality.IMAGE) for path in pictures]
    todo += [DecodeJob(path.name, path, Modality.VIDEO) for path in films]
    pool = DecodePool(
        2, DecodeOptions(), time_limit_s=PATIENCE_S, memory_limit_bytes=2048 * MEBIBYTE
    )
    with pool:
        messages = list(pool.decode(todo))
    ends = [message for message in messages if isinstance(message, Failed | Finished)]
    assert sorted(message.key for message in ends) == sorted(job.key for job in todo)
    kinds = {message.error.kind for message in ends if isinstance(message, Failed)}
    assert kinds <= {FailureKind.CORRUPT, FailureKind.UNSUPPORTED, FailureKind.TOO_LARGE}
    assert {message.key for message in ends if isinstance(message, Finished)} >= {
        film.name for film in films
    }


PARENT = """
import sys
from pathlib import Path
from mmsearch.decode.worker import *
from mmsearch.decode.options import DecodeOptions
from mmsearch.types import Modality

pool = DecodePool(1, DecodeOptions(), time_limit_s=60, memory_limit_bytes=2**30,
                  decode="tests.decode.hostile:decode")
names = ["pid", "hang"]
for message in pool.decode(DecodeJob(name, Path(name), Modality.CODE) for name in names):
    title = getattr(getattr(message, "item", None), "title", None)
    if title and title.isdigit():
        print(title, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    """The script has no __main__ guard, on purpose: a worker must not run it again."""
    script = tmp_path / "script.py"
    script.write_text(PARENT)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_alive(pid)
        parent.send_signal(signal.SIGKILL)
    deadline_s = time.monotonic() + PATIENCE_S
    while is_alive(pid) and time.monotonic() < deadline_s:
        time.sleep(0.05)
    assert not is_alive(pid)


def pids_in(messages: Iterable[Message]) -> Iterator[int]:
    """The process numbers that files called "pid" report."""
    for message in messages:
        if isinstance(message, Decoded) and isinstance(message.item, Metadata):
            title = message.item.title or ""
            if title.isdigit():
                yield int(title)


def is_alive(pid: int) -> bool:
    """A zombie that nobody has collected yet is dead."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat").read_text() if sys.platform == "linux" else ""
    except (ProcessLookupError, FileNotFoundError):
        return False
    return status.rpartition(")")[2].split()[:1] != ["Z"]
