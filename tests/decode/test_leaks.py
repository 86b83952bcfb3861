"""A decoder that keeps memory from file to file costs a fresh process now and then, and no file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mmsearch.decode.options import DecodeOptions
from mmsearch.decode.worker import Decoded, DecodeJob, DecodePool, Failed, Finished
from mmsearch.types import Metadata, Modality

N_FILES = 40
LIMIT_BYTES = 100 * 1024 * 1024
"""A file of tests.decode.hostile leaves 8 MB behind, so a worker lasts for six or seven."""


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc to see what is kept")
@pytest.mark.parametrize("n_workers", [1, 2])
def test_a_leaking_worker_is_replaced_before_its_memory_runs_out(n_workers: int) -> None:
    jobs = [
        DecodeJob(f"leak-{place}", Path(f"leak-{place}"), Modality.IMAGE)
        for place in range(N_FILES)
    ]
    with DecodePool(
        n_workers,
        DecodeOptions(),
        time_limit_s=60,
        memory_limit_bytes=LIMIT_BYTES,
        decode="tests.decode.hostile:decode",
    ) as pool:
        messages = list(pool.decode(jobs))
    assert [message for message in messages if isinstance(message, Failed)] == []
    finished = [message.key for message in messages if isinstance(message, Finished)]
    assert sorted(finished) == sorted(job.key for job in jobs)
    pids = {
        message.item.title
        for message in messages
        if isinstance(message, Decoded)
        and isinstance(message.item, Metadata)
        and (message.item.title or "").isdigit()
    }
    assert 5 <= len(pids) <= 20
