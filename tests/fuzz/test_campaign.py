"""The short form of the fuzzing; ``python -m tests.fuzz`` is the long one."""

from __future__ import annotations

import random
from pathlib import Path

from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import DecodeJob, DecodePool, Failed
from mmsearch.types import Modality
from tests.fuzz.campaign import run_campaign
from tests.fuzz.mutations import mutate
from tests.fuzz.seeds import make_seeds


def test_broken_files_cost_one_row_each_and_nothing_else(tmp_path: Path) -> None:
    n_seed = len(make_seeds(tmp_path / "seeds"))
    outcome = run_campaign(tmp_path, n_seed + 100, seed=7)
    assert outcome.n_unanswered == 0
    assert outcome.trespasses == []
    assert outcome.faults == []
    assert outcome.n_sound > n_seed / 2, "sound files are read"
    assert sum(outcome.failed.values()) > 20, "broken ones are told from them"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken", "seeds"]


def test_the_watch_sees_who_writes(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("x = 1\n")
    with DecodePool(
        1,
        DecodeOptions(),
        time_limit_s=20,
        memory_limit_bytes=1 << 30,
        decode="tests.fuzz.test_campaign:decode_and_write",
    ) as pool:
        (answer,) = pool.decode([DecodeJob("x", path, Modality.CODE)])
    assert isinstance(answer, Failed)
    assert "exit code 97" in answer.error.message
    assert not (tmp_path / "x.py.copy").exists()


def decode_and_write(path, modality, options):  # type: ignore[no-untyped-def]
    from tests.fuzz.watched import decode

    yield from decode(path, modality, options)
    path.with_suffix(".py.copy").write_text("written")


def test_the_same_seed_breaks_files_in_the_same_way() -> None:
    once, again = (mutate(random.Random(3), bytes(500), [b"abc"]) for _ in range(2))
    assert once == again
    assert mutate(random.Random(4), bytes(500), [b"abc"]) != once
    assert isinstance(mutate(random.Random(5), b"", [b""]), bytes)
