"""Memory limits, each in a process of its own, because they cannot be undone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mmsearch.decode.memory_limit import EXIT_OUT_OF_MEMORY
from tests.conftest import PATIENCE_S

NOT_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


def exit_code(script: str) -> int:
    return subprocess.run([sys.executable, "-c", script], timeout=PATIENCE_S).returncode


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limit")
@pytest.mark.parametrize(("megabytes", "expected"), [(20, 0), (100, 7)])
def test_what_goes_beyond_is_refused(megabytes: int, expected: int) -> None:
    script = f"""
import sys
from mmsearch.decode.memory_limit import MemoryLimit
memory = MemoryLimit(50_000_000)
try:
    block = bytearray({megabytes}_000_000)
except MemoryError:
    sys.exit(7)
"""
    assert exit_code(script) == expected


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize(("megabytes", "expected"), [(10, 0), (40, 1)])
def test_memory_is_short_when_half_of_it_is_kept(megabytes: int, expected: int) -> None:
    script = f"""
import sys
from mmsearch.decode.memory_limit import MemoryLimit
memory = MemoryLimit(50_000_000)
block = bytearray({megabytes}_000_000)
sys.exit(int(memory.is_short()))
"""
    assert exit_code(script) == expected


@NOT_WINDOWS
def test_where_the_kernel_has_no_limit_the_process_ends_itself() -> None:
    script = """
import time
from mmsearch.decode import memory_limit
memory_limit._data_bytes = lambda: None
memory_limit.MemoryLimit(1_000_000)
time.sleep(3600)
"""
    assert exit_code(script) == EXIT_OUT_OF_MEMORY
